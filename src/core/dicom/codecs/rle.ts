/** RLE (PackBits of byte planes) as PS3.5 annex G defines it. */
import { EffaceError } from '../../errors.ts';
import type { StoredArray } from '../../volume/volume.ts';
import type { EncodedFrame } from '../encoded-frame.ts';

const HEADER_BYTES = 64;
const MAX_SEGMENTS = 15;

/**
 * Words of one frame, unsigned: rows × columns values of 8, 16 or 32 bits.
 *
 * @throws EffaceError `dicom/bad-compressed-data`
 */
export function decodeRle({ bytes, rows, columns, bitsAllocated }: EncodedFrame): StoredArray {
  const planes = bitsAllocated / 8;
  const count = rows * columns;
  if (bytes.length < HEADER_BYTES) throw bad();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = view.getUint32(0, true);
  if (segments !== planes || segments > MAX_SEGMENTS) throw bad();

  const out = new Uint8Array(count * planes);
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true);
    const end = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    if (start < HEADER_BYTES || end < start || end > bytes.length) throw bad();
    // The first segment holds the most significant bytes; memory here is little endian.
    unpack(bytes.subarray(start, end), out, planes - 1 - segment, planes, count);
  }
  if (planes === 1) return out;
  return planes === 2 ? new Uint16Array(out.buffer) : new Uint32Array(out.buffer);
}

/** Unpacks one byte plane into every `stride`-th byte of `out`. */
function unpack(
  packed: Uint8Array,
  out: Uint8Array,
  first: number,
  stride: number,
  count: number,
): void {
  let at = 0;
  let pixel = 0;
  while (pixel < count) {
    if (at >= packed.length) throw bad();
    const control = packed[at++] as number;
    if (control === 128) continue; // no operation
    const length = control < 128 ? control + 1 : 257 - control;
    if (pixel + length > count) throw bad();
    let target = first + pixel * stride;
    if (control < 128) {
      if (at + length > packed.length) throw bad();
      for (let n = 0; n < length; n++, target += stride) out[target] = packed[at + n] as number;
      at += length;
    } else {
      if (at >= packed.length) throw bad();
      const byte = packed[at++] as number;
      for (let n = 0; n < length; n++, target += stride) out[target] = byte;
    }
    pixel += length;
  }
}

function bad(): EffaceError {
  return new EffaceError('dicom/bad-compressed-data');
}
