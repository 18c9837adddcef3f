import { describe, expect, test } from 'vitest';
import { bodyMask } from '../../../../src/core/segmentation/couch.ts';

const size = [60, 70, 40] as const;

/** A head of 20 voxels radius with a thin auricle, above a couch that runs through the scan. */
function scene(): Float32Array {
  const hu = new Float32Array(60 * 70 * 40).fill(-1000);
  let v = 0;
  for (let k = 0; k < 40; k++) {
    for (let j = 0; j < 70; j++) {
      for (let i = 0; i < 60; i++, v++) {
        if (Math.hypot(i - 30, j - 30, k - 20) < 20) hu[v] = 40;
        else if (i >= 50 && i < 54 && j === 30 && k === 20) hu[v] = -20;
        else if (j >= 61 && j < 64) hu[v] = 100;
      }
    }
  }
  return hu;
}

describe('the patient in a CT', () => {
  test('is the head with its auricle and a rim of air, without the couch', () => {
    const mask = bodyMask(scene(), size);
    const at = (i: number, j: number, k: number): number => mask[i + 60 * (j + 70 * k)] ?? NaN;
    expect(at(30, 30, 20)).toBe(1);
    expect(at(53, 30, 20)).toBe(1);
    expect(at(30, 52, 20)).toBe(1);
    expect(at(30, 62, 20)).toBe(0);
    expect(at(5, 62, 5)).toBe(0);
  });

  test('is everything where nothing is dense enough', () => {
    expect(
      bodyMask(new Float32Array(1000).fill(-900), [10, 10, 10]).every((value) => value === 1),
    ).toBe(true);
  });
});
