/** How much of a coarser grid's voxels goes, by marks: what a picture of the cut is made from. */
import { affineFromColumns, axisStep, indexToLps } from '../geometry/affine.ts';
import { voxelCount, type Grid } from '../geometry/grid.ts';
import { resampleNearest } from '../volume/resample.ts';
import { isTaken, tableOf } from './marks.ts';

/** Where in a voxel the marks are read, from its middle (voxels). */
const READ_AT = [-0.25, 0.25] as const;

/**
 * @param marks on `grid`
 * @returns for each voxel of `to` the share (0–1) of it that goes, in eighths
 */
export function removedShare(
  marks: Uint8Array,
  grid: Grid,
  to: Grid,
  overridesGuard: boolean,
): Float32Array {
  const taken = tableOf((mark) => isTaken(mark, overridesGuard));
  const share = new Float32Array(voxelCount(to));
  for (const i of READ_AT) {
    for (const j of READ_AT) {
      for (const k of READ_AT) {
        const seen = resampleNearest(marks, grid, shifted(to, [i, j, k]));
        for (let v = 0; v < share.length; v++) {
          share[v] = (share[v] as number) + (taken[seen[v] as number] as number) / 8;
        }
      }
    }
  }
  return share;
}

function shifted({ size, affine }: Grid, by: readonly [number, number, number]): Grid {
  const origin = indexToLps(affine, by);
  return {
    size,
    affine: affineFromColumns(
      axisStep(affine, 0),
      axisStep(affine, 1),
      axisStep(affine, 2),
      origin,
    ),
  };
}
