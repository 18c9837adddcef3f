/**
 * Affines between voxel indices and patient space.
 *
 * Everywhere in the core an affine is a 4×4 matrix, row-major, that takes the
 * index (i, j, k) of a voxel's centre to LPS millimetres. i runs along a row of
 * the image (fastest in memory), j down the columns, k from slice to slice.
 * DICOM PS3.3 C.7.6.2.1.1 defines the in-plane part; NIfTI's RAS is converted
 * at the edges (`src/core/nifti`) and nowhere else.
 */
import { EffaceError } from '../errors.ts';

export type Vec3 = readonly [number, number, number];

/** 16 numbers, row-major; the last row is always 0 0 0 1. */
export type Affine = readonly number[] & { readonly __brand: 'Affine' };

/** Names a list of 16 numbers as an affine. */
export function affineOf(values: readonly number[]): Affine {
  if (values.length !== 16) throw new Error('an affine has 16 numbers');
  return values as Affine;
}

/** The affine whose columns are the steps along i, j, k and the position of voxel (0, 0, 0). */
export function affineFromColumns(di: Vec3, dj: Vec3, dk: Vec3, origin: Vec3): Affine {
  // prettier-ignore
  return affineOf([
    di[0], dj[0], dk[0], origin[0],
    di[1], dj[1], dk[1], origin[1],
    di[2], dj[2], dk[2], origin[2],
    0, 0, 0, 1,
  ]);
}

/** Patient position (LPS mm) of the voxel index, which may be fractional. */
export function indexToLps(affine: Affine, [i, j, k]: Vec3): Vec3 {
  const row = (r: number): number =>
    at(affine, r) * i + at(affine, r + 1) * j + at(affine, r + 2) * k + at(affine, r + 3);
  return [row(0), row(4), row(8)];
}

/** Step of one voxel along an axis (0 = i, 1 = j, 2 = k), LPS mm. */
export function axisStep(affine: Affine, axis: 0 | 1 | 2): Vec3 {
  return [at(affine, axis), at(affine, 4 + axis), at(affine, 8 + axis)];
}

/** Position of voxel (0, 0, 0), LPS mm. */
export function originOf(affine: Affine): Vec3 {
  return [at(affine, 3), at(affine, 7), at(affine, 11)];
}

/** Distance between neighbouring voxel centres along i, j and k (mm). */
export function spacingOf(affine: Affine): Vec3 {
  return [norm(axisStep(affine, 0)), norm(axisStep(affine, 1)), norm(axisStep(affine, 2))];
}

/** Volume of one voxel (mm³), right for sheared grids too. */
export function voxelVolume(affine: Affine): number {
  return Math.abs(dot(axisStep(affine, 0), cross(axisStep(affine, 1), axisStep(affine, 2))));
}

/**
 * The inverse affine (LPS mm to index).
 *
 * @throws EffaceError `geometry/degenerate` when the axes do not span space
 */
export function invert(affine: Affine): Affine {
  const [a, b, c] = [axisStep(affine, 0), axisStep(affine, 1), axisStep(affine, 2)];
  const determinant = dot(a, cross(b, c));
  if (!(Math.abs(determinant) > 1e-9)) throw new EffaceError('geometry/degenerate');
  const rows = [cross(b, c), cross(c, a), cross(a, b)].map((r) => scale(r, 1 / determinant));
  const origin = originOf(affine);
  const [r0, r1, r2] = rows as [Vec3, Vec3, Vec3];
  // prettier-ignore
  return affineOf([
    r0[0], r0[1], r0[2], -dot(r0, origin),
    r1[0], r1[1], r1[2], -dot(r1, origin),
    r2[0], r2[1], r2[2], -dot(r2, origin),
    0, 0, 0, 1,
  ]);
}

/** The affine that applies `inner` first, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const out: number[] = [];
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c < 4; c++) {
      let sum = 0;
      for (let n = 0; n < 4; n++) sum += at(outer, 4 * r + n) * at(inner, 4 * n + c);
      out.push(sum);
    }
  }
  return affineOf(out);
}

export function add(a: Vec3, b: Vec3): Vec3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function subtract(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Vec3, s: number): Vec3 {
  return [a[0] * s, a[1] * s, a[2] * s];
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function norm(a: Vec3): number {
  return Math.hypot(a[0], a[1], a[2]);
}

function at(affine: Affine, n: number): number {
  return affine[n] as number;
}
