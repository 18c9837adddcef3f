/** The runs of a delta, slice by slice: what one instance of a series gets. */
import { assert } from '../errors.ts';
import type { Delta } from '../volume/delta.ts';
import type { StoredArray } from '../volume/volume.ts';

export interface SliceChange {
  /** Triples (start within the slice, length, start within `values`). */
  readonly runs: readonly number[];
  /** New stored values of the whole delta. */
  readonly values: StoredArray;
}

/** The changes of each slice k; null where a slice stays as it is. */
export function changesBySlice({ grid, runs, values }: Delta): readonly (SliceChange | null)[] {
  const perSlice = grid.size[0] * grid.size[1];
  const slices: (number[] | null)[] = Array.from({ length: grid.size[2] }, () => null);
  let used = 0;
  for (let r = 0; r < runs.length; r += 2) {
    let start = runs[r] as number;
    let length = runs[r + 1] as number;
    while (length > 0) {
      const k = Math.floor(start / perSlice);
      const within = start - k * perSlice;
      const here = Math.min(length, perSlice - within);
      assert(k < slices.length, 'a delta lies within its volume');
      const list = (slices[k] ??= []);
      list.push(within, here, used);
      start += here;
      length -= here;
      used += here;
    }
  }
  assert(used === values.length, 'a delta has one value for each voxel of its runs');
  return slices.map((list) => (list ? { runs: list, values } : null));
}
