/**
 * From figures to a decision. A check that fails never passes silently: the result is
 * shown to a person (`review`), or not made (`refuse`).
 */
import type { Region } from '../deface/options.ts';
import { because } from '../error-reasons.ts';
import type { ErrorRecord } from '../errors.ts';
import type { Checks, Decision } from './report.ts';

/** design.md §8 and model.md §5. */
export const LIMITS = {
  mirrorBrain: 0.95,
  mirrorRemoval: 0.85,
  shareMoved10mm: 0.98,
  /** The same of labels: they know no nostrils and no mouth, and the best grid gives 0.98 to 0.99. */
  shareOfLabels: 0.95,
  faceFoundAgain: 0.15,
  /** It ranks cuts rightly but separates them poorly per head: the page warns above 0.3 already. */
  parallelSurfaceIndex: 0.5,
  /** Away from the rim, four people gave 0.4 to 0.6; a person’s own face lies 1.2 and more from the average. */
  newFaceMm: 1.5,
  guardMm: 5,
  guardTookBack: 0.12,
} as const;

/**
 * What the figures say against calling the result done.
 *
 * @param regions that were to be removed: what was not asked for is not missed
 */
export function failedChecks(checks: Checks, regions: readonly Region[]): readonly ErrorRecord[] {
  const failed: ErrorRecord[] = [];
  const fail = (...reason: Parameters<typeof because>): void => {
    failed.push({ code: 'check/failed', details: because(...reason) });
  };
  const percent = (share: number): string => (Math.floor(1000 * share) / 10).toFixed(1);
  const { mirror } = checks;
  if (mirror && mirror.brain < LIMITS.mirrorBrain) {
    fail('check/mirror-brain', { percent: percent(mirror.brain) });
  }
  if (mirror && mirror.removal < LIMITS.mirrorRemoval) {
    fail('check/mirror-removal', { percent: percent(mirror.removal) });
  }
  if (checks.brainVoxelsChanged > 0) {
    fail('check/brain-changed', { voxels: checks.brainVoxelsChanged });
  }
  if (checks.guardMm !== null && checks.guardMm < LIMITS.guardMm) {
    fail('check/guard', { mm: checks.guardMm.toFixed(1) });
  }
  if (checks.guardTookBack > LIMITS.guardTookBack) {
    fail('check/took-back', { percent: percent(checks.guardTookBack) });
  }
  if (checks.newFaceMm !== undefined) {
    const off = checks.newFaceMm;
    if (off === null) fail('check/new-face-unmeasured');
    else if (off > LIMITS.newFaceMm) {
      fail('check/new-face', { mm: off.toFixed(1) });
    }
  } else if (checks.shareMoved10mm === null) {
    if (regions.includes('face')) fail('check/no-skin');
  } else if (checks.shareMoved10mm < shareLimit(checks)) {
    fail('check/moved', { percent: percent(checks.shareMoved10mm) });
  }
  if (checks.faceFoundAgain !== null && checks.faceFoundAgain > LIMITS.faceFoundAgain) {
    fail('check/found-again', { percent: percent(checks.faceFoundAgain) });
  }
  if (
    checks.parallelSurfaceIndex !== null &&
    checks.parallelSurfaceIndex > LIMITS.parallelSurfaceIndex
  ) {
    fail('check/parallel', { index: checks.parallelSurfaceIndex.toFixed(2) });
  }
  if (checks.outsideMaskChanged) {
    fail('check/outside', { voxels: checks.outsideMaskChanged });
  }
  return failed;
}

/** The least share of the facial skin that must have moved. */
export function shareLimit({ skinOf }: Checks): number {
  return skinOf === 'labels' ? LIMITS.shareOfLabels : LIMITS.shareMoved10mm;
}

export function decide(reasons: readonly ErrorRecord[]): Decision {
  return reasons.length ? 'review' : 'deface';
}
