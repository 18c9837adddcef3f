import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexToLps, type Vec3 } from '../../../../src/core/geometry/affine.ts';
import { fitRigid } from '../../../../src/core/geometry/rigid.ts';
import { rotation } from '../../../support/rotation.ts';

const points: readonly Vec3[] = [
  [0, 0, 0],
  [70, 5, -40],
  [-70, 8, -42],
  [3, -80, -60],
  [30, -70, -30],
];
const degrees = fc.double({ min: -180, max: 180, noNaN: true });

describe('fitRigid', () => {
  test('finds any rotation and shift again', () => {
    fc.assert(
      fc.property(degrees, degrees, degrees, (pitch, yaw, roll) => {
        const pose = rotation(pitch, yaw, roll, [12, -30, 400]);
        const moved = points.map((p) => indexToLps(pose, p));
        const { affine, rmsMm } = fitRigid(points, moved);
        expect(rmsMm).toBeLessThan(1e-3);
        for (const p of points) {
          const [a, b] = [indexToLps(affine, p), indexToLps(pose, p)];
          expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeLessThan(0.01);
        }
      }),
    );
  });

  test('says how badly points fit that were not moved rigidly', () => {
    const stretched = points.map(([x, y, z]) => [1.2 * x, y, z] as Vec3);
    const { rmsMm } = fitRigid(points, stretched);
    expect(rmsMm).toBeGreaterThan(4);
  });
});
