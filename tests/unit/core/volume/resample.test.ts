import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { affineFromColumns, indexToLps, invert } from '../../../../src/core/geometry/affine.ts';
import { uprightGrid, voxelCount, type Grid } from '../../../../src/core/geometry/grid.ts';
import {
  fieldOfView,
  resampleLinear,
  resampleNearest,
} from '../../../../src/core/volume/resample.ts';

/** An oblique, sheared grid with unequal spacing. */
const oblique: Grid = {
  size: [9, 8, 7],
  affine: affineFromColumns([2, 0.3, 0.1], [-0.4, 1.5, 0.2], [0.3, -1, 3], [-10, 4, 20]),
};
const target = uprightGrid([12, 11, 10], 2.2, [0, 8, 28]);
const field = ([x, y, z]: readonly [number, number, number]): number => 3 + 2 * x - y + 0.5 * z;

function everyIndex(grid: Grid): (readonly [number, number, number])[] {
  const [ni, nj] = grid.size;
  return Array.from({ length: voxelCount(grid) }, (_, v) => [
    v % ni,
    Math.floor(v / ni) % nj,
    Math.floor(v / (ni * nj)),
  ]);
}

describe('resampling', () => {
  test('a linear field is reproduced between the voxel centres, and the rest is outside', () => {
    const values = Float32Array.from(everyIndex(oblique), (index) =>
      field(indexToLps(oblique.affine, index)),
    );
    const out = resampleLinear(values, oblique, target, -1000);
    const view = fieldOfView(oblique, target);
    const back = invert(oblique.affine);
    let between = 0;
    everyIndex(target).forEach((index, v) => {
      const point = indexToLps(target.affine, index);
      const source = indexToLps(back, point);
      const inside = source.every((p, axis) => p > -0.5 && p < (oblique.size[axis] ?? 0) - 0.5);
      expect(view[v]).toBe(inside ? 1 : 0);
      if (!inside) expect(out[v]).toBe(-1000);
      if (source.every((p, axis) => p >= 0 && p <= (oblique.size[axis] ?? 0) - 1)) {
        between++;
        expect(Math.abs((out[v] ?? NaN) - field(point))).toBeLessThan(1e-4);
      }
    });
    expect(between).toBeGreaterThan(50);
  });

  test('onto the same grid nothing changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 504, maxLength: 504 }),
        (list) => {
          expect([...resampleNearest(Uint8Array.from(list), oblique, oblique)]).toEqual(list);
          const linear = resampleLinear(Float32Array.from(list), oblique, oblique, 0);
          linear.forEach((value, v) => {
            expect(Math.abs(value - (list[v] ?? NaN))).toBeLessThan(1e-5);
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  test('nearest takes the voxel whose centre is closest in index space', () => {
    const labels = Uint8Array.from(everyIndex(oblique), (_, v) => v % 251);
    const out = resampleNearest(labels, oblique, target, 255);
    const back = invert(oblique.affine);
    everyIndex(target).forEach((index, v) => {
      const [x, y, z] = indexToLps(back, indexToLps(target.affine, index)).map(Math.round) as [
        number,
        number,
        number,
      ];
      const inside = x >= 0 && y >= 0 && z >= 0 && x < 9 && y < 8 && z < 7;
      if (inside && out[v] !== 255) expect(out[v]).toBe((x + 9 * (y + 8 * z)) % 251);
    });
  });
});
