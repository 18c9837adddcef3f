/** A written instance held against its source, voxel by voxel (design.md §8, check 1). */
import { find } from '../deidentify/element-value.ts';
import { assert } from '../errors.ts';
import type { Part10File } from '../dicom/element.ts';
import { storedValuesOf, type DecodeFrame } from '../dicom/pixel-data.ts';
import type { StoredArray } from '../volume/volume.ts';
import { pixelFormatOf } from './pixel-format.ts';
import { withChange, type SliceChange } from './slices.ts';

const PIXEL_DATA = 0x7fe00010;

/** The stored values of an instance with one frame, decoded where it is compressed. */
export function storedOf(file: Part10File, decode: DecodeFrame): Promise<StoredArray> {
  return storedValuesOf(file, pixelFormatOf(file), decode);
}

/** Whether two files hold the same pixel bytes in the same encoding. */
export function samePixelBytes(a: Part10File, b: Part10File): boolean {
  const [one, two] = [find(a.dataSet, PIXEL_DATA), find(b.dataSet, PIXEL_DATA)];
  if (!one || !two || a.transferSyntaxUID !== b.transferSyntaxUID) return false;
  const length = one.end - one.dataStart;
  if (two.end - two.dataStart !== length) return false;
  for (let n = 0; n < length; n++) {
    if (a.bytes[one.dataStart + n] !== b.bytes[two.dataStart + n]) return false;
  }
  return true;
}

export interface VoxelDifferences {
  /** Voxels outside the region that are not what they were. */
  readonly outside: number;
  /** Voxels of the change that are not what they should be. */
  readonly wrong: number;
}

/**
 * Counts where `written` differs from `source` with the change made.
 *
 * @param region of this slice: 1 where the result may differ
 */
export function compareVoxels(
  source: StoredArray,
  written: StoredArray,
  change: SliceChange | null,
  region: Uint8Array,
): VoxelDifferences {
  assert(
    source.length === written.length && source.length === region.length,
    'a slice keeps its size',
  );
  const expected = change ? withChange(source, change) : source;
  let outside = 0;
  let wrong = 0;
  for (let v = 0; v < source.length; v++) {
    const value = written[v] as number;
    const inside = region[v] !== 0;
    const wanted = (inside ? expected[v] : source[v]) as number;
    // NaN, which is in some NIfTI of floats, is not equal to itself.
    if (value === wanted || (Number.isNaN(value) && Number.isNaN(wanted))) continue;
    if (inside) wrong++;
    else outside++;
  }
  return { outside, wrong };
}
