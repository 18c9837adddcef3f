/**
 * One scan: head found and labelled, cut planned in the head's own frame, voxels
 * replaced, result checked. Nothing is written, and the volume is not changed.
 */
import { alreadyDefaced } from '../core/deface/already-defaced.ts';
import { brainGuard } from '../core/deface/brain-guard.ts';
import { planCut } from '../core/deface/cut.ts';
import type { DefacedScan, LabelledHead } from '../core/deface/defaced-scan.ts';
import { fineLabels } from '../core/deface/fine-labels.ts';
import { headFrame } from '../core/deface/head-frame.ts';
import { METHOD, newFaceOf, withoutFace } from '../core/deface/methods.ts';
import { LIKENESS, NEW_FACE, type SeededOptions } from '../core/deface/options.ts';
import { removedRegion } from '../core/deface/region.ts';
import type { ErrorRecord } from '../core/errors.ts';
import { voxelVolume } from '../core/geometry/affine.ts';
import { implausibleGrid } from '../core/geometry/plausible.ts';
import type { JobOptions } from '../core/progress.ts';
import { checkResult } from '../core/report/check-result.ts';
import { decide, failedChecks } from '../core/report/decide.ts';
import type { ScanId } from '../core/scan.ts';
import { carrySegmentation } from '../core/segmentation/carry.ts';
import { judge } from '../core/segmentation/sanity.ts';
import { segment } from '../core/segmentation/segment.ts';
import type { Segmentation } from '../core/segmentation/segmentation.ts';
import { Label, type Volume } from '../core/volume/volume.ts';
import type { FaceSegmenter } from './ports.ts';

const UNSEEN_REASON =
  'The series from which the labels come does not show all of the head that this one shows.';
const LIKENESS_REASON: ErrorRecord = { code: 'deface/likeness', details: {} };
const DOUBTFUL_REASON = 'The series from which the labels come is itself one to look at.';
const PET_ALONE: ErrorRecord = { code: 'segment/pet-alone', details: {} };
const NO_NEW_FACE: ErrorRecord = { code: 'deface/no-new-face', details: {} };
const LENT: ErrorRecord = { code: 'deface/lent', details: {} };

/**
 * The deep cut passes under the temporal lobes, where the network's brain ends early: with the
 * guard of the standard cut it changed brain in 1 of 62 people.
 */
const DEEP_GUARD_MM = 3;

/** Less face and ears than this (ml) is nothing to remove. */
const SMALLEST_FACE_ML = 15;

/** More of the head than this (share) that the lending series does not show asks for a look. */
const UNSEEN = 0.03;

/**
 * @param lent the head of another series of the same frame of reference, instead of what
 *   the network would see in this one
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export async function defaceScan(
  scan: ScanId,
  volume: Volume,
  options: SeededOptions,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
  lent: LabelledHead | null = null,
): Promise<DefacedScan> {
  const started = performance.now();
  const fault = implausibleGrid(volume.grid);
  const isPet = volume.modality === 'PT';
  const carried = lent && !fault ? carrySegmentation(volume, lent.segmentation) : null;
  // What the network says of PET is not asked: it has met none.
  const segmentation =
    fault || (isPet && !lent)
      ? null
      : (carried?.segmentation ?? (await segment(volume, segmenter, job)));
  const segmented = performance.now();
  const unfinished = (
    decision: 'refuse' | 'exclude',
    reasons: readonly ErrorRecord[],
  ): DefacedScan => ({
    scan,
    decision,
    reasons,
    checks: null,
    result: null,
    timingsMs: { segment: segmented - started, deface: 0, verify: 0 },
  });
  if (fault) {
    return unfinished(fault.code === 'geometry/too-little-covered' ? 'exclude' : 'refuse', [fault]);
  }
  if (isPet && !lent) return unfinished('refuse', [PET_ALONE]);
  if (!segmentation) return unfinished('exclude', [{ code: 'segment/no-head', details: {} }]);
  const frame = lent?.frame ?? headFrame(segmentation);
  const cutBefore = !isPet && frame ? alreadyDefaced(segmentation, frame) : null;
  const defacedBefore: readonly ErrorRecord[] = cutBefore
    ? [{ code: 'segment/already-defaced', details: {} }]
    : [];
  if (cutBefore === 'gone') return unfinished('refuse', defacedBefore);
  const verdict = judge(segmentation);
  if (millilitresOf(segmentation, [Label.face, Label.eyes, Label.ears]) < SMALLEST_FACE_ML) {
    const reasons: readonly ErrorRecord[] = [{ code: 'segment/no-face', details: {} }];
    return unfinished('refuse', [...defacedBefore, ...verdict.orientation, ...reasons]);
  }
  if (!frame) {
    const reason = 'Too little of the head is in view to place the cut.';
    return unfinished('refuse', [uncertain(reason)]);
  }
  if (verdict.refuse.length) return unfinished('refuse', [...defacedBefore, ...verdict.refuse]);

  const fine = fineLabels(segmentation);
  const guard = brainGuard(segmentation, fine, options.depth === 'deep' ? DEEP_GUARD_MM : 0);
  const cut = planCut(fine, frame, options, volume);
  const removed = await removedRegion(volume, fine, guard, frame, cut, job);
  const seed = options.methodSeed ?? [];
  const method = isPet ? withoutFace(options.method) : options.method;
  const delta = await METHOD[method]({ volume, removed, frame, seed }, job);
  const newFace = await newFaceOf(method, seed, job);
  const defaced = performance.now();

  const checks = await checkResult(
    { volume, segmentation, fine, frame, cut, removed, delta, newFace },
    (input) => segmenter.label(input),
    job,
  );
  const reasons = [
    ...defacedBefore,
    ...verdict.review,
    ...(carried && carried.unseen > UNSEEN ? [uncertain(UNSEEN_REASON)] : []),
    ...(lent?.doubtful ? [uncertain(DOUBTFUL_REASON)] : []),
    // Whatever the figures say: nobody is to take it for a removed face.
    ...(LIKENESS.includes(options.method) ? [LIKENESS_REASON] : []),
    ...failedChecks(checks, options.regions),
    ...(isPet ? [petReason(lent)] : []),
  ];
  return {
    scan,
    decision: decide(reasons),
    reasons,
    notes: [
      ...notesOn({ ...options, method }),
      ...(method === options.method ? [] : [NO_NEW_FACE]),
      ...(lent && !isPet ? [LENT] : []),
    ],
    checks,
    head: { segmentation, frame, borrowed: lent !== null },
    result: {
      labels: removed.labels,
      region: removed.region,
      delta,
      millilitres: removed.millilitres,
      regions: removed.volumes,
    },
    timingsMs: {
      segment: segmented - started,
      deface: defaced - segmented,
      verify: performance.now() - defaced,
    },
  };
}

/** A result that passes its checks still says where it is less than the standard one. */
function notesOn({ regions, depth, method }: SeededOptions): readonly ErrorRecord[] {
  if (!regions.includes('face')) return [{ code: 'deface/face-stays', details: {} }];
  const notes: ErrorRecord[] = [];
  if (depth === 'shallow') notes.push({ code: 'deface/shallow', details: {} });
  if (NEW_FACE.includes(method)) notes.push({ code: 'deface/new-face', details: {} });
  return notes;
}

/** A PET image is always one to look at: no figure of it is of its own skin. */
function petReason(lent: LabelledHead | null): ErrorRecord {
  return { code: 'segment/pet', details: { modality: lent?.segmentation.modality ?? 'CT' } };
}

function uncertain(reason: string): ErrorRecord {
  return { code: 'segment/uncertain', details: { reason } };
}

function millilitresOf({ grid, labels }: Segmentation, wanted: readonly Label[]): number {
  let voxels = 0;
  for (const label of labels) if (wanted.includes(label as Label)) voxels++;
  return (voxels * voxelVolume(grid.affine)) / 1000;
}
