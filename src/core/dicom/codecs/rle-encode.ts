/** RLE as PS3.5 annex G writes it: byte planes, the most significant first, packed row by row. */
import { assert } from '../../errors.ts';
import type { FrameFormat } from '../encoded-frame.ts';
import type { StoredArray } from '../../volume/volume.ts';

const HEADER_BYTES = 64;
const MAX_RUN = 128;

/** @param values rows × columns, as the words of BitsAllocated hold them */
export function encodeRle(
  values: StoredArray,
  { rows, columns, bitsAllocated }: FrameFormat,
): Uint8Array<ArrayBuffer> {
  const planes = bitsAllocated / 8;
  assert(values.BYTES_PER_ELEMENT === planes, 'values are of the type of their format');
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const segments: number[][] = [];
  const row = new Uint8Array(columns);
  for (let plane = planes - 1; plane >= 0; plane--) {
    const packed: number[] = [];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++)
        row[c] = bytes[(r * columns + c) * planes + plane] as number;
      packRow(row, packed);
    }
    if (packed.length % 2) packed.push(0);
    segments.push(packed);
  }
  const whole = new Uint8Array(
    HEADER_BYTES + segments.reduce((sum, { length }) => sum + length, 0),
  );
  const view = new DataView(whole.buffer);
  view.setUint32(0, planes, true);
  let at = HEADER_BYTES;
  segments.forEach((packed, n) => {
    view.setUint32(4 + 4 * n, at, true);
    whole.set(packed, at);
    at += packed.length;
  });
  return whole;
}

/** PackBits: runs of two and more are told once, everything else is copied. */
function packRow(row: Uint8Array, into: number[]): void {
  let at = 0;
  while (at < row.length) {
    const run = runAt(row, at);
    if (run > 1) {
      into.push(257 - run, row[at] as number);
      at += run;
      continue;
    }
    let end = at + 1;
    // A pair within literals costs as much as a run of its own: only three end them.
    while (end < row.length && end - at < MAX_RUN && runAt(row, end) < 3) end++;
    into.push(end - at - 1);
    for (let n = at; n < end; n++) into.push(row[n] as number);
    at = end;
  }
}

function runAt(row: Uint8Array, start: number): number {
  let end = start + 1;
  while (end < row.length && end - start < MAX_RUN && row[end] === row[start]) end++;
  return end - start;
}
