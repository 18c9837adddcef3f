/**
 * The mean head and its face, in the head frame (mm; x to the left, y to the back, z to
 * the crown; origin in the middle of the brain). Written from training/wall.json, which
 * training/wall.py fits on the 49 training people: nothing here comes from the person
 * whose scan is cut.
 */
import type { Vec3 } from '../geometry/affine.ts';

export type LandmarkName =
  'brain' | 'face' | 'forehead' | 'earLeft' | 'earRight' | 'eyeLeft' | 'eyeRight';

export const MEAN_LANDMARKS: Readonly<Record<LandmarkName, Vec3>> = {
  brain: [0, 0, 0],
  face: [0, -73.04, -73.91],
  forehead: [0, -74.68, 13.48],
  earLeft: [68.21, -3.56, -53.99],
  earRight: [-68.21, -3.56, -53.99],
  eyeLeft: [32.01, -80.43, -28.61],
  eyeRight: [-32.01, -80.43, -28.61],
};

/** Behind 90 % of all face skin: y = a + b·x² + c·z + d·z² + e·x²·z + f·x⁴ + g·z³. */
export const MEAN_FACE = {
  a: -105.778,
  b: 0.00581991,
  c: -0.536553,
  d: -0.0122586,
  e: -5.69358e-5,
  f: 1.19276e-7,
  g: -7.46409e-5,
} as const;

/** The heights (z) between which faces were seen; the wall is not extrapolated beyond them (mm). */
export const FACE_Z = [-145.3, -11.0] as const;
