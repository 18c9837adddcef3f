/** Transfer syntaxes (PS3.5 §10 and annex A; PS3.6 annex A). */

/** How the elements of a data set are written. */
export interface Syntax {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const EXPLICIT_BIG_ENDIAN = '1.2.840.10008.1.2.2';
export const DEFLATED = '1.2.840.10008.1.2.1.99';
const RLE_LOSSLESS = '1.2.840.10008.1.2.5';
/** Plain little endian words, in fragments. */
const ENCAPSULATED_UNCOMPRESSED = '1.2.840.10008.1.2.1.98';
/** GE's own: implicit little endian with big endian pixels. */
export const GE_PRIVATE = '1.2.840.113619.5.2';

const NATIVE: ReadonlySet<string> = new Set([
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  DEFLATED,
  GE_PRIVATE,
]);

/** What the FrameDecoder port can decode: see src/adapters/codecs. */
const DECODABLE: ReadonlySet<string> = new Set([
  RLE_LOSSLESS,
  ENCAPSULATED_UNCOMPRESSED,
  '1.2.840.10008.1.2.4.50', // JPEG baseline
  '1.2.840.10008.1.2.4.51', // JPEG extended: of 8 bits
  '1.2.840.10008.1.2.4.57', // JPEG lossless, process 14
  '1.2.840.10008.1.2.4.70', // JPEG lossless, selection value 1
  '1.2.840.10008.1.2.4.80', // JPEG-LS lossless
  '1.2.840.10008.1.2.4.81', // JPEG-LS near-lossless
  '1.2.840.10008.1.2.4.90', // JPEG 2000 lossless
  '1.2.840.10008.1.2.4.91', // JPEG 2000
  '1.2.840.10008.1.2.4.201', // HTJ2K lossless
  '1.2.840.10008.1.2.4.202', // HTJ2K lossless, RPCL
  '1.2.840.10008.1.2.4.203', // HTJ2K
]);

/** Near-lossless, JPEG 2000 (either), JPEG baseline and extended, HTJ2K (either). */
const MAY_BE_LOSSY = /^1\.2\.840\.10008\.1\.2\.4\.(50|51|81|91|203)$/;

export function syntaxOf(uid: string): Syntax {
  return {
    explicit: uid !== IMPLICIT_LITTLE_ENDIAN && uid !== GE_PRIVATE,
    littleEndian: uid !== EXPLICIT_BIG_ENDIAN,
  };
}

/** Pixels as plain words, not compressed. */
export function isNative(uid: string): boolean {
  return NATIVE.has(uid);
}

/** Whether we read pixels of this syntax, natively or through a decoder. */
export function isReadable(uid: string): boolean {
  return NATIVE.has(uid) || DECODABLE.has(uid);
}

/** JPEG baseline and extended: their decoder gives 8 bits. */
export function isJpegOf8Bits(uid: string): boolean {
  return /^1\.2\.840\.10008\.1\.2\.4\.(50|51)$/.test(uid);
}

/**
 * In which order the bytes of uncompressed pixels lie. `pairs`: pixels of one byte in words
 * (OW) whose bytes are swapped (PS3.5 §8.1, annex A.3; GE's own syntax swaps the pixels alone).
 */
export type PixelOrder = 'little' | 'big' | 'pairs';

/** @param vr of PixelData; null where the syntax has none: it is OW then */
export function pixelOrder(uid: string, bitsAllocated: number, vr: string | null): PixelOrder {
  if (uid !== EXPLICIT_BIG_ENDIAN && uid !== GE_PRIVATE) return 'little';
  if (bitsAllocated > 8) return 'big';
  return vr === 'OB' ? 'little' : 'pairs';
}

export function mayBeLossy(uid: string): boolean {
  return MAY_BE_LOSSY.test(uid);
}
