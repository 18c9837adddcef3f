/**
 * From figures to a decision. A check that fails never passes silently: the result is
 * shown to a person (`review`), or not made (`refuse`).
 */
import type { Region } from '../deface/options.ts';
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
  const fail = (reason: string): void => {
    failed.push({ code: 'check/failed', details: { reason } });
  };
  const percent = (share: number): string => `${(Math.floor(1000 * share) / 10).toFixed(1)} %`;
  const { mirror } = checks;
  if (mirror && mirror.brain < LIMITS.mirrorBrain) {
    fail(
      `The network outlines the brain of the mirrored head differently (${percent(mirror.brain)} alike).`,
    );
  }
  if (mirror && mirror.removal < LIMITS.mirrorRemoval) {
    fail(`The network finds another face in the mirrored head (${percent(mirror.removal)} alike).`);
  }
  if (checks.brainVoxelsChanged > 0) {
    fail(`${checks.brainVoxelsChanged.toFixed(0)} voxels labelled brain would change.`);
  }
  if (checks.guardMm !== null && checks.guardMm < LIMITS.guardMm) {
    fail(`The cut comes within ${checks.guardMm.toFixed(1)} mm of the brain.`);
  }
  if (checks.guardTookBack > LIMITS.guardTookBack) {
    fail(`The brain guard kept ${percent(checks.guardTookBack)} of what was to be removed.`);
  }
  if (checks.newFaceMm !== undefined) {
    const off = checks.newFaceMm;
    if (off === null) fail('The new face could not be measured.');
    else if (off > LIMITS.newFaceMm) {
      fail(`The new face lies ${off.toFixed(1)} mm from the one that was to be put there.`);
    }
  } else if (checks.shareMoved10mm === null) {
    if (regions.includes('face')) fail('No facial skin could be measured.');
  } else if (checks.shareMoved10mm < shareLimit(checks)) {
    fail(`Only ${percent(checks.shareMoved10mm)} of the facial skin moved by more than 10 mm.`);
  }
  if (checks.faceFoundAgain !== null && checks.faceFoundAgain > LIMITS.faceFoundAgain) {
    fail(`The network still finds ${percent(checks.faceFoundAgain)} of the face in the result.`);
  }
  if (
    checks.parallelSurfaceIndex !== null &&
    checks.parallelSurfaceIndex > LIMITS.parallelSurfaceIndex
  ) {
    fail(`The new surface follows the old one (index ${checks.parallelSurfaceIndex.toFixed(2)}).`);
  }
  if (checks.outsideMaskChanged) {
    fail(`${checks.outsideMaskChanged.toFixed(0)} voxels outside the mask differ.`);
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
