/**
 * New stored values in the words of pixel data (PS3.3 C.7.6.3.1, PS3.5 §8.1.1): only the
 * bits that hold the value change, and only in pixels that change.
 */
import { assert } from '../errors.ts';
import type { StoredArray } from '../volume/volume.ts';
import type { PixelFormat } from '../dicom/header.ts';
import type { SliceChange } from './slices.ts';

/**
 * A copy of uncompressed pixel data with the values of some pixels replaced. Bits above
 * HighBit follow the sign where they do so in the whole frame, and stay as they are
 * elsewhere; all other pixels keep their bytes.
 */
export function patchFrame(
  bytes: Uint8Array,
  format: PixelFormat,
  littleEndian: boolean,
  { runs, values }: SliceChange,
): Uint8Array<ArrayBuffer> {
  const patched = new Uint8Array(bytes);
  const words = wordAccess(patched, format, littleEndian);
  const extend = format.signed && isSignExtended(words, format);
  let used = 0;
  for (let n = 0; n < runs.length; n += 2) {
    const start = runs[n] as number;
    const length = runs[n + 1] as number;
    assert(start + length <= format.rows * format.columns, 'runs lie inside the frame');
    writeRun(words, format, { start, values: values.subarray(used, used + length), extend });
    used += length;
  }
  assert(used === values.length, 'every new value has its pixel');
  return patched;
}

/** Uncompressed little endian pixel data of one frame; of even length (PS3.5 §8.1.1). */
export function wordsFromValues(values: StoredArray, format: PixelFormat): Uint8Array<ArrayBuffer> {
  assert(values.length === format.rows * format.columns, 'a frame has rows × columns values');
  const length = (values.length * format.bitsAllocated) / 8;
  const bytes = new Uint8Array(length + (length % 2));
  writeRun(wordAccess(bytes, format, true), format, { start: 0, values, extend: true });
  return bytes;
}

/**
 * A copy with all bits zeroed that are no part of a stored value: where an old overlay
 * lay that was removed. The values stay as they are.
 */
export function clearUnusedBits(
  bytes: Uint8Array,
  format: PixelFormat,
  littleEndian: boolean,
): Uint8Array<ArrayBuffer> {
  const cleared = new Uint8Array(bytes);
  const words = wordAccess(cleared, format, littleEndian);
  const above = 2 ** (format.highBit + 1);
  const below = 2 ** (format.highBit + 1 - format.bitsStored);
  const count = format.rows * format.columns;
  for (let n = 0; n < count; n++) {
    const word = words.get(n) % above;
    words.set(n, word - (word % below));
  }
  return cleared;
}

/** Whole words (BitsAllocated) as unsigned numbers. */
interface WordAccess {
  readonly get: (pixel: number) => number;
  readonly set: (pixel: number, word: number) => void;
}

function wordAccess(
  bytes: Uint8Array,
  { bitsAllocated }: PixelFormat,
  littleEndian: boolean,
): WordAccess {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (bitsAllocated) {
    case 8:
      return {
        get: (n) => view.getUint8(n),
        set: (n, word) => {
          view.setUint8(n, word);
        },
      };
    case 16:
      return {
        get: (n) => view.getUint16(2 * n, littleEndian),
        set: (n, word) => {
          view.setUint16(2 * n, word, littleEndian);
        },
      };
    default:
      return {
        get: (n) => view.getUint32(4 * n, littleEndian),
        set: (n, word) => {
          view.setUint32(4 * n, word, littleEndian);
        },
      };
  }
}

interface Run {
  readonly start: number;
  readonly values: StoredArray;
  /** Repeat the sign above HighBit; else those bits stay. */
  readonly extend: boolean;
}

/** With powers of two instead of shifts: 32-bit words do not fit JavaScript's signed shifts. */
function writeRun(words: WordAccess, format: PixelFormat, { start, values, extend }: Run): void {
  const { bitsAllocated, bitsStored, highBit } = format;
  const below = 2 ** (highBit + 1 - bitsStored);
  const span = 2 ** bitsStored;
  const above = 2 ** (highBit + 1);
  const extension = 2 ** bitsAllocated - above;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    const bits = value < 0 ? value + span : value;
    assert(bits >= 0 && bits < span, 'a new value fits the bits it has');
    const old = words.get(start + n);
    const high = extend ? (value < 0 ? extension : 0) : old - (old % above);
    words.set(start + n, high + bits * below + (old % below));
  }
}

function isSignExtended(
  words: WordAccess,
  { rows, columns, bitsAllocated, highBit }: PixelFormat,
): boolean {
  const above = 2 ** (highBit + 1);
  const sign = 2 ** highBit;
  const extension = 2 ** bitsAllocated - above;
  const count = rows * columns;
  for (let n = 0; n < count; n++) {
    const word = words.get(n);
    const value = word % above;
    if (word - value !== (value >= sign ? extension : 0)) return false;
  }
  return true;
}
