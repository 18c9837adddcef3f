/** Where the head of a scan is and what in it is what: by the network, or as another series has it. */
import { alreadyDefaced } from '../core/deface/already-defaced.ts';
import type { LabelledHead } from '../core/deface/defaced-scan.ts';
import { headFrame, type HeadFrame } from '../core/deface/head-frame.ts';
import { because, type ReasonId } from '../core/error-reasons.ts';
import type { ErrorRecord } from '../core/errors.ts';
import { voxelVolume } from '../core/geometry/affine.ts';
import { implausibleGrid } from '../core/geometry/plausible.ts';
import type { JobOptions } from '../core/progress.ts';
import { carrySegmentation } from '../core/segmentation/carry.ts';
import { judge } from '../core/segmentation/sanity.ts';
import { segment } from '../core/segmentation/segment.ts';
import type { Segmentation } from '../core/segmentation/segmentation.ts';
import { Label, type Volume } from '../core/volume/volume.ts';
import type { FaceSegmenter } from './ports.ts';

const PET: ErrorRecord = { code: 'segment/pet', details: {} };

/** Less face and ears than this (ml) is nothing to remove. */
const SMALLEST_FACE_ML = 15;

/** More of the head than this (share) that the lending series does not show asks for a look. */
const UNSEEN = 0.03;

/** A head in which a cut can be placed, or why there is none. */
export type Labelled =
  | { readonly head: LabelledHead }
  | {
      readonly head: null;
      readonly decision: 'refuse' | 'exclude';
      readonly reasons: readonly ErrorRecord[];
      /** What the network saw, where it saw a head and is not believed. */
      readonly found?: { readonly segmentation: Segmentation; readonly frame: HeadFrame | null };
    };

/**
 * @param lent the head of another series of the same frame of reference, instead of what
 *   the network would see in this one; of a PET image, which it has never met, it is not asked
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export async function labelHead(
  volume: Volume,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
  lent: LabelledHead | null = null,
): Promise<Labelled> {
  const fault = implausibleGrid(volume.grid);
  if (fault) {
    return none(fault.code === 'geometry/too-little-covered' ? 'exclude' : 'refuse', [fault]);
  }
  const isPet = volume.modality === 'PT';
  if (isPet && !lent) return none('refuse', [{ code: 'segment/pet-alone', details: {} }]);
  const carried = lent ? carrySegmentation(volume, lent.segmentation) : null;
  const segmentation = carried?.segmentation ?? (await segment(volume, segmenter, job));
  if (!segmentation) return none('exclude', [{ code: 'segment/no-head', details: {} }]);
  const frame = lent?.frame ?? headFrame(segmentation);
  const cutBefore = !isPet && frame ? alreadyDefaced(segmentation, frame) : null;
  const defacedBefore: readonly ErrorRecord[] = cutBefore
    ? [{ code: 'segment/already-defaced', details: {} }]
    : [];
  const refuse = (reasons: readonly ErrorRecord[]): Labelled => ({
    ...none('refuse', reasons),
    found: { segmentation, frame },
  });
  if (cutBefore === 'gone') return refuse(defacedBefore);
  const verdict = judge(segmentation);
  if (millilitresOf(segmentation, [Label.face, Label.eyes, Label.ears]) < SMALLEST_FACE_ML) {
    const reasons: readonly ErrorRecord[] = [{ code: 'segment/no-face', details: {} }];
    return refuse([...defacedBefore, ...verdict.orientation, ...reasons]);
  }
  if (!frame) {
    return refuse([uncertain('head/too-little')]);
  }
  if (verdict.refuse.length) return refuse([...defacedBefore, ...verdict.refuse]);
  const doubts = [
    ...defacedBefore,
    ...verdict.review,
    ...(carried && carried.unseen > UNSEEN ? [uncertain('head/not-lent')] : []),
    ...(lent?.doubtful ? [uncertain('head/lent-doubtful')] : []),
    // Always one to look at: no figure of it is of its own skin.
    ...(isPet ? [PET] : []),
  ];
  return { head: { segmentation, frame, borrowed: lent !== null, doubts } };
}

function uncertain(reason: ReasonId): ErrorRecord {
  return { code: 'segment/uncertain', details: because(reason) };
}

function none(
  decision: 'refuse' | 'exclude',
  reasons: readonly ErrorRecord[],
): Labelled & { head: null } {
  return { head: null, decision, reasons };
}

function millilitresOf({ grid, labels }: Segmentation, wanted: readonly Label[]): number {
  let voxels = 0;
  for (const label of labels) if (wanted.includes(label as Label)) voxels++;
  return (voxels * voxelVolume(grid.affine)) / 1000;
}
