/** JPEG lossless (ITU-T T.81 annex H) by jpeg-lossless-decoder-js. */
import type { Decoder } from 'jpeg-lossless-decoder-js';
import type { Codec } from './frame-decoder.ts';

export function jpegLosslessCodec(LosslessDecoder: typeof Decoder): Codec {
  return ({ bytes, rows, columns }) => {
    const stream = withRoom(bytes);
    const words = new LosslessDecoder().decompress(stream.buffer, 0, stream.length);
    return words.byteLength >= 2 * rows * columns ? new Uint16Array(words) : new Uint8Array(words);
  };
}

/**
 * The package stops at the end marker without the last pixel where the code ends with a whole
 * byte: more bits before the marker, which no pixel needs, let it go on. A copy, because it
 * reads whole buffers from 0.
 */
function withRoom(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let end = bytes.length;
  while (end > 2 && !(bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9)) end--;
  const codeEnd = end > 2 ? end - 2 : bytes.length;
  const stream = new Uint8Array(bytes.length + ROOM.length);
  stream.set(bytes.subarray(0, codeEnd));
  stream.set(ROOM, codeEnd);
  stream.set(bytes.subarray(codeEnd), codeEnd + ROOM.length);
  return stream;
}

const ROOM = [0, 0, 0, 0];
