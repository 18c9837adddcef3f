/**
 * The stored value of air: what `blank` writes (dicom.md §2.5). It is computed in stored
 * values of this very scan, from its rescale, its bits and its padding, and held against
 * what the pixels show.
 */
import type { Modality, Rescale, StoredArray } from '../volume/volume.ts';

export interface AirInput {
  readonly modality: Modality;
  /** Stored values of all slices, `sliceLength` each. */
  readonly stored: StoredArray;
  readonly sliceLength: number;
  /** One for all slices or one for each. */
  readonly rescale: readonly Rescale[];
  readonly padding: { readonly low: number; readonly high: number } | null;
  /** Smallest and largest stored value. */
  readonly range: readonly [number, number];
  /** MR with values around 0, such as phase: 0 rad lies in mid-range. */
  readonly isSigned: boolean;
}

const AIR_HU = -1000;
/** Measured air this close to −1000 HU is air of −1000 HU. */
const NEAR_HU = 30;
/** Where the peak of air is looked for (HU). */
const AIR_WINDOW_HU = [-1150, -850] as const;
/** Share of the sampled voxels that make a peak. */
const MIN_SHARE = 0.01;
/** Background of MR lies below this share of the 99th percentile. */
const MR_BACKGROUND_SHARE = 0.1;
const SAMPLES = 150_000;

/** The stored value of air: one for all slices, or one for each where the rescale differs. */
export function airValues(input: AirInput): readonly number[] {
  const { samples, paddingShare } = sample(input);
  const value = valueOfAir(samples, paddingShare, input);
  return input.rescale.map(({ slope, intercept }) => {
    const stored = clamp(Math.round((value - intercept) / slope), input.range);
    return paddingShare > 0.5 && input.modality === 'MR' ? stored : besidePadding(stored, input);
  });
}

function valueOfAir(samples: Float64Array, paddingShare: number, input: AirInput): number {
  // In air there is no activity; each slice stores that with a slope of its own.
  if (input.modality === 'PT') return 0;
  return input.modality === 'CT' ? airOfCt(samples, input) : airOfMr(samples, paddingShare, input);
}

interface Sampled {
  /** Modality values of voxels that are not padding, ascending. */
  readonly samples: Float64Array;
  /** Share of padding among the darkest voxels: above 0.5 the padding is the background. */
  readonly paddingShare: number;
}

function sample({ stored, sliceLength, rescale, padding }: AirInput): Sampled {
  // An odd stride walks over columns and rows alike.
  const stride = Math.max(1, Math.floor(stored.length / SAMPLES)) | 1;
  const values = new Float64Array(Math.ceil(stored.length / stride));
  let [count, padded] = [0, 0];
  for (let n = 0; n < stored.length; n += stride) {
    const value = stored[n] as number;
    if (padding && value >= padding.low && value <= padding.high) {
      padded++;
      continue;
    }
    const k = rescale.length === 1 ? 0 : Math.floor(n / sliceLength);
    const { slope, intercept } = rescale[k] ?? { slope: 1, intercept: 0 };
    values[count++] = value * slope + intercept;
  }
  const samples = values.subarray(0, count).sort();
  const dark = countBelow(samples, backgroundLimit(samples));
  return { samples, paddingShare: padded + dark === 0 ? 0 : padded / (padded + dark) };
}

function airOfCt(samples: Float64Array, { rescale, range }: AirInput): number {
  const [from, to] = AIR_WINDOW_HU;
  const visible = between(samples, from, to);
  if (visible.length > MIN_SHARE * samples.length) {
    const measured = modeOf(visible);
    return Math.abs(measured - AIR_HU) <= NEAR_HU ? AIR_HU : measured;
  }
  const { slope, intercept } = rescale[0] ?? { slope: 1, intercept: 0 };
  const stored = Math.round((AIR_HU - intercept) / slope);
  const fits = stored >= range[0] && stored <= range[1];
  const darkest = samples[Math.floor(0.01 * samples.length)];
  if (fits || darkest === undefined) return AIR_HU;
  // A file whose values are not HU (no rescale): −1000 cannot be stored, so air is its darkest peak.
  return modeOf(between(samples, darkest - 150, darkest + 150));
}

function airOfMr(
  samples: Float64Array,
  paddingShare: number,
  { rescale, padding, isSigned }: AirInput,
): number {
  if (isSigned) return 0;
  const { slope, intercept } = rescale[0] ?? { slope: 1, intercept: 0 };
  if (padding && paddingShare > 0.5) return padding.high * slope + intercept;
  const background = between(samples, -Infinity, backgroundLimit(samples));
  const darkest = background[0];
  if (darkest === undefined) return 0;
  // Scanners that cut noise off leave a floor; it is air though the noise above it is not.
  if (countBelow(background, darkest) > 0.3 * background.length) return darkest;
  return modeOf(background);
}

function backgroundLimit(samples: Float64Array): number {
  const [low, high] = [samples[0] ?? 0, samples[Math.floor(0.99 * samples.length)] ?? 0];
  return low + MR_BACKGROUND_SHARE * (high - low);
}

/** The peak of the distribution: the middle of the narrowest stretch that holds a third of the values. */
function modeOf(sorted: Float64Array): number {
  let [from, length] = [0, sorted.length];
  while (length > 3) {
    const share = Math.max(2, Math.ceil(length / 3));
    let best = from;
    let width = Infinity;
    for (let n = from; n + share <= from + length; n++) {
      const stretch = (sorted[n + share - 1] ?? 0) - (sorted[n] ?? 0);
      if (stretch < width) [best, width] = [n, stretch];
    }
    [from, length] = [best, share];
    if (width === 0) break;
  }
  return sorted[from + (length >> 1)] ?? 0;
}

/** Values from `low` to `high` of an ascending list. */
function between(sorted: Float64Array, low: number, high: number): Float64Array {
  const start = low === -Infinity ? 0 : sorted.findIndex((value) => value >= low);
  return start < 0 ? sorted.subarray(0, 0) : sorted.subarray(start, countBelow(sorted, high));
}

/** How many values are at most `limit`. */
function countBelow(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Viewers paint padding as nothing: a fill must not become padding. */
function besidePadding(stored: number, { padding, range }: AirInput): number {
  if (!padding || stored < padding.low || stored > padding.high) return stored;
  const candidates = [padding.high + 1, padding.low - 1].filter(
    (value) => value >= range[0] && value <= range[1],
  );
  return candidates.sort((a, b) => Math.abs(a - stored) - Math.abs(b - stored))[0] ?? stored;
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}
