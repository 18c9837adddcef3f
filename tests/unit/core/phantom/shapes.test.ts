import { describe, expect, test } from 'vitest';
import { add, cut, paintNew } from '../../../../src/core/phantom/carve.ts';
import { FAR, sample, sampleOr, type Box } from '../../../../src/core/phantom/field.ts';
import { loft } from '../../../../src/core/phantom/loft.ts';
import { ball, band, ellipsoid, tube, type Shape } from '../../../../src/core/phantom/shapes.ts';

const BOX: Box = { low: [-30, -30, -30], high: [30, 30, 30] };

describe('shapes', () => {
  test('a ball is its radius wide in every direction', () => {
    const field = paintNew(BOX, 1, [add(ball([0, 0, 0], 10))]);
    expect(sample(field, 10, 0, 0)).toBeCloseTo(0, 1);
    expect(sample(field, 0, -10, 0)).toBeCloseTo(0, 1);
    expect(sample(field, 0, 0, 13)).toBeCloseTo(3, 1);
    expect(sample(field, 2, 0, 0)).toBeLessThan(-7);
  });

  test('a tube ends round, with the radius of its end', () => {
    const field = paintNew(BOX, 1, [
      add(
        tube([
          [-10, 0, 0, 2],
          [10, 0, 0, 6],
        ]),
      ),
    ]);
    expect(sample(field, 16, 0, 0)).toBeCloseTo(0, 1);
    expect(sample(field, -12, 0, 0)).toBeCloseTo(0, 1);
    expect(sample(field, 0, 4, 0)).toBeCloseTo(0, 1);
  });

  test('a cut takes away what it covers', () => {
    const field = paintNew(BOX, 1, [add(ball([0, 0, 0], 12)), cut(ball([0, 0, 12], 6))]);
    expect(sample(field, 0, 0, 9)).toBeGreaterThan(0);
    expect(sample(field, 0, 0, 4)).toBeLessThan(0);
  });

  test('a rounded union bulges at the seam', () => {
    const parts: readonly Shape[] = [ball([-8, 0, 0], 10), ball([8, 0, 0], 10)];
    const [sharp, round] = [0, 8].map((k) =>
      paintNew(
        BOX,
        1,
        parts.map((s) => add(s, k)),
      ),
    );
    if (!sharp || !round) throw new Error('two fields');
    expect(sample(round, 0, 7, 0)).toBeLessThan(sample(sharp, 0, 7, 0) - 1);
    expect(sample(round, -17, 0, 0)).toBeCloseTo(sample(sharp, -17, 0, 0), 1);
  });

  test('what is outside a lattice is far away', () => {
    const field = paintNew(BOX, 2, [add(ball([0, 0, 0], 5))]);
    expect(sampleOr(field, 31, 0, 0)).toBe(FAR);
  });

  test('a band is as thick as asked and as high as its posts', () => {
    const posts = [-10, 10].map((x) => ({ x, y: 0, low: -6, high: 6 }));
    const field = paintNew(BOX, 1, [add(band(posts, 8))]);
    expect(sample(field, 0, 4, 0)).toBeCloseTo(0, 1);
    expect(sample(field, 0, 0, 6)).toBeCloseTo(0, 1);
    expect(sample(field, 0, 0, 8)).toBeCloseTo(2, 1);
  });

  test('a loft passes through its sections', () => {
    const section = (z: number, half: number) => ({ z, half, front: -20, back: 10, widest: 0 });
    const shape = loft([section(20, 12), section(0, 16), section(-20, 12)], 2);
    const field = paintNew(BOX, 1, [add(shape)]);
    expect(sample(field, 16, 0, 0)).toBeCloseTo(0, 0);
    expect(sample(field, 0, -20, 0)).toBeCloseTo(0, 0);
    expect(sample(field, 0, 10, 0)).toBeCloseTo(0, 0);
    expect(sample(field, 0, 0, 25)).toBeGreaterThan(0);
  });

  test('holds all its inside in its box', () => {
    const { box } = ellipsoid(
      [1, 2, 3],
      [4, 8, 12],
      [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    );
    expect(box.low).toEqual([1 - 12, 2 - 4, 3 - 8]);
    expect(box.high).toEqual([1 + 12, 2 + 4, 3 + 8]);
  });
});
