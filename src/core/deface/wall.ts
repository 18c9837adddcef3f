/**
 * The standard cut (design.md §3.1): a fixed, smooth curved wall in the head's own frame.
 *
 * Its shape is that of the mean face of the training people, so the new surface is nobody's
 * face moved inwards; a shell of constant depth is, and an attacker who peels the same shell
 * off his gallery names most people from it (model.md §6). One number is free: how far the
 * wall lies behind the mean face.
 */
import { FACE_Z, MEAN_FACE } from './wall-constants.ts';

/** Steepest rise of the face that the wall's distance is corrected for (at the cheeks). */
const STEEPEST = 3;

/** Towards the ears the face turns away from the front, and what is left of it would lie near the old skin (mm). */
const BESIDE = { from: 45, to: 70, furtherMm: 12 } as const;

/** The mean face: y (mm, to the back) at x, z of the head frame. */
export function meanFace(x: number, height: number): number {
  const { a, b, c, d, e, f, g } = MEAN_FACE;
  const z = within(height);
  return a + c * z + d * z * z + g * z * z * z + x * x * (b + e * z + f * x * x);
}

/** How much longer the way along y is than the way through the mean face's surface. */
export function obliquity(x: number, height: number): number {
  const { b, c, d, e, f, g } = MEAN_FACE;
  const z = within(height);
  const dx = x * (2 * b + 2 * e * z + 4 * f * x * x);
  const dz = c + 2 * d * z + 3 * g * z * z + e * x * x;
  return Math.min(STEEPEST, Math.sqrt(1 + dx * dx + dz * dz));
}

/** y of the wall that lies `depth` mm behind the mean face, measured through its surface. */
export function wallY(x: number, z: number, depth: number): number {
  const beside = Math.min(1, Math.max(0, (Math.abs(x) - BESIDE.from) / (BESIDE.to - BESIDE.from)));
  const further = BESIDE.furtherMm * beside * beside * (3 - 2 * beside);
  return meanFace(x, z) + depth * obliquity(x, z) + further;
}

/** A quadric turns back where nobody's face was seen: there the nearest height counts. */
function within(z: number): number {
  return Math.max(FACE_Z[0], Math.min(FACE_Z[1], z));
}
