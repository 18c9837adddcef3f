import { beforeAll, describe, expect, test } from 'vitest';
import { indexToLps } from '../../../../src/core/geometry/affine.ts';
import { hasAlarm, placesOf, type Places } from '../../../../src/core/report/places.ts';
import { sampleModality } from '../../../../src/core/segmentation/conform.ts';
import { Label } from '../../../../src/core/volume/volume.ts';
import { phantomCut, type PhantomCut } from '../../../support/phantom-cut.ts';

const SKIN_HU = -300;

function leftAfter(
  made: PhantomCut,
  region: Uint8Array,
  fine = made.fine,
  isNewFace = false,
): Places {
  const { volume } = made;
  const before = sampleModality(volume, fine.grid);
  const stored = volume.stored.slice();
  region.forEach((one, v) => {
    if (one) stored[v] = volume.air[0] as number;
  });
  const after = sampleModality({ ...volume, stored }, fine.grid);
  return placesOf({ ...made, fine }, { before, after, threshold: SKIN_HU, isNewFace });
}

describe('skin that is left', () => {
  let made: PhantomCut;
  beforeAll(async () => {
    made = await phantomCut(4, 'CT');
  }, 60_000);

  /** The region without the voxels of a side (1 left, −1 right) that are labelled ears, and what lies about them. */
  function withEar(side: 1 | -1): Uint8Array {
    const { region } = made.removed;
    const [ni, nj] = region.grid.size;
    return region.voxels.map((one, v) => {
      const [x, y, z] = indexToLps(region.grid.affine, [
        v % ni,
        Math.floor(v / ni) % nj,
        Math.floor(v / (ni * nj)),
      ]);
      return side * x > 55 && y > -45 && z < 40 ? 0 : one;
    });
  }

  test('is next to nothing after a standard cut', () => {
    const { region } = made.removed;
    const places = leftAfter(made, region.voxels);
    expect(places.skinLeft.filter(({ cm2 }) => cm2 > 3)).toEqual([]);
    expect(hasAlarm(places)).toBe(false);
  });

  test('is an ear that was not removed, at its place', () => {
    const places = leftAfter(made, withEar(1));
    expect(hasAlarm(places)).toBe(true);
    const [largest] = places.skinLeft;
    expect(largest?.of).toBe('ears');
    expect(largest?.cm2).toBeGreaterThan(8);
    expect(largest?.at[0]).toBeGreaterThan(55);
  });

  test('is an ear that the labels do not show either, opposite the one they show', () => {
    const { grid, labels } = made.fine;
    const [ni, nj] = grid.size;
    const shown = labels.map((label, v) => {
      const [x] = indexToLps(grid.affine, [v % ni, Math.floor(v / ni) % nj, 0]);
      return label === Label.ears && x < 0 ? Label.head : label;
    });
    const [largest] = leftAfter(made, withEar(-1), { grid, labels: shown }).skinLeft;
    expect(largest?.of).toBe('ears');
    expect(largest?.at[0]).toBeLessThan(-50);
  });

  test('is the whole face where nothing was removed', () => {
    const nothing = new Uint8Array(made.removed.region.voxels.length);
    const face = leftAfter(made, nothing).skinLeft.find(({ of }) => of === 'face');
    expect(face?.cm2).toBeGreaterThan(100);
    // Of a face that was put there nothing is said.
    const { skinLeft } = leftAfter(made, nothing, made.fine, true);
    expect(skinLeft.some(({ of }) => of === 'face')).toBe(false);
    expect(skinLeft.some(({ of }) => of === 'ears')).toBe(true);
  });

  test('is none where neither face nor ears are labelled', () => {
    const { grid, labels } = made.fine;
    const head = labels.map((label) => Math.min(label, Label.head));
    const { region } = made.removed;
    expect(leftAfter(made, region.voxels, { grid, labels: head }).skinLeft).toEqual([]);
  });
});
