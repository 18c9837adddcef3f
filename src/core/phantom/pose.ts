/** How the head lies in the scanner. */
import { affineOf, compose, invert, type Affine, type Vec3 } from '../geometry/affine.ts';

export interface Pose {
  /** Chin up is positive. */
  readonly pitchDeg?: number;
  /** Turned to the person's left is positive. */
  readonly yawDeg?: number;
  /** Crown towards the person's left is positive. */
  readonly rollDeg?: number;
  /** LPS mm. */
  readonly shift?: Vec3;
}

/** About this point of the head it turns (head mm). */
const PIVOT: Vec3 = [0, 10, 10];

/** LPS mm to head mm. */
export function headFromLps(pose: Pose): Affine {
  const { pitchDeg = 0, yawDeg = 0, rollDeg = 0, shift = [0, 0, 0] } = pose;
  const turned = compose(about(2, yawDeg), compose(about(1, rollDeg), about(0, -pitchDeg)));
  const there = compose(
    moved([PIVOT[0] + shift[0], PIVOT[1] + shift[1], PIVOT[2] + shift[2]]),
    turned,
  );
  return invert(compose(there, moved([-PIVOT[0], -PIVOT[1], -PIVOT[2]])));
}

function moved([x, y, z]: Vec3): Affine {
  return affineOf([1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]);
}

function about(axis: 0 | 1 | 2, deg: number): Affine {
  const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
  if (axis === 0) return affineOf([1, 0, 0, 0, 0, c, -s, 0, 0, s, c, 0, 0, 0, 0, 1]);
  if (axis === 1) return affineOf([c, 0, s, 0, 0, 1, 0, 0, -s, 0, c, 0, 0, 0, 0, 1]);
  return affineOf([c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
}
