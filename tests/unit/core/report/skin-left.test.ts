import { beforeAll, describe, expect, test } from 'vitest';
import { indexToLps } from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { nearBrain } from '../../../../src/core/report/near-brain.ts';
import { skinLeft, type SkinPatch } from '../../../../src/core/report/skin-left.ts';
import { sampleModality } from '../../../../src/core/segmentation/conform.ts';
import { skinSurface } from '../../../../src/core/volume/skin-surface.ts';
import { Label } from '../../../../src/core/volume/volume.ts';
import { phantomCut, type PhantomCut } from '../../../support/phantom-cut.ts';

const around = uprightGrid([92, 114, 126], 2.2, [0, -8, 10]);
const SKIN_HU = -300;

function leftAfter(
  made: PhantomCut,
  region: Uint8Array,
  labels = made.removed.labels,
): readonly SkinPatch[] {
  const { volume } = made;
  const before = skinSurface(around, sampleModality(volume, around), SKIN_HU);
  const stored = volume.stored.slice();
  region.forEach((one, v) => {
    if (one) stored[v] = volume.air[0] as number;
  });
  const values = sampleModality({ ...volume, stored }, around);
  return skinLeft(before, { grid: around, values, threshold: SKIN_HU }, labels, {
    face: true,
    ears: true,
  });
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

  test('is next to nothing after a standard cut, and brain is far', () => {
    const { region, labels } = made.removed;
    const patches = leftAfter(made, region.voxels);
    expect(patches.filter(({ cm2 }) => cm2 > 6)).toEqual([]);
    expect(nearBrain(region, labels, 5).spots).toEqual([]);
  });

  test('is an ear that was not removed, at its place', () => {
    const [largest] = leftAfter(made, withEar(1));
    expect(largest?.of).toBe('ears');
    expect(largest?.cm2).toBeGreaterThan(8);
    expect(largest?.at[0]).toBeGreaterThan(55);
  });

  test('is an ear that the labels do not show either, opposite the one they show', () => {
    const { labels } = made.removed;
    const [ni, nj] = labels.grid.size;
    const voxels = labels.voxels.map((label, v) => {
      const [x] = indexToLps(labels.grid.affine, [v % ni, Math.floor(v / ni) % nj, 0]);
      return label === Label.ears && x < 0 ? Label.head : label;
    });
    const [largest] = leftAfter(made, withEar(-1), { ...labels, voxels });
    expect(largest?.of).toBe('ears');
    expect(largest?.at[0]).toBeLessThan(-50);
  });

  test('is the whole face where nothing was removed', () => {
    const patches = leftAfter(made, new Uint8Array(made.removed.region.voxels.length));
    const face = patches.find(({ of }) => of === 'face');
    expect(face?.cm2).toBeGreaterThan(100);
  });
});
