/** What every method shares: a delta over the region, and values as this very file stores them. */
import { EffaceError } from '../errors.ts';
import { affineOf, indexToLps } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import type { Delta } from '../volume/delta.ts';
import { rescaleOf, type Mask, type StoredArray, type Volume } from '../volume/volume.ts';

/** The stored value of a voxel: its flat index, and its column and row in the slice. */
export type StoredAt = (v: number, i: number, j: number) => number;

/**
 * @param valuesOf makes what the voxels of slice k become; asked for slices of the region only
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export async function writeRegion(
  volume: Volume,
  region: Mask,
  valuesOf: (k: number) => StoredAt,
  { signal }: JobOptions = {},
): Promise<Delta> {
  const [ni, nj, nk] = volume.grid.size;
  const perSlice = ni * nj;
  const checkpoint = createCheckpoint(signal);
  const runs: number[] = [];
  let total = 0;
  for (let k = 0; k < nk; k++) {
    const end = (k + 1) * perSlice;
    for (let v = k * perSlice; v < end; v++) {
      if (!region.voxels[v]) continue;
      const start = v;
      while (v < end && region.voxels[v]) v++;
      runs.push(start, v - start);
      total += v - start;
    }
    await checkpoint();
  }

  const values = allocateLike(volume, total);
  let [at, slice] = [0, -1];
  let value: StoredAt = () => 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r] as number;
    const k = Math.floor(start / perSlice);
    if (k !== slice) {
      await checkpoint();
      [slice, value] = [k, valuesOf(k)];
    }
    let i = start % ni;
    let j = Math.floor(start / ni) % nj;
    for (let v = start; v < start + (runs[r + 1] as number); v++) {
      values[at++] = value(v, i, j);
      if (++i === ni) [i, j] = [0, j + 1];
    }
  }
  return { grid: volume.grid, runs: Uint32Array.from(runs), values };
}

/**
 * Takes modality values of slice k to stored ones: rounded where the file holds whole numbers,
 * within the values that the file has (its bits are no wider), and never the padding value.
 */
export function storing(volume: Volume): (k: number) => (value: number) => number {
  const { stored, padding } = volume;
  const isFloat = stored instanceof Float32Array || stored instanceof Float64Array;
  const { low, high } = rangeOf(stored, padding);
  const beside = padding && (padding.high + 1 <= high ? padding.high + 1 : padding.low - 1);
  return (k) => {
    const { slope, intercept } = rescaleOf(volume, k);
    return (value) => {
      const exact = (value - intercept) / slope;
      const kept = Math.min(high, Math.max(low, isFloat ? exact : Math.round(exact)));
      return padding && kept >= padding.low && kept <= padding.high ? (beside as number) : kept;
    };
  };
}

function rangeOf(
  stored: StoredArray,
  padding: Volume['padding'],
): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of stored) {
    if (padding && value >= padding.low && value <= padding.high) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

function allocateLike({ stored }: Volume, length: number): Volume['stored'] {
  try {
    return new (stored.constructor as new (n: number) => Volume['stored'])(length);
  } catch (cause) {
    const needed = Math.ceil((length * stored.BYTES_PER_ELEMENT) / 1e6);
    throw new EffaceError('job/memory', { needed }, { cause });
  }
}

/** Slice k alone, where it lies. */
export function sliceGrid({ size, affine }: Grid, k: number): Grid {
  const [x, y, z] = indexToLps(affine, [0, 0, k]);
  const moved = affine.map((value, n) => (n === 3 ? x : n === 7 ? y : n === 11 ? z : value));
  return { size: [size[0], size[1], 1], affine: affineOf(moved) };
}
