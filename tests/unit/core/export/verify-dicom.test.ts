import { describe, expect, test } from 'vitest';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { compareVoxels, samePixelBytes } from '../../../../src/core/export/verify-dicom.ts';
import { instanceBytes } from '../../../support/dicom-instance.ts';

describe('comparing a written slice with its source', () => {
  const source = Int16Array.of(1, 2, 3, 4);
  const region = Uint8Array.of(0, 1, 1, 0);
  const change = { runs: [1, 1], values: Int16Array.of(-9) };

  test('finds nothing where only the change was made', () => {
    expect(compareVoxels(source, Int16Array.of(1, -9, 3, 4), change, region)).toEqual({
      outside: 0,
      wrong: 0,
    });
  });

  test('counts voxels outside the region, and wrong ones in it, apart', () => {
    expect(compareVoxels(source, Int16Array.of(0, 2, 8, 5), change, region)).toEqual({
      outside: 2,
      wrong: 2,
    });
  });

  test('counts a change outside the region even where it was asked for', () => {
    const outside = { runs: [0, 1], values: Int16Array.of(7) };

    expect(compareVoxels(source, Int16Array.of(7, 2, 3, 4), outside, region).outside).toBe(1);
  });

  test('takes NaN for NaN', () => {
    const values = Float32Array.of(NaN, 1);

    expect(compareVoxels(values, values.slice(), null, Uint8Array.of(0, 1))).toEqual({
      outside: 0,
      wrong: 0,
    });
  });
});

describe('pixel bytes', () => {
  test('are the same only if each byte is', () => {
    const file = (first: number) => parsePart10(instanceBytes({ pixels: [first] }));

    expect(samePixelBytes(file(1), file(1))).toBe(true);
    expect(samePixelBytes(file(1), file(2))).toBe(false);
  });
});
