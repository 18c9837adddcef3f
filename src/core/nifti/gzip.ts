/** gzip without a file name and with time 0: both can tell whose scan it is (dicom.md 7). */
import { Gzip } from 'fflate';

const CHUNK_BYTES = 2 ** 20;

export interface Gzipper {
  push(bytes: Uint8Array): void;
  /** The whole member; nothing is pushed after it. */
  end(): Uint8Array<ArrayBuffer>;
}

/** One gzip member, the same bytes for the same input on every machine. */
export function createGzipper(): Gzipper {
  const parts: Uint8Array[] = [];
  const deflater = new Gzip({ level: 6, mtime: 0 }, (part) => {
    parts.push(part);
  });
  return {
    push(bytes) {
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
        deflater.push(bytes.subarray(start, start + CHUNK_BYTES));
      }
    },
    end() {
      deflater.push(new Uint8Array(0), true);
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let filled = 0;
      for (const part of parts.splice(0)) {
        whole.set(part, filled);
        filled += part.length;
      }
      return whole;
    },
  };
}
