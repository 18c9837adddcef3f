/** JPEG lossless (ITU-T T.81 annex H) by jpeg-lossless-decoder-js. */
import type { Decoder } from 'jpeg-lossless-decoder-js';
import type { Codec } from './frame-decoder.ts';

export function jpegLosslessCodec(LosslessDecoder: typeof Decoder): Codec {
  return ({ bytes, rows, columns }) => {
    // The package reads whole buffers: a copy makes sure that ours starts at 0.
    const words = new LosslessDecoder().decompress(bytes.slice().buffer, 0, bytes.length);
    return words.byteLength >= 2 * rows * columns ? new Uint16Array(words) : new Uint8Array(words);
  };
}
