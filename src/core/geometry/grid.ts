/** The sampling grid of a volume: how many voxels, and where they lie in the patient. */
import { affineFromColumns, type Affine, type Vec3 } from './affine.ts';

/** Voxels along i, j, k. */
export type Size = readonly [number, number, number];

export interface Grid {
  /** Voxels along i, j, k. Memory order: index = i + ni · (j + nj · k). */
  readonly size: readonly [number, number, number];
  /** Voxel-centre index to LPS mm. */
  readonly affine: Affine;
}

export function voxelCount({ size }: Grid): number {
  return size[0] * size[1] * size[2];
}

/** An axis-aligned LPS grid (i to Left, j to Posterior, k to Superior) around a centre. */
export function uprightGrid(
  size: readonly [number, number, number],
  spacingMm: number,
  center: Vec3,
): Grid {
  const origin: Vec3 = [
    center[0] - ((size[0] - 1) / 2) * spacingMm,
    center[1] - ((size[1] - 1) / 2) * spacingMm,
    center[2] - ((size[2] - 1) / 2) * spacingMm,
  ];
  const affine = affineFromColumns([spacingMm, 0, 0], [0, spacingMm, 0], [0, 0, spacingMm], origin);
  return { size, affine };
}

/** Whether two grids put their voxels in the same places (to a micrometre). */
export function sameGrid(a: Grid, b: Grid): boolean {
  return (
    a.size.every((n, axis) => n === b.size[axis]) &&
    a.affine.every((value, n) => Math.abs(value - (b.affine[n] as number)) < 1e-3)
  );
}
