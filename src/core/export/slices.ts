/** The runs of a delta, slice by slice: what one instance of a series gets. */
import { assert } from '../errors.ts';
import type { Delta } from '../volume/delta.ts';
import type { StoredArray } from '../volume/volume.ts';

export interface SliceChange {
  /** Pairs (start, length) of pixels within the slice (index = i + columns · j). */
  readonly runs: readonly number[];
  /** New stored values of these runs, one after the other. */
  readonly values: StoredArray;
}

/** The changes of each slice k; null where a slice stays as it is. */
export function changesBySlice({ grid, runs, values }: Delta): readonly (SliceChange | null)[] {
  const perSlice = grid.size[0] * grid.size[1];
  const slices = Array.from({ length: grid.size[2] }, () => ({
    runs: [] as number[],
    first: 0,
    count: 0,
  }));
  let used = 0;
  for (let r = 0; r < runs.length; r += 2) {
    let start = runs[r] as number;
    let length = runs[r + 1] as number;
    while (length > 0) {
      const k = Math.floor(start / perSlice);
      const within = start - k * perSlice;
      const here = Math.min(length, perSlice - within);
      const slice = slices[k];
      assert(slice, 'a delta lies within its volume');
      if (slice.count === 0) slice.first = used;
      assert(slice.first + slice.count === used, 'the runs of a delta ascend');
      slice.runs.push(within, here);
      slice.count += here;
      start += here;
      length -= here;
      used += here;
    }
  }
  assert(used === values.length, 'a delta has one value for each voxel of its runs');
  return slices.map(({ runs: own, first, count }) =>
    count === 0 ? null : { runs: own, values: values.subarray(first, first + count) },
  );
}

/** A copy of a slice's stored values with the change made. */
export function withChange(stored: StoredArray, { runs, values }: SliceChange): StoredArray {
  const changed = stored.slice();
  let used = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const length = runs[r + 1] as number;
    changed.set(values.subarray(used, used + length), runs[r]);
    used += length;
  }
  return changed;
}
