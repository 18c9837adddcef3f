/** The voxels within an outline that was drawn on a plane: of its slice, or of all along the normal. */
import { dot, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { along, rowsOf } from '../geometry/rows.ts';

export interface Outline {
  /** Closed by itself; at least three points (LPS mm). */
  readonly points: readonly Vec3[];
  /** Directions in the plane, and across it; each of length 1. */
  readonly right: Vec3;
  readonly down: Vec3;
  readonly normal: Vec3;
  /** Thickness of the slice (mm); null: all slices. */
  readonly thickness: number | null;
}

const SLACK_MM = 1e-3;

/**
 * Calls with runs (first voxel, one past the last) of voxels whose centre lies within the
 * outline, by the even-odd rule, seen along the normal.
 */
export function forEachWithin(
  { size, affine }: Grid,
  { points, right, down, normal, thickness }: Outline,
  visit: (start: number, end: number) => void,
): void {
  const [ni, nj, nk] = size;
  const rows = rowsOf(affine);
  const step: Vec3 = [rows.x[0], rows.y[0], rows.z[0]];
  const corners = points.map((point) => [dot(point, right), dot(point, down)] as const);
  const [first] = points;
  if (!first || corners.length < 3) return;
  const [da, db, dn] = [dot(step, right), dot(step, down), dot(step, normal)];
  const height = dot(first, normal);
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const start = along(rows, j, k);
      const [low, high] = slab(dot(start, normal) - height, dn, thickness, ni);
      if (low > high) continue;
      const row = ni * (j + nj * k);
      const [a, b] = [dot(start, right), dot(start, down)];
      for (const [from, to] of crossings(corners, a, b, da, db)) {
        const i0 = Math.max(low, Math.ceil(from));
        const i1 = Math.min(high, Math.ceil(to) - 1);
        if (i0 <= i1) visit(row + i0, row + i1 + 1);
      }
    }
  }
}

/** First and last i of a row whose voxels lie in the slice. */
function slab(
  off: number,
  step: number,
  thickness: number | null,
  ni: number,
): readonly [number, number] {
  if (thickness === null) return [0, ni - 1];
  const half = thickness / 2 + SLACK_MM;
  if (Math.abs(step) < 1e-9) return Math.abs(off) <= half ? [0, ni - 1] : [0, -1];
  const [a, b] = [(-half - off) / step, (half - off) / step];
  return [Math.max(0, Math.ceil(Math.min(a, b))), Math.min(ni - 1, Math.floor(Math.max(a, b)))];
}

type Corner = readonly [number, number];

/** Intervals of t in which (a + t·da, b + t·db) lies within the corners. */
function crossings(
  corners: readonly Corner[],
  a: number,
  b: number,
  da: number,
  db: number,
): readonly (readonly [number, number])[] {
  if (Math.hypot(da, db) < 1e-9) return isInside(corners, a, b) ? [[-Infinity, Infinity]] : [];
  const at: number[] = [];
  let [pa, pb] = corners.at(-1) as Corner;
  // Signed distance of a corner from the line of the row, times its length.
  let side = (pa - a) * db - (pb - b) * da;
  for (const [qa, qb] of corners) {
    const next = (qa - a) * db - (qb - b) * da;
    if (side < 0 !== next < 0) {
      const share = side / (side - next);
      const [ca, cb] = [pa + share * (qa - pa) - a, pb + share * (qb - pb) - b];
      at.push((ca * da + cb * db) / (da * da + db * db));
    }
    [pa, pb, side] = [qa, qb, next];
  }
  at.sort((one, other) => one - other);
  const intervals: [number, number][] = [];
  for (let n = 0; n + 1 < at.length; n += 2) {
    intervals.push([at[n] as number, at[n + 1] as number]);
  }
  return intervals;
}

function isInside(corners: readonly Corner[], a: number, b: number): boolean {
  let inside = false;
  let [pa, pb] = corners.at(-1) as Corner;
  for (const [qa, qb] of corners) {
    if (pb > b !== qb > b && a < ((pa - qa) * (b - qb)) / (pb - qb) + qa) inside = !inside;
    [pa, pb] = [qa, qb];
  }
  return inside;
}
