/**
 * One scan: head found and labelled, cut planned in the head's own frame, voxels
 * replaced, result checked. Nothing is written, and the volume is not changed.
 */
import type { DefacedScan, LabelledHead } from '../core/deface/defaced-scan.ts';
import type { SeededOptions } from '../core/deface/options.ts';
import type { JobOptions } from '../core/progress.ts';
import type { ScanId } from '../core/scan.ts';
import type { Volume } from '../core/volume/volume.ts';
import { carryOut } from './carry-out.ts';
import { labelHead } from './label-head.ts';
import { planRemoval } from './plan-removal.ts';
import type { FaceSegmenter } from './ports.ts';

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
  const labelled = await labelHead(volume, segmenter, job, lent);
  const segment = performance.now() - started;
  if (!labelled.head) {
    const { decision, reasons } = labelled;
    const timingsMs = { segment, deface: 0, verify: 0 };
    return { scan, decision, reasons, checks: null, result: null, timingsMs };
  }
  const plan = await planRemoval(volume, labelled.head, options, job);
  const planned = performance.now() - started - segment;
  const { timingsMs, ...done } = await carryOut(volume, plan, segmenter, job);
  const deface = planned + timingsMs.deface;
  return { scan, ...done, timingsMs: { segment, deface, verify: timingsMs.verify } };
}
