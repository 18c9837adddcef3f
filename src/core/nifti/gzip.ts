/** gzip without a file name and with time 0: both can tell whose scan it is (dicom.md 7). */
import { Deflate, gzipSync } from 'fflate';
import { crc32 } from '../crc32.ts';

const CHUNK_BYTES = 2 ** 20;

export interface Gzipper {
  push(bytes: Uint8Array): void;
  /** The whole member; nothing is pushed after it. */
  end(): Uint8Array<ArrayBuffer>;
}

/**
 * One gzip member, the same bytes for the same input on every machine.
 *
 * fflate 0.8.3 takes 32 KiB of zeros for what lies before a stream, and sometimes copies from
 * there, which nothing can unpack. So the first 32 KiB are stored as they are and given to it as
 * what lies before; what is shorter is packed in one piece.
 */
export function createGzipper(): Gzipper {
  const first = new Uint8Array(WINDOW_BYTES);
  let filled = 0;
  let rest: Gzipper | null = null;
  return {
    push(bytes) {
      const early = bytes.subarray(0, WINDOW_BYTES - filled);
      first.set(early, filled);
      filled += early.length;
      if (early.length === bytes.length) return;
      rest ??= streamedAfter(first);
      rest.push(bytes.subarray(early.length));
    },
    end: () =>
      rest?.end() ?? new Uint8Array(gzipSync(first.subarray(0, filled), { level: 6, mtime: 0 })),
  };
}

const WINDOW_BYTES = 2 ** 15;
/** Deflate, no name, no time, any system (RFC 1952). */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];

/** @param window the bytes that come first, as many as deflate looks back */
function streamedAfter(window: Uint8Array): Gzipper {
  // A stored block (RFC 1951, 3.2.4): not the last one, its length and the complement of it.
  const size = [WINDOW_BYTES & 0xff, WINDOW_BYTES >> 8];
  const block = Uint8Array.of(...HEADER, 0, ...size, ...size.map((byte) => byte ^ 0xff));
  const parts: Uint8Array[] = [block, window.slice()];
  const deflater = new Deflate({ level: 6, dictionary: window }, (part) => {
    parts.push(part);
  });
  let crc = crc32(window, 0);
  let length = window.length;
  return {
    push(bytes) {
      crc = crc32(bytes, crc);
      length += bytes.length;
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
        deflater.push(bytes.subarray(start, start + CHUNK_BYTES));
      }
    },
    end() {
      deflater.push(new Uint8Array(0), true);
      const trailer = new DataView(new ArrayBuffer(8));
      trailer.setUint32(0, crc, true);
      trailer.setUint32(4, length % 2 ** 32, true);
      parts.push(new Uint8Array(trailer.buffer));
      return joined(parts);
    },
  };
}

/** Empties the list, so that each part is held once. */
function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts.splice(0)) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}
