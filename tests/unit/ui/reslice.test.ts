import { describe, expect, test } from 'vitest';
import type { DisplayVolume } from '../../../workers/api.ts';
import type { SliceFrame } from '../../../src/ui/view/planes.ts';
import { paintGrey, paintMask } from '../../../src/ui/view/reslice.ts';
import { uprightAffine } from './affines.ts';

/** 4 × 4 × 2 voxels of 1 mm; the value tells i, j and k. */
function numbered(): DisplayVolume {
  const voxels = new Int16Array(32);
  for (let k = 0; k < 2; k++) {
    for (let j = 0; j < 4; j++) {
      for (let i = 0; i < 4; i++) voxels[i + 4 * (j + 4 * k)] = i + 10 * j + 100 * k;
    }
  }
  const grid = { size: [4, 4, 2] as const, affine: uprightAffine([1, 1, 1], [0, 0, 0]) };
  return {
    grid,
    modality: 'CT',
    voxels,
    rescale: { slope: 1, intercept: 0 },
    window: { lower: 0, upper: 255 },
  };
}

function frameOf(z: number): SliceFrame {
  return { plane: 'axial', center: [1.5, 1.5, z], mmPerPixel: 1, width: 4, height: 4 };
}

function greysOf(frame: SliceFrame, lower = 0, upper = 255): number[] {
  const rgba = new Uint8ClampedArray(4 * frame.width * frame.height);
  paintGrey(rgba, frame, numbered(), { lower, upper });
  return Array.from({ length: frame.width * frame.height }, (_, n) => rgba[4 * n] as number);
}

describe('a slice in grey', () => {
  test('shows each voxel where it lies, the first row anterior', () => {
    expect(greysOf(frameOf(0))).toEqual([
      0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33,
    ]);
    expect(greysOf(frameOf(1)).slice(0, 4)).toEqual([100, 101, 102, 103]);
  });

  test('has its first row superior in a coronal picture', () => {
    const frame: SliceFrame = {
      plane: 'coronal',
      center: [1.5, 2, 0.5],
      mmPerPixel: 1,
      width: 4,
      height: 2,
    };
    expect(greysOf(frame)).toEqual([120, 121, 122, 123, 20, 21, 22, 23]);
  });

  test('mixes neighbours between slices', () => {
    expect(greysOf(frameOf(0.5))[0]).toBe(50);
  });

  test('is black outside the volume', () => {
    for (const center of [
      [101.5, 1.5, 0],
      [-98.5, 1.5, 0],
      [1.5, -98.5, 0],
      [1.5, 1.5, -2],
    ] as const) {
      expect(new Set(greysOf({ ...frameOf(0), center }, -999))).toEqual(new Set([0]));
    }
  });

  test('maps the window to black and white', () => {
    const greys = greysOf(frameOf(0), 10, 13);
    expect(greys.slice(4, 8)).toEqual([0, 85, 170, 255]);
    expect(greys[0]).toBe(0);
    expect(greys[15]).toBe(255);
  });
});

describe('a mask over a slice', () => {
  test('has a veil inside and a full line at its edge', () => {
    const size = [5, 5, 1] as const;
    const voxels = new Uint8Array(25).fill(1);
    for (const n of [0, 4, 20, 24]) voxels[n] = 0;
    const frame: SliceFrame = {
      plane: 'axial',
      center: [2, 2, 0],
      mmPerPixel: 1,
      width: 7,
      height: 7,
    };
    const rgba = new Uint8ClampedArray(4 * 49);

    paintMask(
      rgba,
      frame,
      { grid: { size, affine: uprightAffine([1, 1, 1], [0, 0, 0]) }, voxels },
      [255, 100, 0],
      { veil: 40, isIn: (label) => label === 1 },
    );

    const alpha = (x: number, y: number): number => rgba[4 * (7 * y + x) + 3] as number;
    expect(alpha(3, 3)).toBe(40);
    expect(alpha(1, 3)).toBeGreaterThan(200);
    expect(alpha(1, 1)).toBe(0);
    expect(alpha(0, 3)).toBe(0);
  });
});
