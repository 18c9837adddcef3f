/** The frame decoder in a page or worker: codecs are chunks and wasm files of our own origin. */
import charlsWasm from '@cornerstonejs/codec-charls/decodewasm?url';
import charlsEncoderWasm from '@cornerstonejs/codec-charls/wasm?url';
import openjpegEncoderWasm from '@cornerstonejs/codec-openjpeg/wasm?url';
import openjpegWasm from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import type { FrameDecoder } from '../../app/ports.ts';
import { frameDecoderWith } from './frame-decoder.ts';
import { jpegLosslessCodec } from './jpeg-lossless.ts';
import { decodeWith, encodeWith, SILENT } from './wasm-codec.ts';

export function createFrameDecoder(): FrameDecoder {
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
