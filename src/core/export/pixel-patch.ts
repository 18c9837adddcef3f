/**
 * New stored values in the bytes of one native frame (PS3.5 §8.1.1, PS3.3 C.7.6.3.1):
 * only the bits that hold the value change, and only in the voxels of the runs.
 */
import { assert } from '../errors.ts';
import type { Element, Part10File } from '../dicom/element.ts';
import type { StoredArray } from '../volume/volume.ts';
import { find } from '../deidentify/element-value.ts';
import type { SliceChange } from './slices.ts';

export interface FrameLayout {
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: 8 | 16 | 32;
  readonly bitsStored: number;
  readonly highBit: number;
  /** PixelRepresentation 1. */
  readonly signed: boolean;
  readonly littleEndian: boolean;
}

/** How the pixels of an instance lie in its bytes. */
export function layoutOf(file: Part10File): FrameLayout {
  const number = (tag: number): number => unsignedShort(file, find(file.dataSet, tag));
  const bitsAllocated = number(0x00280100);
  assert(
    bitsAllocated === 8 || bitsAllocated === 16 || bitsAllocated === 32,
    'pixels are 8, 16 or 32 bits',
  );
  return {
    rows: number(0x00280010),
    columns: number(0x00280011),
    bitsAllocated,
    bitsStored: number(0x00280101),
    highBit: number(0x00280102),
    signed: number(0x00280103) === 1,
    littleEndian: file.encoding.littleEndian,
  };
}

/** Bytes of one frame, without the pad byte of an odd length. */
export function frameBytes({ rows, columns, bitsAllocated }: FrameLayout): number {
  return rows * columns * (bitsAllocated / 8);
}

function unsignedShort(file: Part10File, element: Element | undefined): number {
  assert(element && element.dataEnd - element.dataStart >= 2, 'the pixel description is complete');
  const [first, second] = [file.bytes[element.dataStart], file.bytes[element.dataStart + 1]] as [
    number,
    number,
  ];
  return file.encoding.littleEndian ? first + 256 * second : 256 * first + second;
}

/** Reads and writes whole samples (all allocated bits) as unsigned numbers. */
export interface Samples {
  readonly length: number;
  get(n: number): number;
  set(n: number, sample: number): void;
}

export function samplesOf(bytes: Uint8Array<ArrayBuffer>, layout: FrameLayout): Samples {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { bitsAllocated, littleEndian } = layout;
  const length = layout.rows * layout.columns;
  if (bitsAllocated === 8) {
    // OW in big endian turns the bytes of each word round (PS3.5 §8.1.2).
    const flip = littleEndian ? 0 : 1;
    return {
      length,
      get: (n) => view.getUint8(n ^ flip),
      set: (n, sample) => {
        view.setUint8(n ^ flip, sample);
      },
    };
  }
  if (bitsAllocated === 16) {
    return {
      length,
      get: (n) => view.getUint16(2 * n, littleEndian),
      set: (n, sample) => {
        view.setUint16(2 * n, sample, littleEndian);
      },
    };
  }
  return {
    length,
    get: (n) => view.getUint32(4 * n, littleEndian),
    set: (n, sample) => {
      view.setUint32(4 * n, sample, littleEndian);
    },
  };
}

/** The bits of a sample that hold the stored value. */
export function valueBits({ bitsStored, highBit }: FrameLayout): number {
  return ((2 ** bitsStored - 1) * 2 ** (highBit + 1 - bitsStored)) >>> 0;
}

/** The stored value in a sample (two's complement where signed). */
export function storedValue(sample: number, layout: FrameLayout): number {
  const { bitsStored, highBit, signed } = layout;
  const value = Math.floor((sample & valueBits(layout)) >>> 0) / 2 ** (highBit + 1 - bitsStored);
  return signed && value >= 2 ** (bitsStored - 1) ? value - 2 ** bitsStored : value;
}

/**
 * Writes the changes of a slice into the bytes of its native frame, in place.
 *
 * Bits above HighBit stay, or follow the sign where the file extends it everywhere; with
 * `clearHighBits` they become 0 in the whole frame (an old-style overlay lay in them).
 */
export function patchFrame(
  bytes: Uint8Array<ArrayBuffer>,
  layout: FrameLayout,
  change: SliceChange,
  { clearHighBits }: { readonly clearHighBits: boolean },
): void {
  const samples = samplesOf(bytes, layout);
  const mask = valueBits(layout);
  const shift = 2 ** (layout.highBit + 1 - layout.bitsStored);
  const extension = layout.signed && !clearHighBits && extendsSign(samples, layout);
  const low = layout.signed ? -(2 ** (layout.bitsStored - 1)) : 0;
  const high = low + 2 ** layout.bitsStored - 1;
  const { runs, values } = change;
  const above = aboveHighBit(layout);
  for (let r = 0; r < runs.length; r += 3) {
    const start = runs[r] as number;
    const length = runs[r + 1] as number;
    const from = runs[r + 2] as number;
    assert(start + length <= samples.length, 'a run lies within its slice');
    for (let n = 0; n < length; n++) {
      const value = values[from + n] as number;
      assert(value >= low && value <= high, 'a new value fits the bits of the file');
      const bits = ((value * shift) & mask) >>> 0;
      let rest = (samples.get(start + n) & ~mask) >>> 0;
      if (extension) rest = value < 0 ? (rest | above) >>> 0 : (rest & ~above) >>> 0;
      samples.set(start + n, (bits | rest) >>> 0);
    }
  }
  if (clearHighBits) clearBits(samples, mask);
}

/** Clears whatever is not part of a stored value (overlays in unused bits). */
export function clearBits(samples: Samples, mask: number): void {
  for (let n = 0; n < samples.length; n++) samples.set(n, (samples.get(n) & mask) >>> 0);
}

function aboveHighBit({ bitsAllocated, highBit }: FrameLayout): number {
  return (2 ** bitsAllocated - 2 ** (highBit + 1)) >>> 0;
}

function extendsSign(samples: Samples, layout: FrameLayout): boolean {
  const above = aboveHighBit(layout);
  if (above === 0) return false;
  const sign = 2 ** layout.highBit;
  for (let n = 0; n < samples.length; n++) {
    const sample = samples.get(n);
    const negative = Math.floor(sample / sign) % 2 === 1;
    if ((sample & above) >>> 0 !== (negative ? above : 0)) return false;
  }
  return true;
}

/** One frame of stored values as native bytes, little endian, bits above the value like its sign. */
export function encodeFrame(stored: StoredArray, layout: FrameLayout): Uint8Array<ArrayBuffer> {
  const length = frameBytes(layout);
  const bytes = new Uint8Array(length + (length % 2));
  const native = { ...layout, littleEndian: true };
  const samples = samplesOf(bytes, native);
  assert(stored.length === samples.length, 'a decoded frame has rows × columns values');
  const shift = 2 ** (layout.highBit + 1 - layout.bitsStored);
  const all = 2 ** layout.bitsAllocated;
  for (let n = 0; n < samples.length; n++) {
    const bits = (stored[n] as number) * shift;
    samples.set(n, bits < 0 ? bits + all : bits);
  }
  return bytes;
}

/** The stored values of a native frame. */
export function storedValues(
  bytes: Uint8Array<ArrayBuffer>,
  layout: FrameLayout,
): Int32Array | Float64Array {
  const samples = samplesOf(bytes, layout);
  const wide = layout.bitsAllocated === 32 && !layout.signed;
  const stored = wide ? new Float64Array(samples.length) : new Int32Array(samples.length);
  for (let n = 0; n < samples.length; n++) stored[n] = storedValue(samples.get(n), layout);
  return stored;
}
