/**
 * From words of pixel data to stored values (PS3.3 C.7.6.3.1, PS3.5 §8.1.1).
 *
 * A word of BitsAllocated holds the value in BitsStored bits below HighBit; the bits
 * above may repeat the sign, hold an old overlay, or be anything. The way back is in
 * patch-frame.ts.
 */
import { EffaceError } from '../errors.ts';
import type { StoredArray } from '../volume/volume.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import type { PixelFormat } from './header.ts';

/** Smallest and largest stored value of a format. */
export function storedRange({ bitsStored, signed }: PixelFormat): readonly [number, number] {
  return signed ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1];
}

/** An array of the format's own type. */
export function storedArray(
  { bitsAllocated, signed }: Pick<PixelFormat, 'bitsAllocated' | 'signed'>,
  length: number,
): StoredArray {
  switch (bitsAllocated) {
    case 8:
      return signed ? new Int8Array(length) : new Uint8Array(length);
    case 16:
      return signed ? new Int16Array(length) : new Uint16Array(length);
    default:
      return signed ? new Int32Array(length) : new Uint32Array(length);
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
  const count = format.rows * format.columns;
  const size = format.bitsAllocated / 8;
  if (bytes.length < count * size) {
    throw new EffaceError('dicom/truncated-pixel-data', {
      bytes: bytes.length,
      expected: count * size,
    });
  }
  // A copy of its own: typed arrays need aligned offsets.
  const own = new Uint8Array(count * size);
  own.set(bytes.subarray(0, own.length));
  if (!littleEndian) swapWords(own, size);
  return narrow(wordsOf(own.buffer, size), format);
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
  const words = wordsOf(values.buffer, values.BYTES_PER_ELEMENT);
  return narrow(words, { ...frame, highBit: frame.bitsStored - 1 });
}

type Bits = Pick<PixelFormat, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'signed'>;
type Words = Uint8Array | Uint16Array | Uint32Array;

function wordsOf(buffer: ArrayBufferLike, size: number): Words {
  if (size === 1) return new Uint8Array(buffer);
  return size === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}

/** The value's bits of every word, in place, as the format's type. */
function narrow(words: Words, format: Bits): StoredArray {
  const { bitsAllocated, bitsStored, highBit, signed } = format;
  const down = highBit + 1 - bitsStored;
  const unused = 32 - bitsStored;
  if (bitsStored < bitsAllocated) {
    if (signed) {
      for (let n = 0; n < words.length; n++)
        words[n] = (((words[n] as number) >>> down) << unused) >> unused;
    } else {
      for (let n = 0; n < words.length; n++)
        words[n] = (((words[n] as number) >>> down) << unused) >>> unused;
    }
  }
  if (!signed) return words;
  const { buffer } = words;
  if (bitsAllocated === 8) return new Int8Array(buffer);
  return bitsAllocated === 16 ? new Int16Array(buffer) : new Int32Array(buffer);
}

function swapWords(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
