/** Which voxels a brush, an outline and a shell reach: compared with the plain definition. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forEachUnder } from '../../../../src/core/edit/brush.ts';
import { forEachWithin } from '../../../../src/core/edit/scissors.ts';
import { forEachInShell } from '../../../../src/core/edit/shell.ts';
import { tableOf } from '../../../../src/core/edit/marks.ts';
import {
  affineFromColumns,
  affineOf,
  compose,
  indexToLps,
  spacingOf,
  type Vec3,
} from '../../../../src/core/geometry/affine.ts';
import { voxelCount, type Grid } from '../../../../src/core/geometry/grid.ts';
import { dilateMm, erodeMm } from '../../../../src/core/volume/morphology.ts';
import { rotation } from '../../../support/rotation.ts';

const STRAIGHT: Grid = {
  size: [14, 12, 10],
  affine: affineFromColumns([1, 0, 0], [0, 1.2, 0], [0, 0, 2.5], [-7, -7, -12]),
};
const ASKEW: Grid = {
  ...STRAIGHT,
  affine: compose(affineOf(rotation(0.3, -0.2, 0.5, [1, 2, 3])), STRAIGHT.affine),
};
const point = fc.tuple(
  fc.double({ min: -12, max: 12, noNaN: true }),
  fc.double({ min: -12, max: 12, noNaN: true }),
  fc.double({ min: -14, max: 14, noNaN: true }),
);
const grids = fc.constantFrom(STRAIGHT, ASKEW);

const centers = ({ size, affine }: Grid): readonly Vec3[] =>
  Array.from({ length: size[0] * size[1] * size[2] }, (_, v) =>
    indexToLps(affine, [
      v % size[0],
      Math.floor(v / size[0]) % size[1],
      Math.floor(v / (size[0] * size[1])),
    ]),
  );

function toWay(p: Vec3, a: Vec3, b: Vec3, axes: readonly number[]): number {
  let best = Infinity;
  for (let n = 0; n <= 200; n++) {
    const off = axes.map(
      (x) =>
        (p[x] as number) - (a[x] as number) - ((b[x] as number) - (a[x] as number)) * (n / 200),
    );
    best = Math.min(best, Math.hypot(...off));
  }
  return best;
}

describe('a brush', () => {
  const touched = (
    ...args: Parameters<typeof forEachUnder> extends [...infer A, unknown] ? A : never
  ): Set<number> => {
    const seen = new Set<number>();
    forEachUnder(...args, (v) => seen.add(v));
    return seen;
  };

  test('that is a sphere reaches every voxel within its radius of the way, and no other', () => {
    fc.assert(
      fc.property(
        grids,
        point,
        point,
        fc.double({ min: 1, max: 6, noNaN: true }),
        (grid, a, b, radius) => {
          const seen = touched(grid, { radius, disc: null }, a, b);
          centers(grid).forEach((center, v) => {
            const mm = toWay(center, a, b, [0, 1, 2]);
            if (mm < radius - 0.1) expect(seen.has(v)).toBe(true);
            // The voxels that hold the ends count too: their centres are near.
            if (mm > radius + 0.1 && mm > 1.6) expect(seen.has(v)).toBe(false);
          });
        },
      ),
      { numRuns: 12 },
    );
  });

  test('that is a disc stays on its slice', () => {
    const disc = { normal: [0, 0, 1] as const, thickness: 2.5 };
    const on: Vec3 = [0, 0, -12 + 2.5 * 4];
    const seen = touched(STRAIGHT, { radius: 3, disc }, on, [2, 1, on[2]]);
    expect(seen.size).toBeGreaterThan(20);
    for (const v of seen) expect(Math.floor(v / (14 * 12))).toBe(4);
  });

  test('smaller than a thick slice still reaches the voxel it is on', () => {
    const disc = { normal: [0, 1, 0] as const, thickness: 1.2 };
    const at = indexToLps(STRAIGHT.affine, [5, 6, 4.4]);
    expect(touched(STRAIGHT, { radius: 0.5, disc }, at, at)).toEqual(
      new Set([5 + 14 * (6 + 12 * 4)]),
    );
  });

  test('outside the scan does nothing', () => {
    expect(touched(STRAIGHT, { radius: 5, disc: null }, [90, 0, 0], [80, 0, 0]).size).toBe(0);
  });
});

describe('an outline', () => {
  const ring = fc.array(
    fc.tuple(
      fc.double({ min: -8, max: 8, noNaN: true }),
      fc.double({ min: -8, max: 8, noNaN: true }),
    ),
    {
      minLength: 3,
      maxLength: 9,
    },
  );
  const planes = fc.constantFrom(
    { right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1] } as const,
    { right: [1, 0, 0], down: [0, 0, -1], normal: [0, 1, 0] } as const,
    { right: [0, 1, 0], down: [0, 0, -1], normal: [1, 0, 0] } as const,
  );

  test('holds what winds around it an odd number of times, seen along the normal', () => {
    fc.assert(
      fc.property(grids, planes, ring, fc.boolean(), (grid, plane, corners, isSlice) => {
        const points = corners.map(([a, b]) =>
          [0, 1, 2].map((n) => (plane.right[n] as number) * a + (plane.down[n] as number) * b),
        ) as unknown as readonly Vec3[];
        const thickness = isSlice ? 3 : null;
        const seen = new Set<number>();
        forEachWithin(grid, { points, ...plane, thickness }, (start, end) => {
          for (let v = start; v < end; v++) seen.add(v);
        });
        const on = (p: Vec3, axis: Vec3): number =>
          p[0] * axis[0] + p[1] * axis[1] + p[2] * axis[2];
        centers(grid).forEach((center, v) => {
          const [a, b, off] = [
            on(center, plane.right),
            on(center, plane.down),
            on(center, plane.normal),
          ];
          if (nearEdge(corners, a, b) || (isSlice && Math.abs(Math.abs(off) - 1.5) < 0.01)) return;
          const isWithin = isOdd(corners, a, b) && (!isSlice || Math.abs(off) < 1.5);
          expect(seen.has(v)).toBe(isWithin);
        });
      }),
      { numRuns: 60 },
    );
  });

  /** Winding by angles: another way than the code's. */
  function isOdd(corners: readonly (readonly [number, number])[], a: number, b: number): boolean {
    let turned = 0;
    corners.forEach(([x, y], n) => {
      const [p, q] = corners[(n + 1) % corners.length] as readonly [number, number];
      turned += Math.atan2(
        (x - a) * (q - b) - (y - b) * (p - a),
        (x - a) * (p - a) + (y - b) * (q - b),
      );
    });
    return Math.abs(Math.round(turned / (2 * Math.PI))) % 2 === 1;
  }

  function nearEdge(
    corners: readonly (readonly [number, number])[],
    a: number,
    b: number,
  ): boolean {
    return corners.some(([x, y], n) => {
      const [p, q] = corners[(n + 1) % corners.length] as readonly [number, number];
      const length = (p - x) ** 2 + (q - y) ** 2;
      const t = length
        ? Math.min(1, Math.max(0, ((a - x) * (p - x) + (b - y) * (q - y)) / length))
        : 0;
      return Math.hypot(x + t * (p - x) - a, y + t * (q - y) - b) < 1e-6;
    });
  }
});

describe('a shell', () => {
  const voxels = voxelCount(STRAIGHT);
  const mask = fc.array(fc.integer({ min: 0, max: voxels - 1 }), { maxLength: 30 }).map((on) => {
    const out = new Uint8Array(voxels);
    for (const v of on) out[v] = 1;
    return out;
  });
  const spacing = spacingOf(STRAIGHT.affine);

  test('is what a dilation adds and an erosion takes away', () => {
    fc.assert(
      fc.property(mask, fc.constantFrom(1, 2.4, 3, 5), (bytes, mm) => {
        const grown = bytes.slice();
        forEachInShell(
          bytes,
          tableOf((b) => b === 1),
          STRAIGHT.size,
          spacing,
          mm,
          (v) => (grown[v] = 1),
        );
        expect(grown).toEqual(dilateMm(bytes, STRAIGHT.size, spacing, mm));

        const shrunk = grown.slice();
        forEachInShell(
          grown,
          tableOf((b) => b !== 1),
          STRAIGHT.size,
          spacing,
          mm,
          (v) => (shrunk[v] = 0),
        );
        expect(shrunk).toEqual(erodeMm(grown, STRAIGHT.size, spacing, mm));
      }),
      { numRuns: 40 },
    );
  });
});
