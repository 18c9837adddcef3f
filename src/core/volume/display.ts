/** Modality values to look at: for pictures only, never written to a file. */
import type { Delta } from './delta.ts';
import { rescaleOf, type StoredArray, type Volume } from './volume.ts';

export interface Window {
  readonly lower: number;
  readonly upper: number;
}

/** Soft tissue and skin at once (HU). */
const CT_WINDOW: Window = { lower: -160, upper: 240 };

/**
 * Stored values as modality values: Int16 where they fit without rounding (CT), else Float32.
 *
 * @param buffer makes the memory, so that a page with shared memory need not copy it
 */
export function displayVoxels(
  volume: Volume,
  buffer: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): Int16Array | Float32Array {
  const { stored, grid } = volume;
  const [ni, nj, nk] = grid.size;
  const fits = isInteger(stored) && volume.rescale.every(isWhole) && inShort(volume);
  const out = fits
    ? new Int16Array(buffer(2 * stored.length))
    : new Float32Array(buffer(4 * stored.length));
  for (let k = 0; k < nk; k++) {
    const { slope, intercept } = rescaleOf(volume, k);
    const end = ni * nj * (k + 1);
    for (let v = ni * nj * k; v < end; v++) {
      const value = (stored[v] as number) * slope + intercept;
      // Padding and broken values (NaN) show as air.
      out[v] = value === value ? value : 0;
    }
  }
  return out;
}

/** Copies display values with a delta written into it, as modality values. */
export function displayAfter<T extends Int16Array | Float32Array>(
  before: T,
  volume: Volume,
  { runs, values }: Delta,
  buffer: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): T {
  const after = new (before.constructor as new (b: ArrayBufferLike) => T)(
    buffer(before.byteLength),
  );
  after.set(before);
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r] as number;
    const { slope, intercept } = rescaleOf(volume, Math.floor(start / perSlice));
    const end = start + (runs[r + 1] as number);
    for (let v = start; v < end; v++, at++) after[v] = (values[at] as number) * slope + intercept;
  }
  return after;
}

/** A window that suits the picture: fixed in CT, percentiles of what is not background in MR. */
export function displayWindow(volume: Volume, voxels: Int16Array | Float32Array): Window {
  if (volume.modality === 'CT') return CT_WINDOW;
  const step = Math.max(1, Math.floor(voxels.length / 200_000));
  const sample: number[] = [];
  for (let v = 0; v < voxels.length; v += step) sample.push(voxels[v] as number);
  sample.sort((a, b) => a - b);
  const lower = sample[Math.floor(0.02 * sample.length)] ?? 0;
  const upper = sample[Math.floor(0.995 * sample.length)] ?? 1;
  return { lower, upper: upper > lower ? upper : lower + 1 };
}

function isWhole({ slope, intercept }: { slope: number; intercept: number }): boolean {
  return slope === 1 && Number.isInteger(intercept);
}

function isInteger(stored: StoredArray): boolean {
  return !(stored instanceof Float32Array || stored instanceof Float64Array);
}

function inShort({ stored, rescale }: Volume): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const value of stored) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return rescale.every(({ intercept }) => low + intercept >= -32768 && high + intercept <= 32767);
}
