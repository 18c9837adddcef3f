/** The voxels under a brush that is drawn from one point to the next. */
import { dot, indexToLps, invert, scale, subtract, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { along, rowsOf } from '../geometry/rows.ts';

export interface Brush {
  /** mm */
  readonly radius: number;
  /** A disc lies in a plane: its normal (of length 1), and how thick the slice is (mm). null: a sphere. */
  readonly disc: { readonly normal: Vec3; readonly thickness: number } | null;
}

/** A slice's own voxels lie within half its thickness; a little more is rounding. */
const SLACK_MM = 1e-3;

/**
 * Calls with every voxel whose centre is within the radius of the way from one point to the
 * other (LPS mm), and with those that hold the points, so that a small brush on thick slices
 * is never without effect.
 */
export function forEachUnder(
  grid: Grid,
  { radius, disc }: Brush,
  from: Vec3,
  to: Vec3,
  visit: (v: number) => void,
): void {
  const [ni, nj, nk] = grid.size;
  const rows = rowsOf(grid.affine);
  const toIndex = invert(grid.affine);
  const [low, high] = boxOf(grid, from, to, radius);
  const way = subtract(to, from);
  const length = dot(way, way);
  const reach = radius * radius;
  const half = disc ? disc.thickness / 2 + SLACK_MM : 0;
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      const [x0, y0, z0] = along(rows, j, k);
      for (let i = low[0]; i <= high[0]; i++) {
        let p: Vec3 = [
          x0 + i * rows.x[0] - from[0],
          y0 + i * rows.y[0] - from[1],
          z0 + i * rows.z[0] - from[2],
        ];
        if (disc) {
          const off = dot(p, disc.normal);
          if (off > half || off < -half) continue;
          p = subtract(p, scale(disc.normal, off));
        }
        const share = length > 0 ? Math.min(1, Math.max(0, dot(p, way) / length)) : 0;
        const off = subtract(p, scale(way, share));
        if (dot(off, off) <= reach) visit(i + ni * (j + nj * k));
      }
    }
  }
  for (const point of [from, to]) {
    const [i, j, k] = indexToLps(toIndex, point).map(Math.round) as unknown as Vec3;
    if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) continue;
    visit(i + ni * (j + nj * k));
  }
}

/** Indices, within the grid, around a way and what lies within the radius of it. */
function boxOf(
  { size, affine }: Grid,
  from: Vec3,
  to: Vec3,
  radius: number,
): readonly [Vec3, Vec3] {
  const toIndex = invert(affine);
  const [a, b] = [indexToLps(toIndex, from), indexToLps(toIndex, to)];
  // How far the index along an axis can change within a millimetre.
  const { x, y, z } = rowsOf(toIndex);
  const reach = [x, y, z].map((row) => radius * Math.hypot(row[0], row[1], row[2]));
  const low = [0, 1, 2].map((n) =>
    Math.max(0, Math.ceil(Math.min(a[n] as number, b[n] as number) - (reach[n] as number))),
  );
  const high = [0, 1, 2].map((n) =>
    Math.min(
      (size[n] as number) - 1,
      Math.floor(Math.max(a[n] as number, b[n] as number) + (reach[n] as number)),
    ),
  );
  return [low as unknown as Vec3, high as unknown as Vec3];
}
