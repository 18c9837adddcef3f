/**
 * Fills the FrameDecoder port for the compressed transfer syntaxes that are read (see
 * core/dicom/transfer-syntax.ts). Codecs come in on their first use.
 */
import type { FrameDecoder } from '../../app/ports.ts';
import { encodeJpegLossless } from '../../core/dicom/codecs/jpeg-lossless-encode.ts';
import { decodeRle } from '../../core/dicom/codecs/rle.ts';
import { encodeRle } from '../../core/dicom/codecs/rle-encode.ts';
import type { EncodedFrame, FrameFormat } from '../../core/dicom/encoded-frame.ts';
import { isJpegOf8Bits } from '../../core/dicom/transfer-syntax.ts';
import { valuesFromDecoded } from '../../core/dicom/stored-values.ts';
import { EffaceError } from '../../core/errors.ts';
import type { StoredArray } from '../../core/volume/volume.ts';
import { codeStreamSize, hasEnd } from './code-stream.ts';

/** One codec: words of rows × columns pixels, of any type that holds them. */
export type Codec = (frame: EncodedFrame) => StoredArray;

/** How a page and Node get at the codecs they carry. */
export interface CodecLoaders {
  jpegLossless(): Promise<Codec>;
  jpegLs(): Promise<Codec>;
  jpeg2000(): Promise<Codec>;
  /** Baseline and extended, of 8 bits. */
  jpeg8(): Promise<Codec>;
  htj2k(): Promise<Codec>;
  jpegLsEncoder(): Promise<Encoder>;
  jpeg2000Encoder(): Promise<Encoder>;
  htj2kEncoder(): Promise<Encoder>;
}

/** One encoder: a code stream that loses nothing. */
export type Encoder = (values: StoredArray, format: FrameFormat) => Uint8Array<ArrayBuffer>;

/** JPEG, JPEG-LS, JPEG 2000 and HTJ2K hold up to 16 bits a pixel here. */
const MAX_BITS = 16;
const JPEG = '1.2.840.10008.1.2.4.';
const ENCAPSULATED_UNCOMPRESSED = '1.2.840.10008.1.2.1.98';

/**
 * @returns a decoder that throws EffaceError `dicom/unsupported-transfer-syntax`,
 *   `dicom/jpeg-12-bits` and `dicom/bad-compressed-data`
 */
export function frameDecoderWith(loaders: CodecLoaders): FrameDecoder {
  const jpegLossless = once(() => loaders.jpegLossless());
  const jpegLs = once(() => loaders.jpegLs());
  const jpeg2000 = once(() => loaders.jpeg2000());
  const jpeg8 = once(() => loaders.jpeg8());
  const htj2k = once(() => loaders.htj2k());
  const codecs: Readonly<Record<string, Loader<Codec> | undefined>> = {
    [ENCAPSULATED_UNCOMPRESSED]: once(() => Promise.resolve(wordsOfFrame)),
    '1.2.840.10008.1.2.5': once(() => Promise.resolve(decodeRle)),
    [`${JPEG}50`]: jpeg8,
    [`${JPEG}51`]: jpeg8,
    [`${JPEG}57`]: jpegLossless,
    [`${JPEG}70`]: jpegLossless,
    [`${JPEG}80`]: jpegLs,
    [`${JPEG}81`]: jpegLs,
    [`${JPEG}90`]: jpeg2000,
    [`${JPEG}91`]: jpeg2000,
    [`${JPEG}201`]: htj2k,
    [`${JPEG}202`]: htj2k,
    [`${JPEG}203`]: htj2k,
  };
  const jpegLsEncoder = once(() => loaders.jpegLsEncoder());
  const jpeg2000Encoder = once(() => loaders.jpeg2000Encoder());
  const htj2kEncoder = once(() => loaders.htj2kEncoder());
  const sv1 = once<Encoder>(() => Promise.resolve(encodeJpegLossless));
  const encoders: Readonly<Record<string, Loader<Encoder> | undefined>> = {
    [ENCAPSULATED_UNCOMPRESSED]: once<Encoder>(() => Promise.resolve(bytesOfWords)),
    '1.2.840.10008.1.2.5': once<Encoder>(() => Promise.resolve(encodeRle)),
    // A stream with selection value 1 is one of process 14 too.
    [`${JPEG}57`]: sv1,
    [`${JPEG}70`]: sv1,
    [`${JPEG}80`]: jpegLsEncoder,
    [`${JPEG}90`]: jpeg2000Encoder,
    [`${JPEG}201`]: htj2kEncoder,
    [`${JPEG}202`]: htj2kEncoder,
  };
  return {
    async encode(values, format) {
      const uid = format.transferSyntaxUID;
      const load = encoders[uid];
      if (!load || (uid.startsWith(JPEG) && format.bitsStored > MAX_BITS)) return null;
      try {
        const encoder = await load();
        return encoder(values, format);
      } catch {
        // Not loaded, or more than it can take: uncompressed is right as well.
        load.forget();
        return null;
      }
    },
    async decode(frame) {
      const uid = frame.transferSyntaxUID;
      const load = codecs[uid];
      if (!load) throw new EffaceError('dicom/unsupported-transfer-syntax', { uid });
      const codec = await load();
      return decodeChecked(codec, frame, uid.startsWith(JPEG), load.forget);
    },
  };
}

/** PS3.5 §A.4.11: little endian words as they are. Memory is little endian here too. */
function wordsOfFrame({ bytes, rows, columns, bitsAllocated }: EncodedFrame): StoredArray {
  const size = rows * columns * (bitsAllocated / 8);
  if (bytes.length < size) throw new EffaceError('dicom/bad-compressed-data');
  const own = bytes.slice(0, size).buffer;
  if (bitsAllocated === 8) return new Uint8Array(own);
  return bitsAllocated === 16 ? new Uint16Array(own) : new Uint32Array(own);
}

function bytesOfWords(values: StoredArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
}

/** @param forget called where the codec failed: its memory may be damaged, and the next frame gets a new one */
function decodeChecked(
  codec: Codec,
  frame: EncodedFrame,
  isJpeg: boolean,
  forget: () => void,
): StoredArray {
  if (isJpeg && !fits(frame)) throw new EffaceError('dicom/bad-compressed-data');
  let decoded: StoredArray;
  try {
    decoded = codec(frame);
  } catch (error) {
    if (error instanceof EffaceError) throw error;
    forget();
    throw new EffaceError('dicom/bad-compressed-data', {}, { cause: error });
  }
  if (decoded.length !== frame.rows * frame.columns)
    throw new EffaceError('dicom/bad-compressed-data');
  return valuesFromDecoded(decoded, frame);
}

/** Syntaxes whose decoders must not see a stream that was cut off. */
const NEEDS_END = /\.4\.(50|51|80|81|201|202|203)$/;

/** Whether the code stream is one whole grey picture of the size that the header names. */
function fits({ bytes, rows, columns, bitsAllocated, transferSyntaxUID }: EncodedFrame): boolean {
  if (NEEDS_END.test(transferSyntaxUID) && !hasEnd(bytes)) return false;
  const size = codeStreamSize(bytes);
  if (size && size.bits > 8 && isJpegOf8Bits(transferSyntaxUID)) {
    throw new EffaceError('dicom/jpeg-12-bits', { bits: size.bits });
  }
  return (
    size !== null &&
    size.rows === rows &&
    size.columns === columns &&
    size.components === 1 &&
    size.bits <= bitsAllocated
  );
}

interface Loader<T> {
  (): Promise<T>;
  readonly forget: () => void;
}

/** Loads once; a load that failed (offline, memory) is tried again the next time. */
function once<T>(load: () => Promise<T>): Loader<T> {
  let loaded: Promise<T> | null = null;
  const forget = (): void => {
    loaded = null;
  };
  const get = (): Promise<T> => {
    loaded ??= load().catch((error: unknown) => {
      forget();
      throw error;
    });
    return loaded;
  };
  return Object.assign(get, { forget });
}
