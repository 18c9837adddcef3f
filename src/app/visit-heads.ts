/**
 * One visit, one head: a series in which the face was found safely lends its labels to the
 * series of the same frame of reference in which it was not (thick slices, diffusion,
 * contrasts the network has not met). Each is still checked by its own image.
 */
import type { DefacedScan, LabelledHead } from '../core/deface/defaced-scan.ts';
import { spacingOf } from '../core/geometry/affine.ts';
import { voxelCount } from '../core/geometry/grid.ts';
import type { Scan } from './open-scans.ts';

export interface VisitHeads {
  /** The head a series can borrow; null where none of its frame of reference was done. */
  headFor(scan: Scan): LabelledHead | null;
  /** Keeps the head of a result that needs no look. */
  learn(scan: Scan, defaced: DefacedScan): void;
}

/** Heads kept (12 MB each): series of a visit come together, so few are needed. */
const KEPT = 6;

export function createVisitHeads(): VisitHeads {
  const heads = new Map<string, LabelledHead>();
  return {
    headFor(scan) {
      const frame = frameOf(scan);
      return frame === null ? null : (heads.get(frame) ?? null);
    },
    learn(scan, { decision, head }) {
      const frame = frameOf(scan);
      // What was borrowed is not lent: an error would travel.
      if (frame === null || decision !== 'deface' || !head || head.borrowed) return;
      if (heads.has(frame)) return;
      heads.set(frame, head);
      const [oldest] = heads.keys();
      if (heads.size > KEPT && oldest !== undefined) heads.delete(oldest);
    },
  };
}

/** Whether another series' head could make a better result of this one. */
export function couldBorrow({ decision, reasons }: DefacedScan): boolean {
  if (decision === 'deface') return false;
  // Cut before, or no volume at all: another head changes nothing.
  return !reasons.some(
    ({ code }) => code === 'segment/already-defaced' || code.startsWith('geometry/'),
  );
}

/** The best series of each visit first: the others can borrow from it. */
export function bestFirst<One extends Scan>(scans: readonly One[]): readonly One[] {
  const quality = ({ grid }: Scan): readonly [number, number] => [
    Math.max(...spacingOf(grid.affine)),
    -voxelCount(grid),
  ];
  return scans
    .map((scan, n) => ({ scan, n, quality: quality(scan) }))
    .sort(
      (a, b) =>
        a.scan.patient - b.scan.patient ||
        a.scan.visit - b.scan.visit ||
        a.quality[0] - b.quality[0] ||
        a.quality[1] - b.quality[1] ||
        a.n - b.n,
    )
    .map(({ scan }) => scan);
}

/** Patient coordinates that several series share; null where nothing says that they do. */
function frameOf(scan: Scan): string | null {
  if (scan.kind !== 'dicom') return null;
  const header = scan.slices.find((slice) => slice !== null)?.instance.header;
  const uid = header?.frameOfReferenceUID.trim() ?? '';
  return uid === '' ? null : `${scan.patient}\0${scan.visit}\0${uid}`;
}
