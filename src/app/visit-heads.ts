/**
 * One visit, one head: a series in which the face was found safely lends its labels to the
 * series of the same frame of reference in which it was not (thick slices, diffusion,
 * contrasts the network has not met; PET, always). Each is still checked by its own image, as
 * far as that shows anything.
 */
import type { DefacedScan, LabelledHead } from '../core/deface/defaced-scan.ts';
import { spacingOf } from '../core/geometry/affine.ts';
import { voxelCount } from '../core/geometry/grid.ts';
import type { Scan } from './open-scans.ts';

/** What of a scan says whose head it can borrow: enough for a process that has not its files. */
export type Visiting = Pick<Scan, 'id' | 'modality'> & {
  /** `frameOf` the scan. */
  readonly frame: string | null;
  /** `volumesOf` the scan. */
  readonly volumes: number;
};

export interface VisitHeads {
  /**
   * The head a series can borrow; null where none of its frame of reference was done. A PET
   * series, which a person looks at in any case, also gets one that is to be looked at itself.
   */
  headFor(scan: Scan | Visiting): LabelledHead | null;
  /** Keeps the head of a result: for all others where it needs no look, else for PET. */
  learn(scan: Scan | Visiting, defaced: DefacedScan): void;
}

/** Heads kept (12 MB each): series of a visit come together, so few are needed. */
const KEPT = 6;

export function createVisitHeads(): VisitHeads {
  const safe = new Map<string, LabelledHead>();
  const doubtful = new Map<string, LabelledHead>();
  return {
    headFor(scan) {
      const frame = frameOf(scan);
      if (frame === null) return null;
      return safe.get(frame) ?? (scan.modality === 'PT' ? (doubtful.get(frame) ?? null) : null);
    },
    learn(scan, { decision, head }) {
      const frame = frameOf(scan);
      // What was borrowed is not lent: an error would travel.
      if (frame === null || !head || head.borrowed) return;
      if (decision === 'deface') keep(safe, frame, head);
      else if (decision === 'review') keep(doubtful, frame, { ...head, doubtful: true });
    },
  };
}

function keep(heads: Map<string, LabelledHead>, frame: string, head: LabelledHead): void {
  if (heads.has(frame)) return;
  heads.set(frame, head);
  const [oldest] = heads.keys();
  if (heads.size > KEPT && oldest !== undefined) heads.delete(oldest);
}

/** Whether another series' head could make a better result of this one. */
export function couldBorrow({ decision, reasons }: DefacedScan): boolean {
  if (decision === 'deface') return false;
  // Cut before, or no volume at all: another head changes nothing.
  return !reasons.some(
    ({ code }) => code === 'segment/already-defaced' || code.startsWith('geometry/'),
  );
}

/** The best series of each visit first: the others can borrow from it. PET, which must, comes last. */
export function bestFirst<One extends Scan>(scans: readonly One[]): readonly One[] {
  const quality = ({ grid, modality }: Scan): readonly [number, number, number] => [
    modality === 'PT' ? 1 : 0,
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
        a.quality[2] - b.quality[2] ||
        a.n - b.n,
    )
    .map(({ scan }) => scan);
}

/** Volumes on the grid of the scan, the first among them. */
export function volumesOf(scan: Scan | Visiting): number {
  if ('volumes' in scan) return scan.volumes;
  return scan.kind === 'dicom' ? 1 + scan.repeats.length : scan.header.volumes;
}

/** Patient coordinates that several series share; null where nothing says that they do. */
export function frameOf(scan: Scan | Visiting): string | null {
  if ('frame' in scan) return scan.frame;
  if (scan.kind !== 'dicom') return null;
  const header = scan.slices.find((slice) => slice !== null)?.instance.header;
  const uid = header?.frameOfReferenceUID.trim() ?? '';
  return uid === '' ? null : `${scan.patient}\0${scan.visit}\0${uid}`;
}
