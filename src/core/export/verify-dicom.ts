/** A written instance held against its source, voxel by voxel (design.md §8, check 1). */
import { find } from '../deidentify/element-value.ts';
import { assert } from '../errors.ts';
import type { Part10File } from '../dicom/element.ts';
import { framesOfFile, type DecodeFrame } from '../dicom/pixel-data.ts';
import { storedArray } from '../dicom/stored-values.ts';
import type { StoredArray } from '../volume/volume.ts';
import { pixelFormatOf } from './pixel-format.ts';
import { withChange, type SliceChange } from './slices.ts';

const PIXEL_DATA = 0x7fe00010;

/** The stored values of all frames of a file, one after the other, decoded where compressed. */
export async function storedOf(file: Part10File, decode: DecodeFrame): Promise<StoredArray> {
  const format = pixelFormatOf(file);
  const read = framesOfFile(file, format, decode);
  if (format.frames === 1) return read(0);
  const perFrame = format.rows * format.columns;
  const whole = storedArray(format, perFrame * format.frames);
  for (let frame = 0; frame < format.frames; frame++) {
    whole.set(await read(frame), frame * perFrame);
  }
  return whole;
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
 * @param region of the file's pixels: 1 where the result may differ
 */
export function compareVoxels(
  source: StoredArray,
  written: StoredArray,
  change: SliceChange | null,
  region: Uint8Array,
): VoxelDifferences {
  assert(
    source.length === written.length && source.length === region.length,
    'pixels keep their number',
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
