/** From a labelled head to the voxels that would go: no network, nothing changed yet. */
import { brainGuard, type BrainGuard } from '../core/deface/brain-guard.ts';
import { NO_CUT, planCut, type Cut } from '../core/deface/cut.ts';
import type { LabelledHead } from '../core/deface/defaced-scan.ts';
import { fineLabels, type FineLabels } from '../core/deface/fine-labels.ts';
import type { SeededOptions } from '../core/deface/options.ts';
import { removedRegion, type RemovedRegion } from '../core/deface/region.ts';
import type { JobOptions } from '../core/progress.ts';
import type { Volume } from '../core/volume/volume.ts';

/**
 * The deep cut passes under the temporal lobes, where the network's brain ends early: with the
 * guard of the standard cut it changed brain in 1 of 62 people.
 */
const DEEP_GUARD_MM = 3;

export interface RemovalPlan {
  readonly head: LabelledHead;
  readonly options: SeededOptions;
  readonly fine: FineLabels;
  /** null where no brain is in view. */
  readonly guard: BrainGuard | null;
  readonly cut: Cut;
  readonly removed: RemovedRegion;
}

/**
 * @param fine of the head, where they were made before
 * @param claims as in `removedRegion`
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export async function planRemoval(
  volume: Volume,
  head: LabelledHead,
  options: SeededOptions,
  job: JobOptions = {},
  fine: FineLabels = fineLabels(head.segmentation),
  claims: Uint8Array | null = null,
): Promise<RemovalPlan> {
  const { segmentation, frame } = head;
  const guard = brainGuard(segmentation, fine, options.depth === 'deep' ? DEEP_GUARD_MM : 0);
  const cut = head.byHand === 'from-nothing' ? NO_CUT : planCut(fine, frame, options, volume);
  const removed = await removedRegion(volume, fine, guard, frame, cut, job, claims);
  return { head, options, fine, guard, cut, removed };
}
