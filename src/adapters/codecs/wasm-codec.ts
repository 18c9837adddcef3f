/** The interface that the wasm codecs of Cornerstone share (emscripten, embind). */
import type { StoredArray } from '../../core/volume/volume.ts';
import type { EncodedFrame, FrameFormat } from '../../core/dicom/encoded-frame.ts';

export interface WasmDecoder {
  /** Memory for the code stream; a view that is lost when the wasm memory grows. */
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned?: boolean;
  };
  delete(): void;
}

export interface WasmEncoder {
  /** Memory for the words of a frame; lost when the wasm memory grows. */
  getDecodedBuffer(frame: {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
    /** OpenJPH. */
    readonly isUsingColorTransform: false;
  }): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
  /** CharLS: 0 is lossless. */
  setNearLossless?(near: number): void;
  /** OpenJPEG and OpenJPH. */
  setQuality?(lossless: boolean, ratio: number): void;
  /** OpenJPH: 2 is RPCL; halvings of the picture; lengths of the tile parts (TLM). */
  setProgressionOrder?(order: number): void;
  setDecompositions?(levels: number): void;
  setTLMMarker?(set: boolean): void;
}

/** What the packages' factories take. */
export interface CodecOptions {
  readonly wasmBinary?: Uint8Array;
  readonly locateFile?: (name: string) => string;
  readonly print?: (text: string) => void;
  readonly printErr?: (text: string) => void;
}

/** openjpeg prints three lines for each slice. */
export const SILENT: CodecOptions = {
  print: (): void => undefined,
  printErr: (): void => undefined,
};

/** Decodes with a decoder of its own, whose memory is freed whatever happens. */
export function decodeWith(Decoder: new () => WasmDecoder, { bytes }: EncodedFrame): StoredArray {
  const decoder = new Decoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { bitsPerSample, isSigned = false } = decoder.getFrameInfo();
    // A copy: the buffer is a view on wasm memory that the next decode overwrites.
    const words = new Uint8Array(decoder.getDecodedBuffer()).buffer;
    if (bitsPerSample <= 8) return isSigned ? new Int8Array(words) : new Uint8Array(words);
    return isSigned ? new Int16Array(words) : new Uint16Array(words);
  } finally {
    decoder.delete();
  }
}

/** Encodes without loss, with an encoder of its own; values as words of 8 or 16 bits. */
export function encodeWith(
  Encoder: new () => WasmEncoder,
  values: StoredArray,
  { rows, columns, bitsStored, signed }: FrameFormat,
  keepsSign: boolean,
  setUp?: (encoder: WasmEncoder) => void,
): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder();
  try {
    const words = wordsOf(values, bitsStored, signed && !keepsSign);
    encoder
      .getDecodedBuffer({
        width: columns,
        height: rows,
        bitsPerSample: bitsStored,
        componentCount: 1,
        isSigned: signed && keepsSign,
        isUsingColorTransform: false,
      })
      .set(words);
    encoder.setNearLossless?.(0);
    encoder.setQuality?.(true, 0);
    setUp?.(encoder);
    encoder.encode();
    return new Uint8Array(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
}

const RPCL = 2;
/** Halvings that OpenJPH makes unless it is told otherwise. */
const USUAL_LEVELS = 5;

/**
 * Encodes as HTJ2K, lossless, so that it is right for the syntax that asks for most (PS3.5
 * §10.18, RPCL): order by resolution, the smallest with a side of at most 64, TLM markers.
 *
 * @throws RangeError for 8 bits with a sign or fewer, which decoders read differently
 */
export function encodeHtj2k(
  Encoder: new () => WasmEncoder,
  values: StoredArray,
  format: FrameFormat,
): Uint8Array<ArrayBuffer> {
  if (format.signed && format.bitsStored <= 8) throw new RangeError('signed bytes');
  const side = Math.min(format.rows, format.columns);
  const levels = Math.max(USUAL_LEVELS, Math.ceil(Math.log2(side / 64)));
  return encodeWith(Encoder, values, format, true, (encoder) => {
    encoder.setProgressionOrder?.(RPCL);
    encoder.setDecompositions?.(levels);
    encoder.setTLMMarker?.(true);
  });
}

/** Bytes of the values in words of 8 bits where they fit, else 16; without sign where asked. */
function wordsOf(values: StoredArray, bitsStored: number, cutSign: boolean): Uint8Array {
  const words = bitsStored <= 8 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  const mask = 2 ** bitsStored - 1;
  for (let n = 0; n < values.length; n++) {
    words[n] = cutSign ? (values[n] as number) & mask : (values[n] as number);
  }
  return new Uint8Array(words.buffer);
}
