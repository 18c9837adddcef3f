import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { affineFromColumns, indexToLps, type Vec3 } from '../../../../src/core/geometry/affine.ts';
import { nearBrain } from '../../../../src/core/report/near-brain.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const LIMIT = 5;
const size = [9, 8, 7] as const;
const grid = {
  size,
  affine: affineFromColumns([0.9, 0.2, 0], [0, 1.6, 0.3], [0, 0, 2.5], [-3, 4, 7]),
};

function at(v: number): Vec3 {
  const [i, j, k] = [v % 9, Math.floor(v / 9) % 8, Math.floor(v / 72)];
  return indexToLps(grid.affine, [i, j, k]);
}

describe('nearBrain', () => {
  test('finds the nearest voxel of the region, as trying all pairs does', () => {
    fc.assert(
      fc.property(fc.nat(14), (seed) => {
        const random = createRandom(seed);
        // Along each axis; sometimes in the brain, mostly some millimetres from it.
        const along = (v: number): number =>
          [v % 9, Math.floor(v / 9) % 8, Math.floor(v / 72)][seed % 3] as number;
        const from = 2 + (Math.floor(seed / 3) % 5);
        const labels = Uint8Array.from({ length: 504 }, (_, v) =>
          along(v) < 3 && random.uniform() < 0.4 ? Label.brain : Label.head,
        );
        const region = Uint8Array.from({ length: 504 }, (_, v) =>
          along(v) >= from && random.uniform() < 0.3 ? 1 : 0,
        );
        let least = Infinity;
        region.forEach((one, v) => {
          if (!one) return;
          labels.forEach((label, w) => {
            if (label !== Label.brain) return;
            least = Math.min(least, Math.hypot(...at(v).map((x, n) => x - (at(w)[n] as number))));
          });
        });
        const { spots, points } = nearBrain(
          { grid, voxels: region },
          { grid, voxels: labels },
          LIMIT,
        );
        if (least < LIMIT) expect(spots[0]?.mm).toBeCloseTo(least, 5);
        else expect(points.length).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('says nothing where there is no brain', () => {
    const voxels = new Uint8Array(504).fill(1);
    const { spots } = nearBrain({ grid, voxels }, { grid, voxels: new Uint8Array(504) }, LIMIT);
    expect(spots).toEqual([]);
  });
});
