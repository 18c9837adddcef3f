import { describe, expect, test } from 'vitest';
import { explain } from '../../../../src/core/errors.ts';
import { affineFromColumns, affineOf } from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { implausibleGrid } from '../../../../src/core/geometry/plausible.ts';

const head = uprightGrid([200, 240, 200], 1, [0, 0, 0]);

describe('a plausible grid', () => {
  test.each([
    ['of 1 mm', head],
    ['of 10 mm', uprightGrid([20, 24, 22], 10, [0, 0, 0])],
    ['of 0.2 mm', uprightGrid([300, 300, 200], 0.2, [0, 0, 0])],
    ['of a whole body', uprightGrid([256, 256, 1900], 1, [0, 0, 0])],
    [
      'with negative steps, tilted by 30 degrees',
      {
        ...head,
        affine: affineFromColumns([-1, 0, 0], [0, -0.87, 0.5], [0, 0, -1], [100, 120, 100]),
      },
    ],
  ])('%s is taken', (_, grid) => {
    expect(implausibleGrid(grid)).toBeNull();
  });

  test.each([
    [
      'sheared axes',
      { ...head, affine: affineFromColumns([1, 0, 0], [3, 1, 0], [0, 0, 1], [0, 0, 0]) },
      /meet at 18 degrees/,
    ],
    ['voxels of metres', uprightGrid([20, 20, 20], 900, [0, 0, 0]), /900 mm long/],
    ['voxels of micrometres', uprightGrid([20, 20, 20], 0.002, [0, 0, 0]), /0\.002 mm long/],
    ['an endless scan', uprightGrid([20, 20, 2000], 4, [0, 0, 0]), /8\.0 m long/],
    [
      'no numbers',
      { ...head, affine: affineOf([NaN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]) },
      /no numbers/,
    ],
  ])('%s are refused with what is wrong', (_, grid, reason) => {
    const fault = implausibleGrid(grid);
    expect(fault?.code).toBe('geometry/implausible');
    expect(fault && explain(fault.code, fault.details).why).toMatch(reason);
  });

  test('too thin a part is named with its millimetres', () => {
    expect(implausibleGrid(uprightGrid([200, 200, 60], 0.05, [0, 0, 0]))).toEqual({
      code: 'geometry/too-little-covered',
      details: { mm: 3 },
    });
  });
});
