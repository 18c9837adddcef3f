/** Voxels to look at: for pictures only, never written to a file. */
import type { Delta } from './delta.ts';
import { rescaleOf, type Modality, type Rescale, type StoredArray, type Volume } from './volume.ts';

export interface Window {
  readonly lower: number;
  readonly upper: number;
}

/** Soft tissue and skin at once (HU). */
const CT_WINDOW: Window = { lower: -160, upper: 240 };

/** Voxels a viewer can take, and how they become modality values. */
export interface DisplayVoxels {
  readonly voxels: DisplayArray;
  readonly rescale: Rescale;
}

export type DisplayArray = Uint8Array | Int16Array | Uint16Array | Float32Array;

const AS_THEY_ARE: Rescale = { slope: 1, intercept: 0 };

/**
 * The stored values themselves where a viewer can take them with one rescale (nearly every
 * CT and MR); else modality values: Int16 where they fit without rounding, or Float32.
 *
 * @param buffer makes the memory, so that a page with shared memory need not copy it
 */
export function displayVoxels(
  volume: Volume,
  buffer: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): DisplayVoxels {
  const { stored } = volume;
  const [rescale] = volume.rescale;
  if (isShown(stored) && volume.rescale.length === 1 && rescale && rescale.slope > 0) {
    return { voxels: stored, rescale };
  }
  return { voxels: modalityVoxels(volume, buffer), rescale: AS_THEY_ARE };
}

function isShown(stored: StoredArray): stored is Uint8Array | Int16Array | Uint16Array {
  // A float file may hold NaN, which no viewer draws.
  return (
    stored instanceof Uint8Array || stored instanceof Int16Array || stored instanceof Uint16Array
  );
}

function modalityVoxels(
  volume: Volume,
  buffer: (bytes: number) => ArrayBufferLike,
): Int16Array | Float32Array {
  const { stored } = volume;
  if (isInteger(stored) && volume.rescale.every(isWhole)) {
    const short = new Int16Array(buffer(2 * stored.length));
    const fits = forEachSlice(volume, (from, to, { intercept }) =>
      add(short, stored, from, to, intercept),
    );
    if (fits) return short;
  }
  const out = new Float32Array(buffer(4 * stored.length));
  forEachSlice(volume, (from, to, { slope, intercept }) => {
    for (let v = from; v < to; v++) {
      const value = (stored[v] as number) * slope + intercept;
      // Padding and broken values (NaN) show as air.
      out[v] = value === value ? value : 0;
    }
    return true;
  });
  return out;
}

/** Calls `write` with the voxels of each slice and their rescale, until it gives false. */
function forEachSlice(
  volume: Volume,
  write: (from: number, to: number, rescale: Rescale) => boolean,
): boolean {
  const [ni, nj, nk] = volume.grid.size;
  for (let k = 0; k < nk; k++) {
    if (!write(ni * nj * k, ni * nj * (k + 1), rescaleOf(volume, k))) return false;
  }
  return true;
}

/** One pass over what may be 100 million voxels: writes, and says whether all of them fitted. */
function add(
  out: Int16Array,
  stored: StoredArray,
  from: number,
  to: number,
  intercept: number,
): boolean {
  let fits = true;
  for (let v = from; v < to; v++) {
    const value = (stored[v] as number) + intercept;
    out[v] = value;
    if (value !== (value << 16) >> 16) fits = false;
  }
  return fits;
}

/** Copies display voxels with a delta written into them. */
export function displayAfter(
  { voxels: before, rescale }: DisplayVoxels,
  volume: Volume,
  { runs, values }: Delta,
  buffer: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): DisplayVoxels {
  const after = new (before.constructor as new (b: ArrayBufferLike) => DisplayArray)(
    buffer(before.byteLength),
  );
  after.set(before);
  const isStored = before === volume.stored;
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r] as number;
    const { slope, intercept } = isStored
      ? AS_THEY_ARE
      : rescaleOf(volume, Math.floor(start / perSlice));
    const end = start + (runs[r + 1] as number);
    for (let v = start; v < end; v++, at++) after[v] = (values[at] as number) * slope + intercept;
  }
  return { voxels: after, rescale };
}

/** A window (modality values) that suits the picture: fixed in CT, percentiles in MR, from 0 in PET. */
export function displayWindow(modality: Modality, { voxels, rescale }: DisplayVoxels): Window {
  if (modality === 'CT') return CT_WINDOW;
  const step = Math.max(1, Math.floor(voxels.length / 200_000));
  const sample: number[] = [];
  for (let v = 0; v < voxels.length; v += step) sample.push(voxels[v] as number);
  sample.sort((a, b) => a - b);
  const at = (share: number): number =>
    (sample[Math.floor(share * sample.length)] ?? 0) * rescale.slope + rescale.intercept;
  const [lower, upper] = modality === 'PT' ? [0, at(0.998)] : [at(0.02), at(0.995)];
  return { lower, upper: upper > lower ? upper : lower + 1 };
}

/** The same window in the values of these voxels. */
export function windowInVoxels({ lower, upper }: Window, { slope, intercept }: Rescale): Window {
  return { lower: (lower - intercept) / slope, upper: (upper - intercept) / slope };
}

function isWhole({ slope, intercept }: { slope: number; intercept: number }): boolean {
  return slope === 1 && Number.isInteger(intercept);
}

function isInteger(stored: StoredArray): boolean {
  return !(stored instanceof Float32Array || stored instanceof Float64Array);
}
