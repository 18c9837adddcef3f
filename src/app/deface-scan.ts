/**
 * One scan: head found and labelled, cut planned in the head's own frame, voxels
 * replaced, result checked. Nothing is written, and the volume is not changed.
 */
import { blank } from '../core/deface/blank.ts';
import { planCut } from '../core/deface/cut.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { fineLabels, type FineLabels } from '../core/deface/fine-labels.ts';
import { headFrame } from '../core/deface/head-frame.ts';
import type { SeededOptions } from '../core/deface/options.ts';
import { removedRegion } from '../core/deface/region.ts';
import type { ErrorRecord } from '../core/errors.ts';
import { spacingOf, voxelVolume } from '../core/geometry/affine.ts';
import type { JobOptions } from '../core/progress.ts';
import { checkResult } from '../core/report/check-result.ts';
import { decide, failedChecks } from '../core/report/decide.ts';
import type { ScanId } from '../core/scan.ts';
import { judge } from '../core/segmentation/sanity.ts';
import { segment } from '../core/segmentation/segment.ts';
import type { Segmentation } from '../core/segmentation/segmentation.ts';
import { largestComponent } from '../core/volume/components.ts';
import { distanceMm } from '../core/volume/distance.ts';
import { Label, type Volume } from '../core/volume/volume.ts';
import type { FaceSegmenter } from './ports.ts';

/** Less face and ears than this (ml) is nothing to remove. */
const SMALLEST_FACE_ML = 15;
/** The guard needs distances only so far (mm). */
const FAR_MM = 30;

/**
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export async function defaceScan(
  scan: ScanId,
  volume: Volume,
  options: SeededOptions,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
): Promise<DefacedScan> {
  const started = performance.now();
  const segmentation = await segment(volume, segmenter, job);
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
  if (!segmentation) return unfinished('exclude', [{ code: 'segment/no-head', details: {} }]);
  if (millilitresOf(segmentation, [Label.face, Label.eyes, Label.ears]) < SMALLEST_FACE_ML) {
    return unfinished('refuse', [{ code: 'segment/no-face', details: {} }]);
  }
  const verdict = judge(segmentation);
  const frame = headFrame(segmentation);
  if (!frame) {
    const reason = 'Too little of the head is in view to place the cut.';
    return unfinished('refuse', [{ code: 'segment/uncertain', details: { reason } }]);
  }
  if (verdict.refuse.length) return unfinished('refuse', verdict.refuse);

  const fine = fineLabels(segmentation);
  const brainDistance = distanceToBrain(fine);
  const cut = planCut(fine, frame, options, volume);
  const removed = await removedRegion(volume, fine, brainDistance, frame, cut, job);
  const delta = await blank(volume, removed.region, job);
  const defaced = performance.now();

  const checks = await checkResult(
    { volume, segmentation, fine, frame, cut, removed, delta },
    (input) => segmenter.label(input),
    job,
  );
  const reasons = [...verdict.review, ...failedChecks(checks, options.regions)];
  return {
    scan,
    decision: decide(reasons),
    reasons,
    notes: notesOn(options),
    checks,
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
function notesOn({ regions, depth }: SeededOptions): readonly ErrorRecord[] {
  if (!regions.includes('face')) return [{ code: 'deface/face-stays', details: {} }];
  return depth === 'shallow' ? [{ code: 'deface/shallow', details: {} }] : [];
}

/** Distance (mm) of every fine voxel to the brain; null where no brain is in view. */
function distanceToBrain({ grid, labels }: FineLabels): Float32Array | null {
  const brain = labels.map((label) => (label === Label.brain ? 1 : 0));
  const largest = largestComponent(brain, grid.size);
  return largest.includes(1)
    ? distanceMm(largest, grid.size, spacingOf(grid.affine), FAR_MM)
    : null;
}

function millilitresOf({ grid, labels }: Segmentation, wanted: readonly Label[]): number {
  let voxels = 0;
  for (const label of labels) if (wanted.includes(label as Label)) voxels++;
  return (voxels * voxelVolume(grid.affine)) / 1000;
}
