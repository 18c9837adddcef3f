/**
 * A volume made coarser by averaging blocks of voxels, so that sampling it on a coarse
 * grid loses no signal and adds no noise. Each voxel is visited once.
 */
import { affineFromColumns, axisStep, indexToLps, scale, spacingOf } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { airOf, rescaleOf, type Volume } from './volume.ts';

/** Lowest HU of CT: scanners write less (−2000, −3024) where there is no image. */
const LOWEST_HU = -1024;

export interface Blocks {
  /** Modality values (HU, or MR's arbitrary units), i fastest. */
  readonly values: Float32Array;
  /** Centres of the blocks. */
  readonly grid: Grid;
}

/**
 * Means of blocks of max(1, floor(spacingMm / native spacing + 0.5)) voxels along each axis,
 * from voxel 0 on; a last incomplete block is the mean of what there is, and keeps its place.
 * Padding and voxels that are no number count as air.
 */
export function averageBlocks(volume: Volume, spacingMm: number): Blocks {
  const { grid, stored, padding, modality } = volume;
  const [ni, nj, nk] = grid.size;
  const spacing = spacingOf(grid.affine);
  const factor = (axis: 0 | 1 | 2): number =>
    Math.max(1, Math.floor(spacingMm / spacing[axis] + 0.5));
  const [fi, fj, fk] = [factor(0), factor(1), factor(2)];
  const [mi, mj, mk] = [Math.ceil(ni / fi), Math.ceil(nj / fj), Math.ceil(nk / fk)];
  const values = new Float32Array(mi * mj * mk);
  const floats = stored instanceof Float32Array || stored instanceof Float64Array;
  const lowest = modality === 'CT' ? LOWEST_HU : -Infinity;
  const slice = new Float64Array(mi * mj);

  for (let block = 0; block < mk; block++) {
    slice.fill(0);
    const end = Math.min(nk, (block + 1) * fk);
    for (let k = block * fk; k < end; k++) {
      const { slope, intercept } = rescaleOf(volume, k);
      const air = slope * airOf(volume, k) + intercept;
      const low = padding ? padding.low : Infinity;
      const high = padding ? padding.high : -Infinity;
      for (let j = 0; j < nj; j++) {
        let v = ni * (j + nj * k);
        const row = mi * Math.floor(j / fj);
        for (let i = 0; i < mi; i++) {
          const stop = Math.min(ni - i * fi, fi) + v;
          let sum = 0;
          for (; v < stop; v++) {
            const raw = stored[v] as number;
            const value = slope * raw + intercept;
            if ((raw >= low && raw <= high) || (floats && !Number.isFinite(raw))) sum += air;
            else sum += value < lowest ? lowest : value;
          }
          slice[row + i] = (slice[row + i] as number) + sum;
        }
      }
    }
    const first = block * mi * mj;
    for (let j = 0; j < mj; j++) {
      const rows = Math.min(fj, nj - j * fj) * (end - block * fk);
      for (let i = 0; i < mi; i++) {
        const count = rows * Math.min(fi, ni - i * fi);
        values[first + mi * j + i] = (slice[mi * j + i] as number) / count;
      }
    }
  }

  const { affine } = grid;
  return {
    values,
    grid: {
      size: [mi, mj, mk],
      affine: affineFromColumns(
        scale(axisStep(affine, 0), fi),
        scale(axisStep(affine, 1), fj),
        scale(axisStep(affine, 2), fk),
        indexToLps(affine, [(fi - 1) / 2, (fj - 1) / 2, (fk - 1) / 2]),
      ),
    },
  };
}
