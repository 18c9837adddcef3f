import { describe, expect, test } from 'vitest';
import { CONDITIONS } from '../../../bench/evaluate/conditions.ts';
import { diceWithin } from '../../../bench/evaluate/measures.ts';
import { affineOf, indexToLps, spacingOf } from '../../../src/core/geometry/affine.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';

const SIZE = [12, 10, 15] as const;
/** Oblique axes, as a scanner may store them: i to the back, j to the crown, k to the right. */
const AFFINE = affineOf([0, 0.1, -3, 40, 2, 0, 0.2, -20, 0, 2, 0.1, -30, 0, 0, 0, 1]);

function head(): Volume {
  const stored = Float32Array.from({ length: 12 * 10 * 15 }, (_, v) => 1 + (v % 97));
  return {
    grid: { size: SIZE, affine: AFFINE },
    modality: 'MR',
    stored,
    rescale: [{ slope: 1, intercept: 0 }],
    padding: null,
    air: [0],
  };
}

describe('a disturbed scan', () => {
  const inside = new Uint8Array(12 * 10 * 15).fill(1);

  test.each([
    'chin cut',
    'lower third cut',
    'vertex cut',
    'axes k, i, j',
    'axes j, k, i, two turned over',
  ])('keeps its voxels where they lie in the patient: %s', (name) => {
    const { volume, from } = CONDITIONS[name]?.(head(), inside) ?? {};
    if (!volume || !from) throw new Error('nothing was picked');
    const [ni, nj] = volume.grid.size;
    expect(volume.stored.length).toBe(from.length);
    for (let v = 0; v < from.length; v += 7) {
      const old = from[v] as number;
      const place = (n: number, [a, b]: readonly number[]): [number, number, number] => [
        n % (a as number),
        Math.floor(n / (a as number)) % (b as number),
        Math.floor(n / ((a as number) * (b as number))),
      ];
      const here = indexToLps(volume.grid.affine, place(v, [ni, nj]));
      const there = indexToLps(AFFINE, place(old, SIZE));
      here.forEach((mm, d) => {
        expect(mm).toBeCloseTo(there[d] as number, 9);
      });
      expect(volume.stored[v]).toBe(head().stored[old]);
    }
  });

  test('loses its lower third, and not its upper one', () => {
    const cut = CONDITIONS['lower third cut']?.(head(), inside);
    const lowest = (volume: Volume): number =>
      Math.min(
        ...[0, volume.grid.size[1] - 1].map((j) => indexToLps(volume.grid.affine, [0, j, 0])[2]),
      );
    expect(lowest(cut?.volume as Volume)).toBeGreaterThan(lowest(head()) + 4);
  });

  test('has thick slices where the thin ones were', () => {
    const { volume, from } = CONDITIONS['6 mm along j']?.(head(), inside) ?? {};
    if (!volume || !from) throw new Error('nothing was averaged');
    expect(volume.grid.size).toEqual([12, 3, 15]);
    expect(spacingOf(volume.grid.affine)[1]).toBeCloseTo(3 * spacingOf(AFFINE)[1], 9);
    // Three slices j = 0, 1, 2 of the first row lie 12 voxels apart.
    const { stored } = head();
    expect(volume.stored[0]).toBeCloseTo(
      ((stored[0] as number) + (stored[12] as number) + (stored[24] as number)) / 3,
      5,
    );
    expect(from[0]).toBe(12);
  });

  test('is turned about its middle', () => {
    const turned = CONDITIONS['yaw +20°']?.(head(), inside).volume.grid.affine;
    const middle = [5.5, 4.5, 7] as const;
    expect(indexToLps(turned as typeof AFFINE, middle)).toEqual(
      indexToLps(AFFINE, middle).map((mm) => expect.closeTo(mm, 9) as number),
    );
    expect(indexToLps(turned as typeof AFFINE, [0, 0, 0])).not.toEqual(
      indexToLps(AFFINE, [0, 0, 0]),
    );
  });
});

test('Dice counts what lies within', () => {
  const of = (...on: number[]): Uint8Array => Uint8Array.from(on);
  expect(diceWithin(of(1, 1, 1, 0), of(1, 1, 0, 1), of(1, 0, 1, 0))).toBe(0.5);
  expect(diceWithin(of(0, 0, 0, 0), of(1, 1, 0, 1), of(1, 0, 1, 0))).toBe(1);
});
