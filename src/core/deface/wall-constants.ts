/**
 * The mean head and its face, in the head frame (mm; x to the left, y to the back, z to
 * the crown; origin in the middle of the brain). Written from training/wall.json, which
 * training/wall.py fits on the 50 training people: nothing here comes from the person
 * whose scan is cut.
 */
import type { Vec3 } from '../geometry/affine.ts';

export type LandmarkName =
  | 'brain'
  | 'face'
  | 'forehead'
  | 'earLeft'
  | 'earRight'
  | 'eyeLeft'
  | 'eyeRight';

export const MEAN_LANDMARKS: Readonly<Record<LandmarkName, Vec3>> = {
  brain: [0, 0, 0],
  face: [0, -62, -70],
  forehead: [0, -85, 10],
  earLeft: [70, 5, -45],
  earRight: [-70, 5, -45],
  eyeLeft: [32, -68, -38],
  eyeRight: [-32, -68, -38],
};

/** Mean face: y = a + b·x² + c·z + d·z² + e·x²·z. */
export const MEAN_FACE = { a: -90, b: 0.008, c: 0.05, d: 0, e: 0 } as const;
