import { describe, expect, test } from 'vitest';
import { affineFromColumns } from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import {
  boxCenter,
  FIND_SIZE,
  headPart,
  searchWindows,
} from '../../../../src/core/segmentation/find-head.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { boundsOf } from '../../../../src/core/segmentation/conform.ts';

describe('the search for the head', () => {
  test('takes one window for a head and covers a whole body with several', () => {
    const head = uprightGrid([256, 256, 200], 1, [5, 6, 7]);
    expect(searchWindows(head)).toEqual([uprightGrid(FIND_SIZE, 8, [5, 6, 7])]);

    const body = {
      size: [200, 200, 600] as const,
      affine: affineFromColumns([2, 0, 0], [0, 2, 0], [0, 0, 3], [-200, -200, -1500]),
    };
    const windows = searchWindows(body);
    const { low, high } = boundsOf(body);
    const spans = windows.map(boundsOf).map((box) => [box.low[2] - 4, box.high[2] + 4] as const);
    expect(spans).toHaveLength(5);
    expect(spans[0]?.[0]).toBeCloseTo(low[2], 9);
    expect(spans.at(-1)?.[1]).toBeCloseTo(high[2], 9);
    // A head of 128 mm or more lies whole in at least one of them.
    spans.slice(1).forEach(([start], n) => {
      expect((spans[n]?.[1] ?? 0) - start).toBeGreaterThanOrEqual(128);
    });
  });

  test('takes the largest part of brain and face together, and nothing where there is none', () => {
    const grid = uprightGrid(FIND_SIZE, 8, [0, 0, 0]);
    const probabilities = new Float32Array(64 ** 3 * 3);
    const set = (i: number, j: number, k: number): void => {
      const v = i + 64 * (j + 64 * k);
      probabilities.set([0.4, 0.3, 0.3], 3 * v);
    };
    for (let n = 0; n < 10; n++) for (let m = 0; m < 12; m++) set(20 + n, 30 + m, 40);
    for (let n = 0; n < 100; n++) set(50, 60, n % 30);
    const part = headPart(probabilities, grid);
    expect(part.millilitres).toBeCloseTo((120 * 512) / 1000, 9);
    expect(boxCenter(part.mask, grid)).toEqual([
      (24.5 - 31.5) * 8,
      (35.5 - 31.5) * 8,
      (40 - 31.5) * 8,
    ]);

    const nothing = headPart(new Float32Array(64 ** 3 * 3), grid);
    expect(nothing.millilitres).toBe(0);
    expect(boxCenter(nothing.mask, grid)).toBeNull();
  });

  test('puts the box in the middle of the 2 % and the 98 % voxel of each axis', () => {
    const grid = uprightGrid([40, 30, 20], 8, [1, 2, 3]);
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(seed);
      // Few voxels, far to one side: ranks matter to the voxel.
      const mask = Uint8Array.from({ length: 40 * 30 * 20 }, (_, v) =>
        random.uniform() < 0.01 && v % 40 > 25 * random.uniform() ** 4 ? 1 : 0,
      );
      const inside = [...mask.keys()].filter((v) => mask[v] === 1);
      const center = boxCenter(mask, grid);
      [1, 40, 1200].forEach((stride, axis) => {
        const places = inside
          .map((v) => Math.floor(v / stride) % (grid.size[axis] ?? 0))
          .sort((a, b) => a - b);
        const at = (q: number): number => places[Math.floor(q * (places.length - 1))] ?? NaN;
        const origin = grid.affine[4 * axis + 3] ?? NaN;
        expect(center?.[axis]).toBeCloseTo(origin + 4 * (at(0.02) + at(0.98)), 9);
      });
    }
  });
});
