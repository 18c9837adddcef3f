import { describe, expect, test } from 'vitest';
import { affineFromColumns, uprightAffine } from './affines.ts';
import {
  AXES,
  PLANES,
  fieldOf,
  lpsToPixel,
  pixelToLps,
  sliceAt,
  sliceMm,
  stackOf,
  type SliceFrame,
} from '../../../src/ui/view/planes.ts';

describe('the planes', () => {
  test('have the patient’s right on the left of axial and coronal pictures', () => {
    for (const plane of ['axial', 'coronal'] as const) {
      expect(AXES[plane].right).toEqual([1, 0, 0]);
      expect(AXES[plane].letters.left).toBe('R');
    }
  });

  test('have the nose up in axial and to the left in sagittal pictures', () => {
    expect(AXES.axial.down).toEqual([0, 1, 0]);
    expect(AXES.sagittal.right).toEqual([0, 1, 0]);
    expect(AXES.sagittal.letters.left).toBe('A');
  });

  test('are cut into the grid’s own slices where it lies straight', () => {
    const grid = { size: [4, 5, 6] as const, affine: uprightAffine([1, 2, 3], [10, 20, 30]) };
    expect(stackOf(grid, 'axial')).toEqual({ first: 30, step: 3, count: 6 });
    expect(stackOf(grid, 'coronal')).toEqual({ first: 20, step: 2, count: 5 });
    expect(stackOf(grid, 'sagittal')).toEqual({ first: 10, step: 1, count: 4 });
  });

  test('are counted upwards in the patient whichever way the slices were stored', () => {
    const affine = affineFromColumns([1, 0, 0], [0, 1, 0], [0, 0, -2], [0, 0, 8]);
    expect(stackOf({ size: [2, 2, 5], affine }, 'axial')).toEqual({ first: 0, step: 2, count: 5 });
  });

  test('of a sagittal acquisition follow its own axes', () => {
    const affine = affineFromColumns([0, 1, 0], [0, 0, -1], [1.2, 0, 0], [-6, 0, 50]);
    const stack = stackOf({ size: [20, 30, 11], affine }, 'sagittal');
    expect(stack.count).toBe(11);
    expect(stack.step).toBeCloseTo(1.2);
    expect(stack.first).toBeCloseTo(-6);
  });

  test('stay within their first and last slice', () => {
    const stack = { first: -10, step: 2, count: 11 };
    expect(sliceAt(stack, -99)).toBe(0);
    expect(sliceAt(stack, 99)).toBe(10);
    expect(sliceAt(stack, 0.9)).toBe(5);
    expect(sliceMm(stack, 5)).toBe(0);
  });
});

describe('a field', () => {
  test('reaches to the outer edges of the voxels', () => {
    const grid = { size: [2, 2, 2] as const, affine: uprightAffine([2, 2, 2], [0, 0, 0]) };
    expect(fieldOf(grid)).toEqual({ low: [-1, -1, -1], high: [3, 3, 3] });
  });
});

describe('a frame', () => {
  test.each(PLANES)('of the %s plane takes a pixel to the patient and back', (plane) => {
    const frame: SliceFrame = {
      plane,
      center: [3, -7, 11],
      mmPerPixel: 0.5,
      width: 200,
      height: 100,
    };
    const point = pixelToLps(frame, 30, 80);
    expect(lpsToPixel(frame, point)).toEqual([30, 80]);
    expect(point[AXES[plane].axis]).toBe(frame.center[AXES[plane].axis]);
  });
});
