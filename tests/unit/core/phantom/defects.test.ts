import { describe, expect, test } from 'vitest';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import {
  fileOrder,
  withPaddedCorners,
  withSliceRescale,
} from '../../../../src/core/phantom/defects.ts';
import { rescaleOf, type Volume } from '../../../../src/core/volume/volume.ts';

describe('defects', () => {
  test('leave out, turn round, shuffle and repeat slices', () => {
    expect(fileOrder(5, { missing: [1, 4] })).toEqual([0, 2, 3]);
    expect(fileOrder(3, { order: 'reversed' })).toEqual([2, 1, 0]);
    expect(fileOrder(3, { twice: 1 })).toEqual([0, 1, 2, 1]);
    const shuffled = fileOrder(20, { order: 'shuffled' });
    expect(shuffled).not.toEqual(fileOrder(20, {}));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(fileOrder(20, {}));
  });

  test('keep the modality values where the slope changes from slice to slice', () => {
    const before = volume();
    const after = withSliceRescale(before);
    const hu = (v: Volume, n: number): number => {
      const { slope, intercept } = rescaleOf(v, Math.floor(n / 16));
      return (v.stored[n] as number) * slope + intercept;
    };
    for (let n = 0; n < 48; n++) expect(Math.abs(hu(after, n) - hu(before, n))).toBeLessThan(0.03);
    expect(new Set(after.rescale.map((r) => r.slope)).size).toBe(3);
    expect(after.air).toHaveLength(3);
  });

  test('pad the corners outside the circle of the scan, and nothing else', () => {
    const padded = withPaddedCorners(volume(), 7);
    const changed = Array.from(padded.stored).flatMap((v, n) => (v === 7 ? [n % 16] : []));
    expect([...new Set(changed)].sort((a, b) => a - b)).toEqual([0, 3, 12, 15]);
    expect(padded.padding).toEqual({ low: 7, high: 7 });
  });
});

/** 4×4×3 voxels from 1000 HU below to 940 above. */
function volume(): Volume {
  return {
    grid: uprightGrid([4, 4, 3], 1, [0, 0, 0]),
    modality: 'CT',
    stored: Uint16Array.from({ length: 48 }, (_, n) => 24 + 40 * n),
    rescale: [{ slope: 1, intercept: -1024 }],
    padding: null,
    air: [24],
  };
}
