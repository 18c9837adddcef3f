/* eslint-disable @typescript-eslint/consistent-type-imports -- an ambient module cannot import by a relative name */
/** The parts of the codec packages that are used; they ship no types. */

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export default function factory(options: import('./wasm-codec.ts').CodecOptions): Promise<{
    readonly JpegLSDecoder: new () => import('./wasm-codec.ts').WasmDecoder;
  }>;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function factory(options: import('./wasm-codec.ts').CodecOptions): Promise<{
    readonly J2KDecoder: new () => import('./wasm-codec.ts').WasmDecoder;
  }>;
}

declare module '@cornerstonejs/codec-charls/wasmjs' {
  export default function factory(options: import('./wasm-codec.ts').CodecOptions): Promise<{
    readonly JpegLSEncoder: new () => import('./wasm-codec.ts').WasmEncoder;
  }>;
}

declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  export default function factory(options: import('./wasm-codec.ts').CodecOptions): Promise<{
    readonly J2KEncoder: new () => import('./wasm-codec.ts').WasmEncoder;
  }>;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export default function factory(options: import('./wasm-codec.ts').CodecOptions): Promise<{
    readonly JPEGDecoder: new () => import('./wasm-codec.ts').WasmDecoder;
  }>;
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  export default function factory(options: import('./wasm-codec.ts').CodecOptions): Promise<{
    readonly HTJ2KDecoder: new () => import('./wasm-codec.ts').WasmDecoder;
    readonly HTJ2KEncoder: new () => import('./wasm-codec.ts').WasmEncoder;
  }>;
}

declare module 'jpeg-lossless-decoder-js' {
  export class Decoder {
    /** One component after the other; words of 1 or 2 bytes. */
    decompress(buffer: ArrayBuffer, offset: number, length: number): ArrayBuffer;
  }
}
