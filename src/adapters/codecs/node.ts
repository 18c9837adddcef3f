/** The frame decoder in Node: codecs and their wasm files lie in node_modules. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameDecoder } from '../../app/ports.ts';
import { frameDecoderWith } from './frame-decoder.ts';
import { jpegLosslessCodec } from './jpeg-lossless.ts';
import { decodeWith, encodeWith, SILENT } from './wasm-codec.ts';

export function createFrameDecoder(): FrameDecoder {
  const { resolve } = createRequire(import.meta.url);
  return frameDecoderWith({
    async jpegLossless() {
      const { Decoder } = await import('jpeg-lossless-decoder-js');
      return jpegLosslessCodec(Decoder);
    },
    async jpegLs() {
      const { default: factory } = await import('@cornerstonejs/codec-charls/decodewasmjs');
      const wasmBinary = await readFile(resolve('@cornerstonejs/codec-charls/decodewasm'));
      const { JpegLSDecoder } = await factory({ ...SILENT, wasmBinary });
      return (frame) => decodeWith(JpegLSDecoder, frame);
    },
    async jpeg2000() {
      const { default: factory } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
      const wasmBinary = await readFile(resolve('@cornerstonejs/codec-openjpeg/decodewasm'));
      const { J2KDecoder } = await factory({ ...SILENT, wasmBinary });
      return (frame) => decodeWith(J2KDecoder, frame);
    },
    async jpegLsEncoder() {
      const { default: factory } = await import('@cornerstonejs/codec-charls/wasmjs');
      const wasmBinary = await readFile(resolve('@cornerstonejs/codec-charls/wasm'));
      const { JpegLSEncoder } = await factory({ ...SILENT, wasmBinary });
      return (values, format) => encodeWith(JpegLSEncoder, values, format, false);
    },
    async jpeg2000Encoder() {
      const { default: factory } = await import('@cornerstonejs/codec-openjpeg/wasmjs');
      const wasmBinary = await readFile(resolve('@cornerstonejs/codec-openjpeg/wasm'));
      const { J2KEncoder } = await factory({ ...SILENT, wasmBinary });
      return (values, format) => encodeWith(J2KEncoder, values, format, true);
    },
  });
}
