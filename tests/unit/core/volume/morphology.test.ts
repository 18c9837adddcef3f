import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Size } from '../../../../src/core/geometry/grid.ts';
import {
  closeMm,
  dilate,
  dilateMm,
  erode,
  erodeMm,
  fillHoles,
  openMm,
} from '../../../../src/core/volume/morphology.ts';

const size: Size = [6, 5, 4];
const masks = fc
  .array(fc.boolean(), { minLength: 120, maxLength: 120 })
  .map((bits) => Uint8Array.from(bits, Number));

/** One round of the 6-neighbour cross, written plainly; `edge` is what lies outside the array. */
function step(mask: Uint8Array, wanted: 0 | 1, edge: 0 | 1): Uint8Array {
  const [ni, nj, nk] = size;
  const value = (i: number, j: number, k: number): number =>
    i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk
      ? edge
      : (mask[i + ni * (j + nj * k)] ?? 0);
  return mask.map((_, v) => {
    const [i, j, k] = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
    const around = [
      value(i, j, k),
      value(i - 1, j, k),
      value(i + 1, j, k),
      value(i, j - 1, k),
      value(i, j + 1, k),
      value(i, j, k - 1),
      value(i, j, k + 1),
    ];
    return around.includes(wanted) ? wanted : 1 - wanted;
  });
}

describe('growing and shrinking', () => {
  test('by voxels is that many rounds of the cross', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 0, max: 3 }), (mask, rounds) => {
        let grown: Uint8Array = mask;
        let shrunk: Uint8Array = mask;
        for (let n = 0; n < rounds; n++) {
          grown = step(grown, 1, 0);
          shrunk = step(shrunk, 0, 1);
        }
        expect(dilate(mask, size, rounds)).toEqual(grown);
        expect(erode(mask, size, rounds)).toEqual(shrunk);
      }),
    );
  });

  test('by millimetres follows the spacing of each axis', () => {
    const mask = new Uint8Array(120);
    mask[2 + 6 * (2 + 5 * 1)] = 1;
    const grown = dilateMm(mask, size, [1, 2, 5], 2.1);
    const inside = [...grown.keys()]
      .filter((v) => grown[v] === 1)
      .map((v) => [v % 6, Math.floor(v / 6) % 5, Math.floor(v / 30)]);
    expect(inside).toEqual([
      [2, 1, 1],
      [0, 2, 1],
      [1, 2, 1],
      [2, 2, 1],
      [3, 2, 1],
      [4, 2, 1],
      [2, 3, 1],
    ]);
    expect(erodeMm(grown, size, [1, 2, 5], 1.5).reduce((a, b) => a + b)).toBeLessThan(7);
  });

  test('closing only adds and opening only takes away', () => {
    fc.assert(
      fc.property(masks, fc.double({ min: 0.5, max: 4, noNaN: true }), (mask, radius) => {
        const closed = closeMm(mask, size, [1, 1.5, 2], radius);
        const opened = openMm(mask, size, [1, 1.5, 2], radius);
        mask.forEach((value, v) => {
          if (value === 1) expect(closed[v]).toBe(1);
          else expect(opened[v]).toBe(0);
        });
      }),
    );
  });

  test('a hole is filled only where it does not reach the border', () => {
    // A 3×3×3 shell in a 5×5×5 array, with and without a way out.
    const shell = new Uint8Array(125);
    for (let k = 1; k < 4; k++)
      for (let j = 1; j < 4; j++) for (let i = 1; i < 4; i++) shell[i + 5 * (j + 5 * k)] = 1;
    const center = 2 + 5 * (2 + 5 * 2);
    shell[center] = 0;
    expect(fillHoles(shell, [5, 5, 5])[center]).toBe(1);
    expect(fillHoles(shell, [5, 5, 5]).reduce((a, b) => a + b)).toBe(27);
    shell[center + 1] = 0;
    expect(fillHoles(shell, [5, 5, 5])[center]).toBe(0);
  });

  test.each([0, 1, 2])('a pocket that opens at either end of axis %i is no hole', (axis) => {
    const lengths: [number, number, number] = [5, 5, 5];
    for (const end of [0, 4]) {
      const solid = new Uint8Array(125).fill(1);
      const stride = [1, 5, 25][axis] ?? 0;
      // From the middle to the border.
      for (let n = Math.min(2, end); n <= Math.max(2, end); n++) solid[62 + (n - 2) * stride] = 0;
      expect(fillHoles(solid, lengths)).toEqual(solid);
    }
  });
});
