/**
 * A region that a person corrects: planned with the settings of this scan, edited as marks, and
 * carried out and measured like any other. The network runs for the check alone.
 */
import type { DefacedScan, LabelledHead } from '../core/deface/defaced-scan.ts';
import type { FineLabels } from '../core/deface/fine-labels.ts';
import type { SeededOptions } from '../core/deface/options.ts';
import { editedRegion, type EditedRegion } from '../core/edit/edited-region.ts';
import { applyMargin, markHolds } from '../core/edit/planned-marks.ts';
import { reasonOf, samePlan, type CorrectionSettings } from '../core/edit/settings.ts';
import { EffaceError, type ErrorRecord } from '../core/errors.ts';
import { voxelVolume } from '../core/geometry/affine.ts';
import { voxelCount } from '../core/geometry/grid.ts';
import type { JobOptions } from '../core/progress.ts';
import { decide } from '../core/report/decide.ts';
import type { ScanId } from '../core/scan.ts';
import type { Volume } from '../core/volume/volume.ts';
import { carryOut } from './carry-out.ts';
import { planRemoval, type RemovalPlan } from './plan-removal.ts';
import type { FaceSegmenter } from './ports.ts';

const MASK_BY_HAND: ErrorRecord = { code: 'edit/mask-by-hand', details: {} };
const NO_BRAIN: ErrorRecord = { code: 'edit/no-brain', details: {} };

export interface PlannedCorrection {
  readonly plan: RemovalPlan;
  /** Of the plan alone: nothing from a hand (core/edit/marks.ts). */
  readonly marks: Uint8Array;
}

/**
 * @param options with regions and depth of the settings
 * @param fine of the head, where they were made before
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export async function planCorrection(
  volume: Volume,
  head: LabelledHead,
  options: SeededOptions,
  marginMm: number,
  job: JobOptions = {},
  fine?: FineLabels,
): Promise<PlannedCorrection> {
  const marks = new Uint8Array(voxelCount(volume.grid));
  const plan = await planRemoval(volume, head, options, job, fine, marks);
  markHolds(marks, volume, plan.fine, plan.guard);
  applyMargin(marks, volume.grid, plan.removed.labels.voxels, options.regions, marginMm);
  return { plan, marks };
}

export interface Corrected extends PlannedCorrection {
  /** Those of the plan, and whether the guard holds. */
  readonly settings: CorrectionSettings;
  /** What was chosen for the whole run. */
  readonly run: CorrectionSettings;
  /** Why a refused scan is included, as the person says; of any other null. */
  readonly handReason?: string | null;
}

/**
 * @param corrected its marks with what the hand said
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`; of a refused scan also
 *   `edit/no-reason` and `edit/nothing-painted`
 */
export async function correctScan(
  scan: ScanId,
  volume: Volume,
  { plan, marks, settings, run, handReason: why = null }: Corrected,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
): Promise<DefacedScan> {
  const { regions, depth, marginMm } = settings;
  const [guardReason, handReason] = [saidIn(settings.guardReason), saidIn(why)];
  const edited = editedRegion(plan.removed, plan, marks, regions, guardReason !== null);
  const { byHand } = plan.head;
  const isUnguarded = byHand !== undefined && !plan.guard;
  if (byHand) {
    if (handReason === null || !(plan.guard ?? guardReason))
      throw new EffaceError('edit/no-reason');
    if (edited.removed.voxels === 0) throw new EffaceError('edit/nothing-painted');
  }
  const done = await carryOut(volume, { ...plan, removed: edited.removed }, segmenter, job);
  const { added, left, protectedVoxels, held } = edited;
  const isAsPlanned = added + left + protectedVoxels + held === 0 && samePlan(settings, run);
  if (isAsPlanned && !byHand) {
    return { scan, ...done };
  }
  const reasons = [
    ...(byHand ? [MASK_BY_HAND] : []),
    ...(isUnguarded ? [NO_BRAIN] : []),
    ...done.reasons,
    ...overriding(edited),
  ];
  return {
    scan,
    ...done,
    decision: decide(reasons),
    reasons,
    notes: [...(done.notes ?? []), noteOf(edited, voxelVolume(volume.grid.affine))],
    corrections: {
      voxels: { added, left, protected: protectedVoxels, heldByGuard: held },
      regions,
      depth,
      marginMm,
      // A reason for what was not done says nothing.
      guardOverridden: edited.overridden || isUnguarded ? guardReason : null,
      ...(byHand && handReason !== null ? { byHand: handReason } : {}),
    },
  };
}

/** null where it gives no reason: the guard holds then. */
function saidIn(reason: string | null): string | null {
  return reason === null ? null : reasonOf(reason);
}

/** Whatever the figures say: who broke the guard is to look again. */
function overriding({ overridden }: EditedRegion): readonly ErrorRecord[] {
  if (!overridden) return [];
  return [{ code: 'edit/guard-overridden', details: { voxels: overridden } }];
}

function noteOf({ added, left }: EditedRegion, cubicMm: number): ErrorRecord {
  const ml = (voxels: number): string => ((voxels * cubicMm) / 1000).toFixed(1);
  return { code: 'edit/by-hand', details: { added: ml(added), left: ml(left) } };
}
