/**
 * Where a person should look at a result, measured once, when it is made: figures of the checks
 * are over the whole face, and an ear that the labels do not show is in none of them.
 */
import { GUARD_MM, type BrainGuard } from '../deface/brain-guard.ts';
import type { FineLabels } from '../deface/fine-labels.ts';
import type { RemovedRegion } from '../deface/region.ts';
import { because } from '../error-reasons.ts';
import type { ErrorRecord } from '../errors.ts';
import { indexToLps, spacingOf, type Vec3 } from '../geometry/affine.ts';
import { uprightGrid, type Grid, type Size } from '../geometry/grid.ts';
import { resampleLinear } from '../volume/resample.ts';
import { skinSurface } from '../volume/skin-surface.ts';
import { Label } from '../volume/volume.ts';
import { nearBrain, type NearBrain } from './near-brain.ts';
import { MOST_SKIN_CM2, skinLeft, type SkinPatch } from './skin-left.ts';

/** The region too near to the brain, and skin that stayed. */
export interface Places {
  readonly nearBrain: NearBrain;
  /** The largest patch first. */
  readonly skinLeft: readonly SkinPatch[];
}

export interface Removal {
  readonly fine: FineLabels;
  readonly guard: BrainGuard | null;
  readonly removed: RemovedRegion;
}

/** Modality values on the grid of the fine labels. */
export interface Shown {
  readonly before: Float32Array;
  readonly after: Float32Array;
  /** Of the skin, see volume/skin.ts. */
  readonly threshold: number;
  /** Another face was put where the old one was: skin there says nothing. */
  readonly isNewFace: boolean;
}

/** Skin is looked at as coarsely as this (mm): fine enough for lips, lids and ears. */
const SKIN_MM = 2.2;
/** What lies about face and ears goes with them, and shows where air ends (mm). */
const AROUND_MM = 25;

/** @param shown null where the image shows no skin that could have stayed (PET) */
export function placesOf({ fine, guard, removed }: Removal, shown: Shown | null): Places {
  return {
    nearBrain: nearBrain(removed, fine.grid, guard, GUARD_MM),
    skinLeft: shown ? skinThatStayed(fine, removed, shown) : [],
  };
}

/** Whether a person should look, whatever the checks say. */
export function hasAlarm({ nearBrain, skinLeft }: Places): boolean {
  return nearBrain.spots.length > 0 || skinLeft.some(({ cm2 }) => cm2 > MOST_SKIN_CM2);
}

/** For the report: a figure that failed says by itself how near the brain is. */
export function notesOnPlaces({ skinLeft }: Places): readonly ErrorRecord[] {
  return skinLeft
    .filter(({ cm2 }) => cm2 > MOST_SKIN_CM2)
    .map(({ of, at, cm2 }) => {
      const where = of === 'face' ? 'face' : at[0] > 0 ? 'ear-left' : 'ear-right';
      const details = because(`check/${where}-stayed`, { cm2: Math.round(cm2) });
      return { code: 'check/place', details };
    });
}

function skinThatStayed(
  fine: FineLabels,
  { volumes }: RemovedRegion,
  { before, after, threshold, isNewFace }: Shown,
): readonly SkinPatch[] {
  const asked = { face: volumes.face > 0 && !isNewFace, ears: volumes.ears > 0 };
  if (!asked.face && !asked.ears) return [];
  const grid = skinGrid(fine);
  if (!grid) return [];
  const on = (values: Float32Array): Float32Array =>
    resampleLinear(values, fine.grid, grid, values[0] ?? 0);
  return skinLeft(
    skinSurface(grid, on(before), threshold),
    { grid, values: on(after), threshold },
    { grid: fine.grid, voxels: fine.labels },
    asked,
  );
}

/**
 * About face and ears from one side of the box to the other: an ear may be where no label shows
 * it. null where neither is labelled.
 */
function skinGrid({ grid, labels }: FineLabels): Grid | null {
  const [ni, nj, nk] = grid.size;
  const low: [number, number, number] = [0, nj, nk];
  const high: [number, number, number] = [ni - 1, -1, -1];
  for (let k = 0, v = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const label = labels[v];
        if (label !== Label.face && label !== Label.eyes && label !== Label.ears) continue;
        if (j < low[1]) low[1] = j;
        if (j > high[1]) high[1] = j;
        if (k < low[2]) low[2] = k;
        if (k > high[2]) high[2] = k;
      }
    }
  }
  if (high[1] < 0) return null;
  const around = Math.ceil(AROUND_MM / spacingOf(grid.affine)[0]);
  for (const axis of [1, 2] as const) {
    low[axis] = Math.max(0, low[axis] - around);
    high[axis] = Math.min(grid.size[axis] - 1, high[axis] + around);
  }
  const middle = low.map((first, axis) => (first + (high[axis] as number)) / 2);
  const size = spacingOf(grid.affine).map(
    (mm, axis) => Math.floor((mm * ((high[axis] as number) - (low[axis] as number))) / SKIN_MM) + 1,
  );
  const center = indexToLps(grid.affine, middle as unknown as Vec3);
  return uprightGrid(size as unknown as Size, SKIN_MM, center);
}
