/** The interface that the two wasm codecs of Cornerstone share (emscripten, embind). */
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
  }): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
  /** CharLS: 0 is lossless. */
  setNearLossless?(near: number): void;
  /** OpenJPEG. */
  setQuality?(lossless: boolean, ratio: number): void;
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
      })
      .set(words);
    encoder.setNearLossless?.(0);
    encoder.setQuality?.(true, 0);
    encoder.encode();
    return new Uint8Array(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
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
