/** One series of a visit: by what the network sees in it, or with the head of another series. */
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { NEW_FACE, type SeededOptions } from '../core/deface/options.ts';
import type { JobOptions } from '../core/progress.ts';
import type { Volume } from '../core/volume/volume.ts';
import { defaceScan } from './deface-scan.ts';
import type { Scan } from './open-scans.ts';
import type { FaceSegmenter } from './ports.ts';
import { couldBorrow, volumesOf, type VisitHeads, type Visiting } from './visit-heads.ts';

/** The better end first. */
const ENDS = ['deface', 'review', 'refuse', 'exclude'] as const;

/**
 * The own result where it is safe; else that with the head of another series, where it ends
 * better. Of a PET series always that with the head of the CT or MR it was taken with.
 *
 * @throws as `defaceScan`
 */
export async function defaceInVisit(
  scan: Scan | Visiting,
  volume: Volume,
  options: SeededOptions,
  segmenter: FaceSegmenter,
  heads: VisitHeads,
  job: JobOptions = {},
): Promise<DefacedScan> {
  return withVolumeNote(scan, await bestOf(scan, volume, options, segmenter, heads, job));
}

const FACE_FIRST = 'deface/new-face-first';

/** Also says what becomes of the volumes after the first, where that is not what was chosen; once. */
export function withVolumeNote(scan: Scan | Visiting, defaced: DefacedScan): DefacedScan {
  const { result, notes = [] } = defaced;
  const volumes = volumesOf(scan);
  const hasFace = result?.filled && NEW_FACE.includes(result.filled.method);
  if (!hasFace || volumes === 1 || notes.some(({ code }) => code === FACE_FIRST)) return defaced;
  return { ...defaced, notes: [...notes, { code: FACE_FIRST, details: { volumes } }] };
}

/**
 * Whether the labels of a result are needed to write it: where further volumes get what was
 * made of the tissue around.
 */
export function writesByLabels(scan: Scan | Visiting, { method }: SeededOptions): boolean {
  return method !== 'blank' && volumesOf(scan) > 1;
}

async function bestOf(
  scan: Scan | Visiting,
  volume: Volume,
  options: SeededOptions,
  segmenter: FaceSegmenter,
  heads: VisitHeads,
  job: JobOptions,
): Promise<DefacedScan> {
  // The network has met no PET: what it says of one is not asked.
  if (scan.modality === 'PT') {
    return defaceScan(scan.id, volume, options, segmenter, job, heads.headFor(scan));
  }
  const own = await defaceScan(scan.id, volume, options, segmenter, job);
  heads.learn(scan, own);
  const lent = couldBorrow(own) ? heads.headFor(scan) : null;
  if (!lent) return own;
  const other = await defaceScan(scan.id, volume, options, segmenter, job, lent);
  return ENDS.indexOf(other.decision) < ENDS.indexOf(own.decision) ? other : own;
}
