/** The frame decoder in Node: codecs and their wasm files lie in node_modules. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameDecoder } from '../../app/ports.ts';
import { frameDecoderWith } from './frame-decoder.ts';
import { jpegLosslessCodec } from './jpeg-lossless.ts';
import { decodeWith, encodeHtj2k, encodeWith, SILENT } from './wasm-codec.ts';

export function createFrameDecoder(): FrameDecoder {
  const { resolve } = createRequire(import.meta.url);
  /** One build decodes and encodes. */
  const openJph = async () => {
    const { default: factory } = await import('@cornerstonejs/codec-openjph/wasmjs');
    const wasmBinary = await readFile(resolve('@cornerstonejs/codec-openjph/wasm'));
    return factory({ ...SILENT, wasmBinary });
  };
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
    async jpeg8() {
      const { default: factory } =
        await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
      const path = resolve('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm');
      const { JPEGDecoder } = await factory({ ...SILENT, wasmBinary: await readFile(path) });
      return (frame) => decodeWith(JPEGDecoder, frame);
    },
    async htj2k() {
      const { HTJ2KDecoder } = await openJph();
      return (frame) => decodeWith(HTJ2KDecoder, frame);
    },
    async htj2kEncoder() {
      const { HTJ2KEncoder } = await openJph();
      return (values, format) => encodeHtj2k(HTJ2KEncoder, values, format);
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
