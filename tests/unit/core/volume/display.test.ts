import { describe, expect, test } from 'vitest';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import type { Delta } from '../../../../src/core/volume/delta.ts';
import {
  displayAfter,
  displayVoxels,
  displayWindow,
  windowInVoxels,
} from '../../../../src/core/volume/display.ts';
import type { Rescale, StoredArray, Volume } from '../../../../src/core/volume/volume.ts';

const CT: Rescale = { slope: 1, intercept: -1024 };
const NONE: Rescale = { slope: 1, intercept: 0 };
const OTHER: Rescale = { slope: 1, intercept: -1000 };

/** Two slices of 2 × 1. */
function volumeOf(stored: StoredArray, rescale: readonly Rescale[]): Volume {
  const grid = uprightGrid([2, 1, 2], 1, [0, 0, 0]);
  return { grid, modality: 'CT', stored, rescale, padding: null, air: [0] };
}

/** 5 and 6 in the two voxels from `start` on. */
function deltaAt({ grid }: Volume, start: number): Delta {
  return { grid, runs: Uint32Array.of(start, 2), values: Uint16Array.of(5, 6) };
}

describe('displayVoxels', () => {
  test('shows stored values as they are where one rescale holds for all', () => {
    const stored = Uint16Array.of(0, 1024, 4095, 40_000);
    const shown = displayVoxels(volumeOf(stored, [CT]));
    expect(shown.voxels).toBe(stored);
    expect(shown.rescale).toEqual(CT);
  });

  test('keeps whole numbers in 16 bits where slices differ', () => {
    const shown = displayVoxels(volumeOf(Uint16Array.of(0, 1024, 4095, 33_767), [CT, OTHER]));
    expect(shown).toEqual({ voxels: Int16Array.of(-1024, 0, 3095, 32_767), rescale: NONE });
  });

  test.each([
    ['above', Uint32Array.of(0, 1, 2, 33_792)],
    ['far above', Uint32Array.of(0, 1, 2, 4_294_967_295)],
    ['below', Int32Array.of(0, 1, 2, -32_768)],
  ])('takes floats for a value %s what 16 bits hold', (_, stored) => {
    const { voxels } = displayVoxels(volumeOf(stored, [CT]));
    expect(voxels).toEqual(Float32Array.from(stored, (value) => value - 1024));
  });

  test('follows a slope that differs from slice to slice', () => {
    const rescale = [
      { slope: 1, intercept: 10 },
      { slope: 2.5, intercept: 0 },
    ];
    const { voxels } = displayVoxels(volumeOf(Int16Array.of(1, 2, 3, 4), rescale));
    expect(voxels).toEqual(Float32Array.of(11, 12, 7.5, 10));
  });

  test('turns a picture over that is stored upside down in brightness', () => {
    const upsideDown = { slope: -1, intercept: 100 };
    const shown = displayVoxels(volumeOf(Int16Array.of(0, 50, 100, 200), [upsideDown]));
    expect(shown).toEqual({ voxels: Float32Array.of(100, 50, 0, -100), rescale: NONE });
  });

  test('shows broken values as nothing', () => {
    const { voxels } = displayVoxels(volumeOf(Float32Array.of(NaN, 1, 2, 3), [NONE]));
    expect(voxels).toEqual(Float32Array.of(0, 1, 2, 3));
  });
});

describe('displayAfter', () => {
  test('writes stored values into a copy of what is shown as stored', () => {
    const volume = volumeOf(Uint16Array.of(100, 200, 300, 400), [CT]);
    const after = displayAfter(displayVoxels(volume), volume, deltaAt(volume, 1));
    expect(after).toEqual({ voxels: Uint16Array.of(100, 5, 6, 400), rescale: CT });
    expect(volume.stored[1]).toBe(200);
  });

  test('writes modality values where those are shown', () => {
    const volume = volumeOf(Uint16Array.of(1100, 1200, 1300, 1400), [CT, CT]);
    const { voxels } = displayAfter(displayVoxels(volume), volume, deltaAt(volume, 2));
    expect(voxels).toEqual(Int16Array.of(76, 176, -1019, -1018));
  });
});

test('a window is given in modality values, and translated to those shown', () => {
  const voxels = Uint16Array.from({ length: 1001 }, (_, n) => n);
  const window = displayWindow('MR', { voxels, rescale: { slope: 2, intercept: 10 } });
  expect(window).toEqual({ lower: 50, upper: 2000 });
  expect(windowInVoxels(window, { slope: 2, intercept: 10 })).toEqual({ lower: 20, upper: 995 });
});
