/** A written instance held against its source, voxel by voxel (design.md §8, check 1). */
import { find } from '../deidentify/element-value.ts';
import { assert } from '../errors.ts';
import type { Element, Part10File } from '../dicom/element.ts';
import type { EncodedFrame } from '../dicom/encoded-frame.ts';
import type { StoredArray } from '../volume/volume.ts';
import { frameBytes, layoutOf, storedValues } from './pixel-patch.ts';
import type { SliceChange } from './slices.ts';

const PIXEL_DATA = 0x7fe00010;

export type Decode = (frame: EncodedFrame) => Promise<StoredArray>;

/** The stored values of an instance with one frame, decoded where it is compressed. */
export async function storedOf(file: Part10File, decode: Decode): Promise<StoredArray> {
  const pixels = find(file.dataSet, PIXEL_DATA);
  assert(pixels, 'an instance of a scan has pixels');
  const layout = layoutOf(file);
  if (!pixels.fragments) {
    const bytes = file.bytes.subarray(pixels.dataStart, pixels.dataEnd);
    assert(bytes.length >= frameBytes(layout), 'the pixels of a scan are complete');
    return storedValues(bytes, layout);
  }
  const { rows, columns, bitsAllocated, bitsStored, signed } = layout;
  return decode({
    transferSyntaxUID: file.transferSyntaxUID,
    bytes: frameOf(file, pixels),
    rows,
    columns,
    bitsAllocated,
    bitsStored,
    signed,
  });
}

/** All fragments behind the Basic Offset Table: there is one frame (PS3.5 §A.4). */
export function frameOf(file: Part10File, pixels: Element): Uint8Array<ArrayBuffer> {
  const fragments = (pixels.fragments ?? []).slice(1);
  const bytes = new Uint8Array(fragments.reduce((sum, { start, end }) => sum + end - start, 0));
  let offset = 0;
  for (const { start, end } of fragments) {
    bytes.set(file.bytes.subarray(start, end), offset);
    offset += end - start;
  }
  return bytes;
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
  let outside = 0;
  let wrong = 0;
  for (let v = 0; v < source.length; v++) {
    if (region[v] === 0 && !same(source[v] as number, written[v] as number)) outside++;
  }
  const expected = source.slice();
  if (change) {
    const { runs, values } = change;
    for (let r = 0; r < runs.length; r += 3) {
      const start = runs[r] as number;
      const length = runs[r + 1] as number;
      const from = runs[r + 2] as number;
      for (let n = 0; n < length; n++) expected[start + n] = values[from + n] as number;
    }
  }
  for (let v = 0; v < source.length; v++) {
    if (region[v] !== 0 && !same(expected[v] as number, written[v] as number)) wrong++;
  }
  return { outside, wrong };
}

/** Equal numbers, or both NaN (NIfTI of floats). */
function same(a: number, b: number): boolean {
  return a === b || (a !== a && b !== b);
}
