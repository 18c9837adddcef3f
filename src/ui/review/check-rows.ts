/** The figures of a result in words, each with its grade. */
import { LIMITS, shareLimit } from '../../core/report/decide.ts';
import { tookFace, type Checks } from '../../core/report/report.ts';
import type { ScanResult } from '../../../workers/api.ts';
import { needsLook } from '../state/risk.ts';
import { count, decimal } from '../texts/figures.ts';
import { texts } from '../texts-work.ts';
import { placesToLook, skinLeftRow, type PlaceToLook } from './places.ts';

/** `look`: measured and doubtful, or not measured though it should be; `none`: not yet. */
export type Grade = 'pass' | 'look' | 'fail' | 'none';

export interface CheckRow {
  readonly id: keyof typeof texts.checks.rows;
  readonly label: string;
  readonly value: string;
  /** What it should be. */
  readonly limit: string;
  readonly grade: Grade;
}

/** Every figure of design.md §8, in the order of weight: brain, then face, then the rest. */
export function checkRows({
  checks,
  places,
  millilitres,
  regions,
  backend,
}: ScanResult): readonly CheckRow[] {
  const found: CheckRow[] = checks ? measured(checks) : [];
  // What was not to be removed is not missed.
  const faceStays = regions !== null && !tookFace(regions);
  const why = faceStays ? texts.checks.faceStays : checks && whyNotAsked(checks);
  const rows = why ? found.map((one) => notAsked(one, why)) : found;
  const removed = row('removed', `${Math.round(millilitres)} ml`, 'none');
  const ran = row('backend', texts.checks.backends[backend] ?? backend, 'none');
  const left = places ? [skinLeftRow(places)] : [];
  return [...rows, ...left, removed, ran];
}

function whyNotAsked({ newFaceMm, skinOf }: Checks): string | null {
  if (skinOf) return texts.checks.noSkin;
  return newFaceMm === undefined ? null : texts.checks.isNewFace;
}

export interface Verdict {
  readonly grade: Grade;
  readonly rows: readonly CheckRow[];
  readonly look: readonly PlaceToLook[];
}

/** What a result comes to. */
export function verdictOf(result: ScanResult): Verdict {
  const rows = checkRows(result);
  // Where all is well, skin at the rim would only distract.
  const look = (result.places ? placesToLook(result.places) : []).filter(
    ({ isAlarm }) => isAlarm || result.decision === 'review',
  );
  return { grade: overallGrade(rows, needsLook(result)), rows, look };
}

export function verdictText(grade: Grade): string {
  return texts.review.verdict[grade === 'none' ? 'pass' : grade];
}

/** The worst grade decides; what is not measured yet does not count. */
export function overallGrade(rows: readonly CheckRow[], isDoubtful: boolean): Grade {
  if (rows.some(({ grade }) => grade === 'fail')) return 'fail';
  return isDoubtful || rows.some(({ grade }) => grade === 'look') ? 'look' : 'pass';
}

function measured(checks: Checks): CheckRow[] {
  const { mirror, skinMovedMm, matcher } = checks;
  return [
    row(
      'brain',
      count(checks.brainVoxelsChanged),
      checks.brainVoxelsChanged === 0 ? 'pass' : 'fail',
    ),
    row('guard', mm(checks.guardMm), atLeast(checks.guardMm, LIMITS.guardMm, 'fail')),
    {
      ...row(
        'share',
        percent(checks.shareMoved10mm),
        atLeast(checks.shareMoved10mm, shareLimit(checks)),
      ),
      ...(checks.skinOf ? { limit: texts.checks.ofLabels } : {}),
    },
    row(
      'moved',
      skinMovedMm ? `${mm(skinMovedMm.median)}; ${mm(skinMovedMm.p5)}` : texts.checks.notMeasured,
      skinMovedMm ? 'none' : 'look',
    ),
    row(
      'again',
      percent(checks.faceFoundAgain),
      atMost(checks.faceFoundAgain, LIMITS.faceFoundAgain),
    ),
    row(
      'parallel',
      figure(checks.parallelSurfaceIndex),
      atMost(checks.parallelSurfaceIndex, LIMITS.parallelSurfaceIndex),
    ),
    ...(checks.newFaceMm === undefined
      ? []
      : [row('newFace', mm(checks.newFaceMm), atMost(checks.newFaceMm, LIMITS.newFaceMm))]),
    row(
      'mirror',
      mirror ? `${figure(mirror.brain)}; ${figure(mirror.removal)}` : texts.checks.notMeasured,
      worse(
        atLeast(mirror?.brain ?? null, LIMITS.mirrorBrain),
        atLeast(mirror?.removal ?? null, LIMITS.mirrorRemoval),
      ),
    ),
    row(
      'tookBack',
      percent(checks.guardTookBack),
      atMost(checks.guardTookBack, LIMITS.guardTookBack),
    ),
    row(
      'outside',
      checks.outsideMaskChanged === null
        ? texts.checks.outsideLater
        : count(checks.outsideMaskChanged),
      checks.outsideMaskChanged === null
        ? 'none'
        : checks.outsideMaskChanged === 0
          ? 'pass'
          : 'fail',
    ),
    matcher
      ? row(
          'matcher',
          texts.checks.ranks(matcher.rankBefore, matcher.rankAfter, matcher.of),
          'none',
        )
      : { ...row('matcher', texts.checks.notAsked, 'none'), limit: texts.checks.whyNotAsked },
  ];
}

/** What is measured of a removed face only, and why it is not. */
function notAsked(one: CheckRow, why: string): CheckRow {
  const isOfFace = ['share', 'moved', 'again', 'parallel'].includes(one.id);
  return isOfFace && one.value === texts.checks.notMeasured
    ? { ...one, value: why, grade: 'none' }
    : one;
}

function row(id: CheckRow['id'], value: string, grade: Grade): CheckRow {
  return { id, label: texts.checks.rows[id], value, limit: texts.checks.limits[id], grade };
}

function atLeast(value: number | null, limit: number, otherwise: Grade = 'look'): Grade {
  return value === null ? 'look' : value >= limit ? 'pass' : otherwise;
}

function atMost(value: number | null, limit: number): Grade {
  return value === null ? 'look' : value <= limit ? 'pass' : 'look';
}

function worse(a: Grade, b: Grade): Grade {
  const order: readonly Grade[] = ['none', 'pass', 'look', 'fail'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function mm(value: number | null): string {
  return value === null ? texts.checks.notMeasured : `${decimal(value, 1)} mm`;
}

/** One decimal below the whole, so that 97.96 % is not shown as 98 %: cut, never rounded up. */
function percent(share: number | null): string {
  return share === null
    ? texts.checks.notMeasured
    : `${decimal(Math.floor(share * 1000) / 10, 1)} %`;
}

function figure(value: number | null): string {
  return value === null ? texts.checks.notMeasured : decimal(value, 2);
}
