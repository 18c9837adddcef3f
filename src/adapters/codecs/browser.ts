/** The frame decoder in a page or worker: codecs are chunks and wasm files of our own origin. */
import charlsWasm from '@cornerstonejs/codec-charls/decodewasm?url';
import charlsEncoderWasm from '@cornerstonejs/codec-charls/wasm?url';
import jpeg8Wasm from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import openjpegEncoderWasm from '@cornerstonejs/codec-openjpeg/wasm?url';
import openjpegWasm from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjphWasm from '@cornerstonejs/codec-openjph/wasm?url';
import type { FrameDecoder } from '../../app/ports.ts';
import { frameDecoderWith } from './frame-decoder.ts';
import { jpegLosslessCodec } from './jpeg-lossless.ts';
import { decodeWith, encodeHtj2k, encodeWith, SILENT } from './wasm-codec.ts';

export function createFrameDecoder(): FrameDecoder {
  /** One build decodes and encodes. */
  const openJph = async () => {
    const { default: factory } = await import('@cornerstonejs/codec-openjph/wasmjs');
    return factory({ ...SILENT, locateFile: () => openjphWasm });
  };
  return frameDecoderWith({
    async jpegLossless() {
      const { Decoder } = await import('jpeg-lossless-decoder-js');
      return jpegLosslessCodec(Decoder);
    },
    async jpegLs() {
      const { default: factory } = await import('@cornerstonejs/codec-charls/decodewasmjs');
      const { JpegLSDecoder } = await factory({ ...SILENT, locateFile: () => charlsWasm });
      return (frame) => decodeWith(JpegLSDecoder, frame);
    },
    async jpeg2000() {
      const { default: factory } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
      const { J2KDecoder } = await factory({ ...SILENT, locateFile: () => openjpegWasm });
      return (frame) => decodeWith(J2KDecoder, frame);
    },
    async jpeg8() {
      const { default: factory } =
        await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
      const { JPEGDecoder } = await factory({ ...SILENT, locateFile: () => jpeg8Wasm });
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
      const { JpegLSEncoder } = await factory({ ...SILENT, locateFile: () => charlsEncoderWasm });
      return (values, format) => encodeWith(JpegLSEncoder, values, format, false);
    },
    async jpeg2000Encoder() {
      const { default: factory } = await import('@cornerstonejs/codec-openjpeg/wasmjs');
      const { J2KEncoder } = await factory({ ...SILENT, locateFile: () => openjpegEncoderWasm });
      return (values, format) => encodeWith(J2KEncoder, values, format, true);
    },
  });
}
