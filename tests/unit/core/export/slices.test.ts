import { describe, expect, test } from 'vitest';
import { changesBySlice, withChange } from '../../../../src/core/export/slices.ts';
import { affineFromColumns } from '../../../../src/core/geometry/affine.ts';
import type { Grid } from '../../../../src/core/geometry/grid.ts';

const grid = (): Grid => ({
  size: [2, 2, 3],
  affine: affineFromColumns([1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]),
});

describe('a delta by slices', () => {
  test('gives each slice its own runs and values, also where a run crosses the border', () => {
    const slices = changesBySlice({
      grid: grid(),
      runs: Uint32Array.of(1, 1, 3, 3),
      values: Int16Array.of(7, 8, 9, 10),
    });

    expect(slices[0]).toEqual({ runs: [1, 1, 3, 1], values: Int16Array.of(7, 8) });
    expect(slices[1]).toEqual({ runs: [0, 2], values: Int16Array.of(9, 10) });
    expect(slices[2]).toBeNull();
  });

  test('refuses values that no run asks for', () => {
    expect(() =>
      changesBySlice({ grid: grid(), runs: Uint32Array.of(0, 1), values: Int16Array.of(1, 2) }),
    ).toThrow('one value');
  });

  test('is laid over the values of a slice without changing them', () => {
    const stored = Int16Array.of(1, 2, 3, 4);
    const changed = withChange(stored, { runs: [0, 1, 2, 2], values: Int16Array.of(-1, -2, -3) });

    expect(changed).toEqual(Int16Array.of(-1, 2, -2, -3));
    expect(stored).toEqual(Int16Array.of(1, 2, 3, 4));
  });
});
