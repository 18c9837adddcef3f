/** Weights of a model: checked against their digest, and unpacked from float16. */
import { EffaceError } from '../../core/errors.ts';
import type { ModelManifest, TensorPlace } from './manifest.ts';

/**
 * @param bytes the weights file, little endian float16
 * @returns all weights as float32, in the order of the file
 * @throws EffaceError `model/unavailable` when size or SHA-256 differ from the manifest
 */
export async function readWeights(
  { weights }: ModelManifest,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Float32Array> {
  if (bytes.length !== weights.bytes) throw new EffaceError('model/unavailable');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== weights.sha256.toLowerCase()) throw new EffaceError('model/unavailable');
  return decodeFloat16(bytes);
}

/** The values of one tensor (a view). */
export function tensorValues(all: Float32Array, place: TensorPlace): Float32Array {
  const count = place.shape.reduce((product, n) => product * n, 1);
  if (place.offset + count > all.length) throw new EffaceError('model/unavailable');
  return all.subarray(place.offset, place.offset + count);
}

/** IEEE 754 binary16, little endian, to float32. */
export function decodeFloat16(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const out = new Float32Array(bytes.length >> 1);
  for (let n = 0; n < out.length; n++) {
    const half = view.getUint16(2 * n, true);
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) out[n] = sign * fraction * 2 ** -24;
    else if (exponent === 31) out[n] = fraction === 0 ? sign * Infinity : NaN;
    else out[n] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}
