/**
 * A volume made coarser by averaging blocks of voxels, so that sampling it on a coarse
 * grid loses no signal and adds no noise. Each voxel is visited once.
 */
import { affineFromColumns, axisStep, indexToLps, scale, spacingOf } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { airOf, rescaleOf, type Volume } from './volume.ts';

/** Lowest HU of CT: scanners write less (−2000, −3024) where there is no image. */
const LOWEST_HU = -1024;
/** No scanner writes such values; sums and differences of them would end in no number. */
const LARGEST = 1e30;

export interface Blocks {
  /** Modality values (HU, or MR's arbitrary units), i fastest. */
  readonly values: Float32Array;
  /** Centres of the blocks. */
  readonly grid: Grid;
}

/**
 * Means of blocks of max(1, floor(spacingMm / native spacing + 0.001)) voxels along each axis,
 * counted from the end that lies right, in front or below, so that a scan gives the same
 * however it is stored. The last incomplete block is the mean of what there is, and keeps
 * its place. Padding and voxels that are no number, or larger than any
 * scanner writes, count as air.
 */
export function averageBlocks(volume: Volume, spacingMm: number): Blocks {
  const { grid, stored, padding, modality } = volume;
  const [i, j, k] = ([0, 1, 2] as const).map((axis) => division(grid, axis, spacingMm)) as [
    Division,
    Division,
    Division,
  ];
  const [ni, nj, nk] = grid.size;
  const values = new Float32Array(i.blocks * j.blocks * k.blocks);
  const floats = stored instanceof Float32Array || stored instanceof Float64Array;
  const lowest = modality === 'CT' ? LOWEST_HU : -Infinity;
  const low = padding ? padding.low : Infinity;
  const high = padding ? padding.high : -Infinity;
  const slice = new Float64Array(i.blocks * j.blocks);

  for (let bk = 0; bk < k.blocks; bk++) {
    slice.fill(0);
    const [start, end] = [startOf(k, bk), Math.min(nk, startOf(k, bk + 1))];
    for (let z = start; z < end; z++) {
      const { slope, intercept } = rescaleOf(volume, z);
      const air = slope * airOf(volume, z) + intercept;
      // The usual case, with two operations a voxel: integers, no padding value.
      const simple = !floats && !padding && slope > 0 && Number.isFinite(2 ** 33 * slope);
      const floor = (lowest - intercept) / slope;
      for (let y = 0; y < nj; y++) {
        const line = ni * (y + nj * z);
        const row = i.blocks * Math.floor((y + j.missing) / j.voxels);
        for (let bi = 0; bi < i.blocks; bi++) {
          const stop = line + Math.min(ni, (bi + 1) * i.voxels - i.missing);
          const first = line + Math.max(0, bi * i.voxels - i.missing);
          let sum = 0;
          if (simple) {
            for (let v = first; v < stop; v++) {
              const raw = stored[v] as number;
              sum += raw < floor ? floor : raw;
            }
            sum = slope * sum + intercept * (stop - first);
          } else {
            for (let v = first; v < stop; v++) {
              const raw = stored[v] as number;
              const value = slope * raw + intercept;
              if ((raw >= low && raw <= high) || !(Math.abs(value) <= LARGEST)) sum += air;
              else sum += value < lowest ? lowest : value;
            }
          }
          slice[row + bi] = (slice[row + bi] as number) + sum;
        }
      }
    }
    let out = bk * slice.length;
    for (let bj = 0; bj < j.blocks; bj++) {
      const rows = (Math.min(nj, startOf(j, bj + 1)) - startOf(j, bj)) * (end - start);
      for (let bi = 0; bi < i.blocks; bi++, out++) {
        const count = rows * (Math.min(ni, startOf(i, bi + 1)) - startOf(i, bi));
        values[out] = (slice[bj * i.blocks + bi] as number) / count;
      }
    }
  }

  const { affine } = grid;
  return {
    values,
    grid: {
      size: [i.blocks, j.blocks, k.blocks],
      affine: affineFromColumns(
        scale(axisStep(affine, 0), i.voxels),
        scale(axisStep(affine, 1), j.voxels),
        scale(axisStep(affine, 2), k.voxels),
        indexToLps(affine, [firstCenter(i), firstCenter(j), firstCenter(k)]),
      ),
    },
  };
}

/** How an axis is cut into blocks. */
interface Division {
  /** Voxels of a block. */
  readonly voxels: number;
  readonly blocks: number;
  /** Voxels that the first block lacks. */
  readonly missing: number;
}

function division({ size, affine }: Grid, axis: 0 | 1 | 2, spacingMm: number): Division {
  const voxels = Math.max(1, Math.floor(spacingMm / spacingOf(affine)[axis] + 0.001));
  const blocks = Math.ceil(size[axis] / voxels);
  const step = axisStep(affine, axis);
  const main = step.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0);
  return { voxels, blocks, missing: main < 0 ? blocks * voxels - size[axis] : 0 };
}

/** First voxel of a block. */
function startOf({ voxels, missing }: Division, block: number): number {
  return Math.max(0, block * voxels - missing);
}

/** Where the first block's centre lies, or would lie were it complete (voxels). */
function firstCenter({ voxels, missing }: Division): number {
  return (voxels - 1) / 2 - missing;
}
