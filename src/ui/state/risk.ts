/** The order of the review: what failed a check first, then by how near a figure is to its limit. */
import { LIMITS } from '../../core/report/decide.ts';
import { hasAlarm } from '../../core/report/places.ts';
import type { Checks } from '../../core/report/report.ts';
import type { ScanResult } from '../../../workers/api.ts';

/** More than any figure makes: a result that a person should look at comes before all others. */
const LOOK = 100;

/** 0: nothing speaks against it; 1: a figure at its limit; 100 and more: a person should look. */
export function riskOf(result: ScanResult): number {
  const { checks, decision } = result;
  const worst = checks ? Math.min(LOOK - 1, Math.max(0, ...sharesOfLimits(checks))) : 0;
  return (decision !== 'deface' || needsLook(result) ? LOOK : 0) + worst;
}

/** Whether a person should look closely: for a figure of the checks, or for a place. */
export function needsLook({ decision, places }: Pick<ScanResult, 'decision' | 'places'>): boolean {
  return decision === 'review' || (places !== undefined && hasAlarm(places));
}

/** How much of what each limit allows is used up; above 1 where it is passed. */
function sharesOfLimits(checks: Checks): readonly number[] {
  const { mirror, matcher } = checks;
  return [
    checks.brainVoxelsChanged > 0 ? LOOK : 0,
    fromOne(checks.shareMoved10mm, LIMITS.shareMoved10mm),
    checks.guardMm === null ? 0 : LIMITS.guardMm / Math.max(checks.guardMm, 1e-3),
    upTo(checks.faceFoundAgain, LIMITS.faceFoundAgain),
    upTo(checks.parallelSurfaceIndex, LIMITS.parallelSurfaceIndex),
    upTo(checks.newFaceMm, LIMITS.newFaceMm),
    fromOne(mirror?.brain, LIMITS.mirrorBrain),
    fromOne(mirror?.removal, LIMITS.mirrorRemoval),
    upTo(checks.guardTookBack, LIMITS.guardTookBack),
    matcher && matcher.of > 1 ? 1 - (matcher.rankAfter - 1) / (matcher.of - 1) : 0,
  ];
}

/** Of a share that should be 1 and may be as low as its limit; what was not measured says nothing. */
function fromOne(share: number | null | undefined, limit: number): number {
  return share === null || share === undefined ? 0 : (1 - share) / (1 - limit);
}

function upTo(value: number | null | undefined, limit: number): number {
  return value === null || value === undefined ? 0 : value / limit;
}
