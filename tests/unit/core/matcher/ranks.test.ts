import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { affineOf } from '../../../../src/core/geometry/affine.ts';
import {
  mapsOf,
  raysThrough,
  seenOf,
  type FirstTissue,
} from '../../../../src/core/matcher/depth-map.ts';
import { distancesTo, rankOf, ranksOf } from '../../../../src/core/matcher/ranks.ts';
import { PANES, VIEWS } from '../../../../src/core/matcher/views.ts';

/** A ball around a point of the head frame, with a bump of its own on the front. */
function ball(bump: number, off = 0): FirstTissue {
  return (from, direction, most) => {
    for (let n = 0; n < most; n++) {
      const x = from[0] + n * direction[0] - off;
      const y = from[1] + n * direction[1];
      const z = from[2] + n * direction[2];
      const nose = Math.hypot(x, y + 85, z + 55) < bump;
      const ears = Math.hypot(Math.abs(x) - 80, y, z + 50) < bump / 2;
      if (nose || ears || Math.hypot(x, y + 5, z + 40) < 88) return n;
    }
    return most;
  };
}

describe('depth maps', () => {
  test('tell how far off the tissue is, from the front and from both sides', () => {
    const wall = mapsOf((from, direction, most) => {
      // Tissue from y = −60 on backwards, and within 70 mm of the middle.
      for (let n = 0; n < most; n++) {
        const y = from[1] + n * direction[1];
        if (y >= -60 && Math.abs(from[0] + n * direction[0]) <= 70) return n;
      }
      return most;
    });
    expect(new Set(wall.face[0])).toEqual(new Set([-60]));
    expect([...new Set(wall.ears[0])]).toEqual([70]);
    expect([...new Set(wall.ears[1])]).toEqual([-70]);
    expect(seenOf(wall, 'face')).toBe(1);
  });

  test('say where nothing is seen', () => {
    const nothing = mapsOf((_from, _direction, most) => most);
    expect(VIEWS.map((view) => seenOf(nothing, view))).toEqual([0, 0, 0]);
    expect(nothing.face[0]?.[0]).toBe(PANES.face[0]?.to);
  });

  test('come out the same through voxels that are turned and shifted', () => {
    const size = [150, 120, 150] as const;
    // i to the right, j to the crown, k to the back, 2 mm.
    const toIndex = affineOf([-0.5, 0, 0, 75, 0, 0, 0.5, 70, 0, 0.5, 0, 95, 0, 0, 0, 1]);
    const tissue = new Uint8Array(150 * 120 * 150);
    for (let k = 0, v = 0; k < 150; k++)
      for (let j = 0; j < 120; j++)
        for (let i = 0; i < 150; i++, v++) {
          const [x, y, z] = [-(i - 75) * 2, (k - 95) * 2, (j - 70) * 2];
          tissue[v] = Math.hypot(x, y + 5, z + 40) < 88 ? 1 : 0;
        }
    const [voxels, exact] = [mapsOf(raysThrough(tissue, size, toIndex)), mapsOf(ball(0))];
    const [distance = 9] = distancesTo(voxels, [exact], 'face');
    expect(distance).toBeLessThan(0.8);
  });
});

describe('ranks', () => {
  const gallery = [12, 18, 24, 30].map((bump) => mapsOf(ball(bump)));

  test('put the own head first, though it is moved by two cells', () => {
    const probes = [12, 18, 24, 30].map((bump) => mapsOf(ball(bump, 6)));
    expect(ranksOf(probes, gallery, 'face')).toEqual({
      first: 1,
      five: 1,
      ten: 1,
      median: 1,
      of: 4,
      auc: 1,
      each: [1, 1, 1, 1],
    });
  });

  test('count only probes that show something, and how often own lies nearer than other', () => {
    const own = (n: number) => mapsOf(ball([12, 18, 24, 30][n] ?? 0, 6));
    // The second looks like the fourth; the third shows nothing.
    const { each, auc, first } = ranksOf([own(0), own(3), null, own(3)], gallery, 'face');
    expect(each).toEqual([1, 3, null, 1]);
    expect(first).toBeCloseTo(2 / 3);
    expect(auc).toBeGreaterThan(0.5);
    expect(auc).toBeLessThan(1);
  });

  test('do not see that the face lies two cells beside', () => {
    const [one] = gallery;
    if (!one) throw new Error('no head');
    const [distance = 9] = distancesTo(mapsOf(ball(12, 6)), [one], 'face');
    expect(distance).toBeLessThan(0.05);
  });

  test('do not see that the head is turned a little, where they level it first', () => {
    const [one] = gallery;
    if (!one) throw new Error('no head');
    const turned = { ...one, face: one.face.map((map) => map.map((d, n) => d + 0.3 * (n % 31))) };
    const [as = 0, levelled = 9] = [{}, { tilt: true }].map(
      (options) => distancesTo(turned, [one], 'face', options)[0],
    );
    expect(as).toBeGreaterThan(0.3);
    expect(levelled).toBeLessThan(0.01);
  });

  test('do not see how far in front the whole face lies', () => {
    const [one] = gallery;
    if (!one) throw new Error('no head');
    const moved = { ...one, face: one.face.map((map) => map.map((depth) => depth + 7)) };
    expect(distancesTo(moved, [one], 'face')[0]).toBeCloseTo(0, 5);
  });

  test('the ears alone tell what the face does not', () => {
    const [a, b] = [mapsOf(ball(12)), mapsOf(ball(30))];
    const earsOfA = { ...b, ears: a.ears };
    expect(rankOf(distancesTo(earsOfA, [a, b], 'ears'), 0)).toBe(1);
    expect(rankOf(distancesTo(earsOfA, [a, b], 'face'), 0)).toBe(2);
  });

  test('are one more than the number of nearer ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 1 }),
        (all) => {
          const sorted = all.toSorted((a, b) => a - b);
          return all.every((d, own) => sorted[rankOf(all, own) - 1] === d);
        },
      ),
    );
    expect(() => rankOf([1, 2], 2)).toThrow(RangeError);
  });
});
