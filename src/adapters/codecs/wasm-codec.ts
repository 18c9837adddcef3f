/** The interface that the two wasm codecs of Cornerstone share (emscripten, embind). */
import type { StoredArray } from '../../core/volume/volume.ts';
import type { EncodedFrame } from '../../core/dicom/encoded-frame.ts';

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
