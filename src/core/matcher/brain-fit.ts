/**
 * Two heads laid over each other by their brains: what an attacker can do whatever was taken
 * off the face. The surfaces of the brain labels are matched by their closest points (Besl and
 * McKay, IEEE PAMI 14, 1992), closest as the signed distance of the other label tells.
 */
import {
  affineOf,
  compose,
  indexToLps,
  invert,
  spacingOf,
  subtract,
  type Affine,
  type Vec3,
} from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { fitRigid } from '../geometry/rigid.ts';
import { distanceMm } from '../volume/distance.ts';
import { Label } from '../volume/volume.ts';

/** The surface of a brain label, and how far from it each voxel lies. */
export interface Brain {
  /** Upright, its voxels as long as wide as high (Segmentation.grid). */
  readonly grid: Grid;
  /** Some of its surface, LPS mm. */
  readonly points: readonly Vec3[];
  /** mm, negative inside. */
  readonly signed: Float32Array;
}

const ROUNDS = 24;
/** About so many points of the surface are enough for a rigid fit. */
const POINTS = 2500;
/** Distances are told up to here (mm). */
const REACH_MM = 30;
/** Smallest label (voxels) that counts as a brain. */
const SMALLEST = 4000;

/** null where too little brain is in view. */
export function brainOf(grid: Grid, labels: Uint8Array): Brain | null {
  const inside = labels.map((label) => (label === Label.brain ? 1 : 0));
  const outside = inside.map((on) => 1 - on);
  if (inside.reduce((sum, on) => sum + on, 0) < SMALLEST) return null;
  const spacing = spacingOf(grid.affine);
  const toInside = distanceMm(inside, grid.size, spacing, REACH_MM);
  const toOutside = distanceMm(outside, grid.size, spacing, REACH_MM);
  const signed = toInside.map(
    (d, v) => Math.min(d, REACH_MM) - Math.min(toOutside[v] as number, REACH_MM),
  );
  const [ni, nj] = grid.size;
  const rim: number[] = [];
  const thickness = Math.max(...spacing) * 1.01;
  for (let v = 0; v < inside.length; v++) {
    if (inside[v] && (toOutside[v] as number) < thickness) rim.push(v);
  }
  const every = Math.max(1, Math.floor(rim.length / POINTS));
  const points = rim
    .filter((_, n) => n % every === 0)
    .map((v) =>
      indexToLps(grid.affine, [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))]),
    );
  return { grid, points, signed };
}

/**
 * LPS mm of the first scan to LPS mm of the second, such that brain lies on brain. Heads may
 * be turned against each other by some 30 degrees at most. How well they fit tells nothing of
 * who it is: labels of 3 mm differ as much between two scans of one person.
 */
export function fitBrain(from: Brain, to: Brain): Affine {
  const [dx, dy, dz] = subtract(centerOf(to.points), centerOf(from.points));
  let moved = affineOf([1, 0, 0, dx, 0, 1, 0, dy, 0, 0, 1, dz, 0, 0, 0, 1]);
  const toIndex = invert(to.grid.affine);
  for (let round = 0; round < ROUNDS; round++) {
    const here = from.points.map((point) => indexToLps(moved, point));
    const there = here.map((point) => closest(to, toIndex, point));
    moved = compose(fitRigid(here, there).affine, moved);
  }
  return moved;
}

/** The voxel of the rim nearest to a point, between voxels: against the slope of the distance. */
function closest({ grid, signed }: Brain, toIndex: Affine, point: Vec3): Vec3 {
  const [ni, nj, nk] = grid.size;
  const [i, j, k] = indexToLps(toIndex, point);
  const clamp = (value: number, n: number): number =>
    Math.max(1, Math.min(n - 2, Math.round(value)));
  const [p, q, r] = [clamp(i, ni), clamp(j, nj), clamp(k, nk)];
  const v = p + ni * (q + nj * r);
  const slopeAlong = (stride: number): number =>
    ((signed[v + stride] as number) - (signed[v - stride] as number)) / 2;
  const [a, b, c] = [slopeAlong(1), slopeAlong(ni), slopeAlong(ni * nj)];
  const length = Math.hypot(a, b, c);
  if (length === 0) return point;
  // Linear between voxels. Points are centres of rim voxels, which lie one step inside.
  const rim = -spacingOf(grid.affine)[0];
  const d = (signed[v] as number) + a * (i - p) + b * (j - q) + c * (k - r) - rim;
  const way = d / length;
  return [point[0] - way * a, point[1] - way * b, point[2] - way * c];
}

function centerOf(points: readonly Vec3[]): Vec3 {
  const sum = points.reduce<Vec3>(
    (all, point) => [all[0] + point[0], all[1] + point[1], all[2] + point[2]],
    [0, 0, 0],
  );
  return [sum[0] / points.length, sum[1] / points.length, sum[2] / points.length];
}
