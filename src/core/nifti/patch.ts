/** A delta put into the voxel bytes of a file, block by block, in each of its volumes. */
import { assert } from '../errors.ts';
import { voxelCount } from '../geometry/grid.ts';
import type { Delta } from '../volume/delta.ts';
import { bytesPerVoxel, MACHINE_IS_LITTLE_ENDIAN, swapBytes } from './datatype.ts';
import type { NiftiHeader } from './header.ts';

/** Changes a block that starts at byte `first` of the voxels; blocks never split a number. */
export type Patch = (block: Uint8Array, first: number) => void;

export function patchOf(header: NiftiHeader, { grid, runs, values }: Delta): Patch {
  const width = bytesPerVoxel(header.type);
  const count = voxelCount(header.grid);
  assert(voxelCount(grid) === count, 'a delta has the grid of its file');
  assert(values.BYTES_PER_ELEMENT === width, 'a delta has the number type of its file');
  const next = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  if (header.littleEndian !== MACHINE_IS_LITTLE_ENDIAN) swapBytes(next, width);
  // Where the values of each run start.
  const offsets = new Uint32Array(runs.length / 2 + 1);
  for (let r = 0; r < runs.length; r += 2) {
    const length = runs[r + 1] as number;
    assert((runs[r] as number) + length <= count, 'a delta lies within its volume');
    offsets[r / 2 + 1] = (offsets[r / 2] as number) + length;
  }
  assert(offsets.at(-1) === values.length, 'a delta has one value for each voxel of its runs');

  /** Within one volume: voxels [from, to) lie in `block` at byte `at`. */
  const patchVolume = (block: Uint8Array, at: number, from: number, to: number): void => {
    for (let n = firstRunEndingAfter(runs, from); 2 * n < runs.length; n++) {
      const start = runs[2 * n] as number;
      if (start >= to) return;
      const low = Math.max(from, start);
      const high = Math.min(to, start + (runs[2 * n + 1] as number));
      const used = (offsets[n] as number) + low - start;
      block.set(
        next.subarray(used * width, (used + high - low) * width),
        at + (low - from) * width,
      );
    }
  };
  return (block, first) => {
    const end = (first + block.length) / width;
    for (let voxel = first / width; voxel < end;) {
      const within = voxel % count;
      const here = Math.min(end - voxel, count - within);
      patchVolume(block, voxel * width - first, within, within + here);
      voxel += here;
    }
  };
}

/** Index of the first run (of pairs start, length) that ends after a voxel. */
function firstRunEndingAfter(runs: Uint32Array, voxel: number): number {
  let [low, high] = [0, runs.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = (runs[2 * middle] as number) + (runs[2 * middle + 1] as number);
    if (end > voxel) high = middle;
    else low = middle + 1;
  }
  return low;
}
