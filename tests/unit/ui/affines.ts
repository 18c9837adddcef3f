import { affineFromColumns, type Affine, type Vec3 } from '../../../src/core/geometry/affine.ts';

export { affineFromColumns };

/** i to Left, j to Posterior, k to Superior. */
export function uprightAffine([x, y, z]: Vec3, origin: Vec3): Affine {
  return affineFromColumns([x, 0, 0], [0, y, 0], [0, 0, z], origin);
}
