import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptMm } from '../../../../src/core/deface/region.ts';
import {
  affineFromColumns,
  indexToLps,
  invert,
  type Vec3,
} from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { nearBrain } from '../../../../src/core/report/near-brain.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const LIMIT = 5;
const size = [9, 8, 7] as const;
const grid = {
  size,
  affine: affineFromColumns([0.9, 0.2, 0], [0, 1.6, 0.3], [0, 0, 2.5], [-3, 4, 7]),
};
/** Of the network: covers most of the scan. */
const fine = uprightGrid([8, 10, 12], 1.5, [1, 9.5, 15]);
const FINE_VOXELS = 960;

function indexOf(v: number): Vec3 {
  return [v % 9, Math.floor(v / 9) % 8, Math.floor(v / 72)];
}

test('finds where the region comes nearest, by the measure of the check', () => {
  const toFine = invert(fine.affine);
  fc.assert(
    fc.property(fc.nat(400), fc.double({ min: 0, max: 9, noNaN: true }), (seed, least) => {
      const random = createRandom(seed);
      const labels = Uint8Array.from({ length: 504 }, () =>
        random.uniform() < 0.002 ? Label.brain : Label.head,
      );
      const region = Uint8Array.from({ length: 504 }, () => (random.uniform() < 0.2 ? 1 : 0));
      const toLabel = Float32Array.from(
        { length: FINE_VOXELS },
        () => least + 8 * random.uniform(),
      );
      let guardMm = Infinity;
      region.forEach((one, v) => {
        if (!one) return;
        const [i, j, k] = indexToLps(toFine, indexToLps(grid.affine, indexOf(v))).map((x) =>
          Math.floor(x + 0.5),
        ) as unknown as Vec3;
        if (i < 0 || j < 0 || k < 0 || i >= 8 || j >= 10 || k >= 12) return;
        const distance = toLabel[i + 8 * (j + 10 * k)] as number;
        guardMm = Math.min(guardMm, keptMm(distance, labels[v] as number));
      });
      const { spots, points } = nearBrain(
        { region: { grid, voxels: region }, labels: { grid, voxels: labels }, guardMm },
        fine,
        { toLabel },
        LIMIT,
      );
      if (guardMm < LIMIT) expect(spots[0]?.mm).toBe(guardMm);
      else expect([spots.length, points.length]).toEqual([0, 0]);
      for (let p = 3; p < points.length; p += 4) expect(points[p]).toBeLessThan(LIMIT);
    }),
    { numRuns: 80 },
  );
});

test('says nothing where there is no brain', () => {
  const voxels = new Uint8Array(504).fill(1);
  const labels = { grid, voxels: new Uint8Array(504) };
  const removed = { region: { grid, voxels }, labels, guardMm: null };
  expect(nearBrain(removed, fine, null, LIMIT).spots).toEqual([]);
});
