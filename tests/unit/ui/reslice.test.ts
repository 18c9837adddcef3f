import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexToLps, invert, voxelVolume, type Vec3 } from '../../../src/core/geometry/affine.ts';
import type { DisplayVolume } from '../../../workers/api.ts';
import { pixelToLps, PLANES, type SliceFrame } from '../../../src/ui/view/planes.ts';
import { paintGrey, paintMask } from '../../../src/ui/view/reslice.ts';
import { affineFromColumns, uprightAffine } from './affines.ts';

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

/** As the definition says: each pixel by itself. null on the border, where rounding decides. */
function greyAt({ grid, voxels }: DisplayVolume, at: Vec3): number | null {
  const index = indexToLps(invert(grid.affine), at);
  const outside = index.map((n, axis) => Math.max(-0.5 - n, n - (grid.size[axis] as number) + 0.5));
  if (outside.some((by) => Math.abs(by) < 1e-6)) return null;
  if (outside.some((by) => by > 0)) return 0;
  let value = 0;
  for (let corner = 0; corner < 8; corner++) {
    let [share, voxel, stride] = [1, 0, 1];
    index.forEach((n, axis) => {
      const size = grid.size[axis] as number;
      const inside = Math.min(Math.max(n, 0), size - 1);
      const next = (corner >> axis) & 1;
      const low = Math.floor(inside);
      share *= next ? inside - low : 1 - inside + low;
      voxel += stride * Math.min(low + next, size - 1);
      stride *= size;
    });
    value += share * (voxels[voxel] as number);
  }
  return value;
}

test('a slice of any grid, turned, mirrored or sheared, is that of the definition', () => {
  const step = fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10);
  const vector = fc.tuple(step, step, step);
  fc.assert(
    fc.property(
      fc.tuple(vector, vector, vector, vector),
      fc.tuple(...([1, 2, 3] as const).map(() => fc.integer({ min: 1, max: 7 }))),
      fc.constantFrom(...PLANES),
      vector,
      fc.double({ min: 0.2, max: 2, noNaN: true }),
      ([di, dj, dk, origin], size, plane, center, mmPerPixel) => {
        const affine = affineFromColumns(di, dj, dk, origin);
        fc.pre(voxelVolume(affine) > 0.1);
        const grid = { size: size as unknown as Vec3, affine };
        const count = size.reduce((all, n) => all * n, 1);
        const voxels = Int16Array.from({ length: count }, (_, v) => (v * 37) % 256);
        const shown = { ...numbered(), grid, voxels };
        const frame: SliceFrame = { plane, center, mmPerPixel, width: 9, height: 7 };
        const rgba = new Uint8ClampedArray(4 * 63);
        paintGrey(rgba, frame, shown, { lower: 0, upper: 255 });
        for (let n = 0; n < 63; n++) {
          const grey = greyAt(shown, pixelToLps(frame, (n % 9) + 0.5, Math.floor(n / 9) + 0.5));
          if (grey !== null) expect(Math.abs((rgba[4 * n] as number) - grey)).toBeLessThan(0.51);
          expect(rgba[4 * n + 3]).toBe(255);
        }
      },
    ),
  );
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
