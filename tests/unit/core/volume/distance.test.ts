import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Vec3 } from '../../../../src/core/geometry/affine.ts';
import type { Size } from '../../../../src/core/geometry/grid.ts';
import { distanceMm, squaredDistance } from '../../../../src/core/volume/distance.ts';

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 1, max: 7 }),
);
const spacings = fc.tuple(
  fc.double({ min: 0.3, max: 7, noNaN: true }),
  fc.double({ min: 0.3, max: 7, noNaN: true }),
  fc.double({ min: 0.3, max: 7, noNaN: true }),
);

function bruteForce(mask: Uint8Array, [ni, nj]: Size, spacing: Vec3): number[] {
  const place = (v: number): Vec3 => [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
  return [...mask].map((_, v) => {
    let best = Infinity;
    mask.forEach((value, w) => {
      if (value === 0) return;
      const [a, b] = [place(v), place(w)];
      let sum = 0;
      for (const axis of [0, 1, 2] as const) sum += ((a[axis] - b[axis]) * spacing[axis]) ** 2;
      best = Math.min(best, sum);
    });
    return best;
  });
}

describe('the distance transform', () => {
  test('is the exact distance to the nearest voxel of any mask on any spacing', () => {
    fc.assert(
      fc.property(sizes, spacings, fc.infiniteStream(fc.nat(9)), (size, spacing, stream) => {
        const mask = Uint8Array.from({ length: size[0] * size[1] * size[2] }, () =>
          (stream.next().value ?? 0) === 0 ? 1 : 0,
        );
        const squared = squaredDistance(mask, size, spacing);
        const wanted = bruteForce(mask, size, spacing);
        squared.forEach((value, v) => {
          const expected = wanted[v] ?? NaN;
          if (expected === Infinity) expect(value).toBe(Infinity);
          else expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * (1 + expected));
        });
      }),
      { numRuns: 200 },
    );
  });

  test('with a limit equals the full one up to the limit and is Infinity beyond', () => {
    fc.assert(
      fc.property(
        sizes,
        spacings,
        fc.double({ min: 0.5, max: 12, noNaN: true }),
        fc.infiniteStream(fc.nat(9)),
        (size, spacing, limit, stream) => {
          const mask = Uint8Array.from({ length: size[0] * size[1] * size[2] }, () =>
            (stream.next().value ?? 0) === 0 ? 1 : 0,
          );
          const full = distanceMm(mask, size, spacing);
          const limited = distanceMm(mask, size, spacing, limit);
          limited.forEach((value, v) => {
            const whole = full[v] ?? NaN;
            if (Math.abs(whole - limit) < 1e-4) return;
            expect(value).toBe(whole < limit ? whole : Infinity);
          });
        },
      ),
    );
  });

  test('of an empty mask is infinite', () => {
    expect([...distanceMm(new Uint8Array(8), [2, 2, 2], [1, 1, 1])]).toEqual(
      new Array(8).fill(Infinity),
    );
  });
});
