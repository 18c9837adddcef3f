/**
 * The protocol data block of GE (0025,xx1B): its length, then gzip of lines `NAME "value"`.
 * It holds what a technician typed, and the name inside the gzip is the exam's number.
 * Made anew from the few numbers without which slices have no time and no direction.
 */
import { gunzipSync, gzipSync } from 'fflate';
import { asciiOf } from './element-value.ts';
import { isTechnicalText } from './vocabulary.ts';

/** Numbers: slice and view order, slices, multi-band, delays between volumes (s). */
const NUMERIC: ReadonlySet<string> = new Set([
  'SLICEORDER',
  'VIEWORDER',
  'NOSLC',
  'MBACCEL',
  'DELACQ',
  'PHASEDELAYS1',
]);
/** Imaging options: technical words only. */
const WORDS = 'IOPT';

/** Real blocks have a few kilobytes. */
const MAX_BYTES = 1 << 20;

/** @returns null where the bytes are no such block, or nothing of it is safe */
export function rebuiltGeProtocol(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (bytes.length < 22) return null;
  // The value may be padded behind the length that it gives.
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const text = inflated(bytes.subarray(4, 4 + length));
  const lines = (text?.split(/\r?\n/) ?? []).filter(isSafe);
  if (lines.length === 0) return null;
  const plain = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
  const packed = gzipSync(plain, { mtime: 0, level: 9 });
  const block = new Uint8Array(4 + packed.length);
  new DataView(block.buffer).setUint32(0, packed.length, true);
  block.set(packed, 4);
  return block;
}

function isSafe(line: string): boolean {
  const [, name = '', value = ''] = /^([A-Z][A-Z0-9_]{0,31}) "([^"]{0,64})"$/.exec(line) ?? [];
  if (NUMERIC.has(name)) return value.split(' ').every((one) => /^\d{1,9}(\.\d{1,9})?$/.test(one));
  return name === WORDS && isTechnicalText(value);
}

function inflated(packed: Uint8Array): string | null {
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b && packed.length > 18;
  if (!isGzip || packed.length > MAX_BYTES) return null;
  try {
    // The size stands in the last four bytes; room for it is made before anything is inflated.
    const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
    const size = view.getUint32(packed.length - 4, true);
    if (size > MAX_BYTES) return null;
    return asciiOf(gunzipSync(packed, { out: new Uint8Array(size) }));
  } catch {
    return null;
  }
}
