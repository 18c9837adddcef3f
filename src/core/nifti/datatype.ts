/** The number types of NIfTI-1 (nifti1.h, `datatype`) that can hold an image here. */
import { because, type ReasonId } from '../error-reasons.ts';
import type { ErrorDetails } from '../errors.ts';
import type { StoredArray } from '../volume/volume.ts';

export type NiftiType =
  'uint8' | 'int8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64';

const BY_CODE: Readonly<Record<number, NiftiType>> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
};

const UNSUPPORTED: Readonly<Record<number, ReasonId>> = {
  1: 'nifti/bits',
  32: 'nifti/complex',
  128: 'nifti/rgb',
  1024: 'nifti/64-bit',
  1280: 'nifti/64-bit',
  1536: 'nifti/128-bit',
  1792: 'nifti/complex',
  2048: 'nifti/complex',
  2304: 'nifti/rgba',
};

const BYTES: Readonly<Record<NiftiType, number>> = {
  uint8: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
};

/** The type of a `datatype` code, or why it cannot be used. */
export function niftiType(code: number): { type: NiftiType } | { problem: ErrorDetails } {
  const type = BY_CODE[code];
  if (type) return { type };
  const known = UNSUPPORTED[code];
  return { problem: known ? because(known) : because('nifti/unknown-type', { type: code }) };
}

export function bytesPerVoxel(type: NiftiType): number {
  return BYTES[type];
}

/** Lowest and highest value an integer type can hold; null for floating point. */
export function integerRange(type: NiftiType): { low: number; high: number } | null {
  if (type === 'float32' || type === 'float64') return null;
  const bits = 8 * BYTES[type];
  return type.startsWith('u')
    ? { low: 0, high: 2 ** bits - 1 }
    : { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 };
}

/**
 * The numbers in `bytes`, which is taken over: it is turned to this machine's byte
 * order in place, and its memory is that of the result. Its offset in its buffer is a
 * multiple of the number's size.
 */
export function numbersIn(bytes: Uint8Array, type: NiftiType, littleEndian: boolean): StoredArray {
  if (littleEndian !== MACHINE_IS_LITTLE_ENDIAN) swapBytes(bytes, BYTES[type]);
  const { buffer, byteOffset } = bytes;
  const length = Math.floor(bytes.length / BYTES[type]);
  switch (type) {
    case 'uint8':
      return new Uint8Array(buffer, byteOffset, length);
    case 'int8':
      return new Int8Array(buffer, byteOffset, length);
    case 'int16':
      return new Int16Array(buffer, byteOffset, length);
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, length);
    case 'int32':
      return new Int32Array(buffer, byteOffset, length);
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, length);
    case 'float32':
      return new Float32Array(buffer, byteOffset, length);
    case 'float64':
      return new Float64Array(buffer, byteOffset, length);
  }
}

/** Turns the order of the bytes within each number of `width` bytes. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  if (width === 1) return;
  const end = bytes.length - (bytes.length % width);
  for (let start = 0; start < end; start += width) {
    for (let a = start, b = start + width - 1; a < b; a++, b--) {
      const byte = bytes[a] as number;
      bytes[a] = bytes[b] as number;
      bytes[b] = byte;
    }
  }
}

export const MACHINE_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
