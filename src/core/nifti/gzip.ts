/** gzip without a file name and with time 0: both can tell whose scan it is (dicom.md 7). */
import { Gzip } from 'fflate';
import { createCheckpoint, type JobOptions } from '../progress.ts';

const CHUNK_BYTES = 2 ** 20;

/** One gzip member, the same bytes for the same input on every machine. */
export async function gzip(
  bytes: Uint8Array,
  { signal, onProgress }: JobOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const checkpoint = createCheckpoint(signal);
  const parts: Uint8Array[] = [];
  const deflater = new Gzip({ level: 6, mtime: 0 }, (part) => {
    parts.push(part);
  });
  for (let start = 0; start < bytes.length || start === 0; start += CHUNK_BYTES) {
    const end = Math.min(bytes.length, start + CHUNK_BYTES);
    deflater.push(bytes.subarray(start, end), end === bytes.length);
    onProgress?.({ stage: 'write', done: end, total: bytes.length });
    await checkpoint();
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}
