/**
 * What a method changed: runs of voxels and their new stored values. Everything
 * outside the runs is untouched by construction, and export starts from the source
 * bytes and overwrites the runs.
 */
import type { Grid } from '../geometry/grid.ts';
import type { StoredArray } from './volume.ts';

export interface Delta {
  readonly grid: Grid;
  /** Pairs (start, length) of flat voxel indices, ascending, not touching slice borders twice. */
  readonly runs: Uint32Array;
  /** New stored values of all runs, one after the other; same array type as the volume's. */
  readonly values: StoredArray;
}

/** A copy of the stored values with the delta written into it. */
export function applyDelta<T extends StoredArray>(stored: T, { runs, values }: Delta): T {
  const result = stored.slice() as T;
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r] as number;
    const length = runs[r + 1] as number;
    result.set(values.subarray(at, at + length), start);
    at += length;
  }
  return result;
}
