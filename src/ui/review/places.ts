/** Where a reviewer should look, in words, and which figure of the checks leads there. */
import type { Places } from '../../core/report/places.ts';
import { MOST_SKIN_CM2 } from '../../core/report/skin-left.ts';
import type { Vec3 } from '../../core/geometry/affine.ts';
import type { ScanResult } from '../../../workers/api.ts';
import { decimal } from '../texts/figures.ts';
import { texts } from '../texts-work.ts';
import type { CheckRow } from './check-rows.ts';

export interface PlaceToLook {
  readonly at: Vec3;
  readonly text: string;
  /** Brain is touched, or nearly so; the rest is to be looked at. */
  readonly isAlarm: boolean;
}

/** Patches that are listed at most. */
const MOST_PATCHES = 4;

export function placesToLook({ nearBrain, skinLeft }: Places): readonly PlaceToLook[] {
  const words = texts.checks.places;
  return [
    ...nearBrain.spots.map(({ at, mm }) => ({
      at,
      text: mm === 0 ? words.touched : words.near(decimal(mm, 1)),
      isAlarm: true,
    })),
    ...skinLeft.slice(0, MOST_PATCHES).map(({ at, cm2, of }) => ({
      at,
      text: words[of === 'face' ? 'face' : at[0] > 0 ? 'earLeft' : 'earRight'](decimal(cm2, 0)),
      isAlarm: cm2 > MOST_SKIN_CM2,
    })),
  ];
}

/** Those for which a result is to be looked at closely, in words: for cards and rows. */
export function alarmsOf({ places }: Pick<ScanResult, 'places'>): readonly string[] {
  if (!places) return [];
  const spots = places.nearBrain.spots.slice(0, 1);
  return placesToLook({ ...places, nearBrain: { ...places.nearBrain, spots } })
    .filter(({ isAlarm }) => isAlarm)
    .map(({ text }) => text);
}

/** The place that a figure is about; null where there is none to show. */
export function placeOfRow(id: CheckRow['id'], { nearBrain, skinLeft }: Places): Vec3 | null {
  if (id === 'brain' || id === 'guard') return nearBrain.spots[0]?.at ?? null;
  if (id === 'left') return skinLeft[0]?.at ?? null;
  if (id === 'share' || id === 'moved' || id === 'again') {
    return skinLeft.find(({ of }) => of === 'face')?.at ?? null;
  }
  return null;
}

/** What the page itself measures of the surface that can be rendered. */
export function skinLeftRow({ skinLeft }: Places): CheckRow {
  const cm2 = skinLeft[0]?.cm2 ?? 0;
  return {
    id: 'left',
    label: texts.checks.rows.left,
    value: `${decimal(cm2, 1)} cm²`,
    limit: texts.checks.limits.left,
    grade: cm2 > MOST_SKIN_CM2 ? 'look' : 'pass',
  };
}
