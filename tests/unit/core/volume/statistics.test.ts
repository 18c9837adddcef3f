import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countLabels,
  dice,
  diceOfLabels,
  percentile,
} from '../../../../src/core/volume/statistics.ts';

describe('statistics', () => {
  test('a percentile is the value at its rank in the sorted list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, q) => {
          const values = Float32Array.from(list);
          const wanted = Float32Array.from(list).sort()[Math.floor(q * (list.length - 1))];
          // + 0: −0 and 0 are the same place in a sorted list.
          expect(percentile(values, q) + 0).toBe((wanted ?? NaN) + 0);
        },
      ),
    );
  });

  test('Dice is 1 for equal masks and two empty ones, 0 for apart, and counts each voxel once', () => {
    expect(dice(Uint8Array.of(1, 0, 2), Uint8Array.of(3, 0, 1))).toBe(1);
    expect(dice(new Uint8Array(3), new Uint8Array(3))).toBe(1);
    expect(dice(Uint8Array.of(1, 0), Uint8Array.of(0, 1))).toBe(0);
    expect(dice(Uint8Array.of(1, 1, 0), Uint8Array.of(0, 1, 0))).toBeCloseTo(2 / 3, 12);
  });

  test('Dice of labels looks at the wanted labels only', () => {
    const a = Uint8Array.of(2, 3, 5, 0);
    const b = Uint8Array.of(3, 3, 0, 5);
    expect(diceOfLabels(a, b, [2, 3])).toBe(1);
    expect(diceOfLabels(a, b, [5])).toBe(0);
    expect(countLabels(a)[3]).toBe(1);
  });
});
