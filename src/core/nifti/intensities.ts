/** What the numbers of a NIfTI file say that its header does not: CT or MR, and air. */
import type { Modality, StoredArray } from '../volume/volume.ts';
import { integerRange, type NiftiType } from './datatype.ts';
import type { NiftiHeader } from './header.ts';

/** Air in CT, in HU. */
const AIR_HU = -1000;
/** Scanners and converters differ by this much in what they call air (HU). */
const AIR_TOLERANCE_HU = 30;

/**
 * CT or MR, from a sample of modality values.
 *
 * A NIfTI header does not name the modality. Hounsfield units do: in a CT of a head at
 * least 5 % of the voxels are air (−1100 … −900 HU, piled up in one narrow peak: a
 * phase image spreads evenly over that range) and at least 5 % are water-like
 * (−150 … 150 HU). No MR contrast has a peak near −1000. A CT whose numbers were shifted
 * or clipped on the way is not recognised and is treated as MR.
 */
export function guessModality(values: ArrayLike<number>): Modality {
  const bins = new Uint32Array(AIR_BINS);
  let finite = 0;
  let air = 0;
  let water = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    if (!Number.isFinite(value)) continue;
    finite++;
    if (value >= -1100 && value < -900) {
      air++;
      const bin = Math.floor((value + 1100) / 20);
      bins[bin] = (bins[bin] as number) + 1;
    } else if (value >= -150 && value <= 150) {
      water++;
    }
  }
  const peak = Math.max(...bins);
  return finite > 0 && air / finite > 0.05 && water / finite > 0.05 && peak / finite > 0.02
    ? 'CT'
    : 'MR';
}
const AIR_BINS = 10;

/**
 * The stored value of air, what `blank` writes (dicom.md 2.5): in CT −1000 HU, or the
 * measured peak where air lies more than 30 HU away; in MR 0 where that is the lowest
 * value, else the most frequent value of the background.
 */
export function airValue(stored: StoredArray, header: NiftiHeader, modality: Modality): number {
  const { slope, intercept, type } = header;
  const air = modality === 'CT' ? airHu(stored, header) : background(stored, header);
  return toStored((air - intercept) / slope, type);
}

function airHu(stored: StoredArray, { slope, intercept }: NiftiHeader): number {
  const bins = new Uint32Array(200);
  for (let v = 0; v < stored.length; v++) {
    const bin = Math.round((stored[v] as number) * slope + intercept) + 1100;
    if (bin >= 0 && bin < 200) bins[bin] = (bins[bin] as number) + 1;
  }
  const peak = fullest(bins);
  const measured = peak - 1100;
  const isFar = Math.abs(measured - AIR_HU) > AIR_TOLERANCE_HU;
  return bins[peak] && isFar ? measured : AIR_HU;
}

function background(stored: StoredArray, { slope, intercept }: NiftiHeader): number {
  let lowest = Infinity;
  let finite = 0;
  for (let v = 0; v < stored.length; v++) {
    const value = (stored[v] as number) * slope + intercept;
    if (!Number.isFinite(value)) continue;
    if (value < lowest) lowest = value;
    finite++;
  }
  if (finite === 0 || lowest === 0) return 0;
  // One wrong voxel (1e30, −32768) would leave a single bin for all others.
  const range = usualRange(stored, slope, intercept);
  let low = Infinity;
  let sum = 0;
  let usual = 0;
  for (let v = 0; v < stored.length; v++) {
    const value = (stored[v] as number) * slope + intercept;
    if (!(value >= range.low && value <= range.high)) continue;
    if (value < low) low = value;
    sum += value;
    usual++;
  }
  // Air is the large, dark part: the fullest bin between the lowest value and the mean.
  const width = (sum / usual - low) / BACKGROUND_BINS;
  if (!(width > 0)) return low;
  const counts = new Uint32Array(BACKGROUND_BINS);
  const sums = new Float64Array(BACKGROUND_BINS);
  for (let v = 0; v < stored.length; v++) {
    const value = (stored[v] as number) * slope + intercept;
    const bin = Math.floor((value - low) / width);
    if (!(bin >= 0 && bin < BACKGROUND_BINS)) continue;
    counts[bin] = (counts[bin] as number) + 1;
    sums[bin] = (sums[bin] as number) + value;
  }
  const mode = fullest(counts);
  return (sums[mode] as number) / (counts[mode] as number);
}
const BACKGROUND_BINS = 256;

/**
 * What a value must lie between: the middle 98 % of a sample, and three times its width
 * beyond either end.
 */
function usualRange(
  stored: StoredArray,
  slope: number,
  intercept: number,
): { readonly low: number; readonly high: number } {
  const step = Math.max(1, Math.floor(stored.length / 100_000));
  const sample: number[] = [];
  for (let v = 0; v < stored.length; v += step) {
    const value = (stored[v] as number) * slope + intercept;
    if (Number.isFinite(value)) sample.push(value);
  }
  if (sample.length === 0) return { low: -Infinity, high: Infinity };
  sample.sort((a, b) => a - b);
  const at = (q: number): number => sample[Math.floor(q * (sample.length - 1))] as number;
  const [low, high] = [at(0.01), at(0.99)];
  const margin = 3 * (high - low);
  return { low: low - margin, high: high + margin };
}

function fullest(bins: Uint32Array): number {
  let best = 0;
  for (let n = 1; n < bins.length; n++) {
    if ((bins[n] as number) > (bins[best] as number)) best = n;
  }
  return best;
}

function toStored(value: number, type: NiftiType): number {
  const range = integerRange(type);
  if (range) return Math.min(range.high, Math.max(range.low, Math.round(value)));
  return type === 'float32' ? Math.fround(value) : value;
}
