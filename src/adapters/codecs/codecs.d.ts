/* eslint-disable @typescript-eslint/consistent-type-imports -- an ambient module cannot import by a relative name */
/** The parts of the codec packages that are used; they ship no types. */

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: import('./wasm-codec.ts').CodecFactory<{
    readonly JpegLSDecoder: new () => import('./wasm-codec.ts').WasmDecoder;
  }>;
  export default factory;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: import('./wasm-codec.ts').CodecFactory<{
    readonly J2KDecoder: new () => import('./wasm-codec.ts').WasmDecoder;
  }>;
  export default factory;
}

declare module 'jpeg-lossless-decoder-js' {
  export class Decoder {
    /** One component after the other; words of 1 or 2 bytes. */
    decompress(buffer: ArrayBuffer, offset: number, length: number): ArrayBuffer;
  }
}
