/**
 * From words of pixel data to stored values (PS3.3 C.7.6.3.1, PS3.5 §8.1.1).
 *
 * A word of BitsAllocated holds the value in BitsStored bits below HighBit; the bits
 * above may repeat the sign, hold an old overlay, or be anything. The way back is in
 * patch-frame.ts.
 */
import { EffaceError } from '../errors.ts';
import type { MakeMemory, StoredArray } from '../volume/volume.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import type { PixelFormat } from './header.ts';

/** Smallest and largest stored value of a format. */
export function storedRange({ bitsStored, signed }: PixelFormat): readonly [number, number] {
  return signed ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1];
}

/** Bytes of one uncompressed frame, without the pad byte of an odd length. */
export function frameBytes({
  rows,
  columns,
  bitsAllocated,
}: Pick<PixelFormat, 'rows' | 'columns' | 'bitsAllocated'>): number {
  return rows * columns * (bitsAllocated / 8);
}

/** An array of the format's own type, in memory that `memory` makes (bytes). */
export function storedArray(
  { bitsAllocated, signed }: Pick<PixelFormat, 'bitsAllocated' | 'signed'>,
  length: number,
  memory: MakeMemory = (bytes) => new ArrayBuffer(bytes),
): StoredArray {
  switch (bitsAllocated) {
    case 8:
      return signed ? new Int8Array(memory(length)) : new Uint8Array(memory(length));
    case 16:
      return signed ? new Int16Array(memory(2 * length)) : new Uint16Array(memory(2 * length));
    default:
      return signed ? new Int32Array(memory(4 * length)) : new Uint32Array(memory(4 * length));
  }
}

/**
 * Stored values of one frame of uncompressed pixel data.
 *
 * @throws EffaceError `dicom/truncated-pixel-data`
 */
export function valuesFromWords(
  bytes: Uint8Array,
  format: PixelFormat,
  littleEndian: boolean,
): StoredArray {
  const values = storedArray(format, format.rows * format.columns);
  wordsInto(values, bytes, format, littleEndian);
  return values;
}

/** The same into an array of the format's type, such as a slice of a volume. */
export function wordsInto(
  values: StoredArray,
  bytes: Uint8Array,
  format: PixelFormat,
  littleEndian: boolean,
): void {
  const size = format.bitsAllocated / 8;
  const expected = frameBytes(format);
  if (bytes.length < expected) {
    throw new EffaceError('dicom/truncated-pixel-data', { bytes: bytes.length, expected });
  }
  const isReady = littleEndian && bytes.byteOffset % size === 0;
  // A copy where bytes must be swapped, or where typed arrays do not reach (odd offsets).
  const own = isReady ? bytes : Uint8Array.from(bytes.subarray(0, expected));
  if (!littleEndian) swapWords(own, size);
  narrow(wordsOf(own.buffer, size, own.byteOffset, values.length), values, format);
}

/** A copy with the bytes of every pair swapped; a last byte alone stays where it is. */
export function swappedPairs(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const swapped = Uint8Array.from(bytes);
  swapWords(swapped, 2);
  return swapped;
}

/**
 * What a decoder gave, as the data set describes it: the low BitsStored bits with the
 * sign of PixelRepresentation, whatever the code stream says of its sign.
 */
export function valuesFromDecoded(
  decoded: StoredArray,
  frame: Pick<EncodedFrame, 'bitsAllocated' | 'bitsStored' | 'signed'>,
): StoredArray {
  const values = storedArray(frame, decoded.length);
  values.set(decoded);
  const words = wordsOf(values.buffer, values.BYTES_PER_ELEMENT, 0, values.length);
  narrow(words, values, { ...frame, highBit: frame.bitsStored - 1 });
  return values;
}

type Bits = Pick<PixelFormat, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'signed'>;
type Words = Uint8Array | Uint16Array | Uint32Array;

function wordsOf(buffer: ArrayBufferLike, size: number, offset: number, length: number): Words {
  if (size === 1) return new Uint8Array(buffer, offset, length);
  return size === 2
    ? new Uint16Array(buffer, offset, length)
    : new Uint32Array(buffer, offset, length);
}

/** A view of the target's own type: only then is copying it a plain copy. */
function signedWords(
  buffer: ArrayBufferLike,
  size: number,
  offset: number,
  length: number,
): StoredArray {
  if (size === 1) return new Int8Array(buffer, offset, length);
  return size === 2
    ? new Int16Array(buffer, offset, length)
    : new Int32Array(buffer, offset, length);
}

/** The value's bits of every word, as the format's type. */
function narrow(words: Words, values: StoredArray, format: Bits): void {
  const { bitsAllocated, bitsStored, highBit, signed } = format;
  if (bitsStored === bitsAllocated) {
    const { buffer, byteOffset, length } = words;
    values.set(signed ? signedWords(buffer, words.BYTES_PER_ELEMENT, byteOffset, length) : words);
    return;
  }
  if (!signed && highBit === bitsStored - 1 && words instanceof Uint16Array) {
    values.set(words);
    maskPairs(values, (1 << bitsStored) - 1);
    return;
  }
  const down = highBit + 1 - bitsStored;
  const unused = 32 - bitsStored;
  const count = values.length;
  if (signed) {
    for (let n = 0; n < count; n++) {
      values[n] = (((words[n] as number) >>> down) << unused) >> unused;
    }
  } else {
    for (let n = 0; n < count; n++) {
      values[n] = (((words[n] as number) >>> down) << unused) >>> unused;
    }
  }
}

/** Keeps the masked bits of 16-bit values, two at a time: the usual CT has a hundred million of them. */
function maskPairs(values: StoredArray, mask: number): void {
  const { buffer, byteOffset, length } = values;
  const skipped = byteOffset % 4 === 0 ? 0 : 1;
  const pairs = new Uint32Array(buffer, byteOffset + 2 * skipped, (length - skipped) >> 1);
  const both = (mask | (mask << 16)) >>> 0;
  for (let n = 0; n < pairs.length; n++) pairs[n] = (pairs[n] as number) & both;
  if (skipped) values[0] = (values[0] as number) & mask;
  if ((length - skipped) % 2) values[length - 1] = (values[length - 1] as number) & mask;
}

function swapWords(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
