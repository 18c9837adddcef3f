/** Who is named by a depth map: its rank among those of a gallery. */
import type { HeadMaps } from './depth-map.ts';
import { columnsOf, PANES, type View } from './views.ts';

/** Two maps may be shifted against each other by so many cells. */
const SHIFT = 2;

/** How well probes name their own among a gallery. */
export interface Ranks {
  /** Shares (0–1) of probes that name their own first, among five, among ten. */
  readonly first: number;
  readonly five: number;
  readonly ten: number;
  readonly median: number;
  /** Size of the gallery. */
  readonly of: number;
  /** Chance that the same person lies nearer than another (area under the ROC curve; 0.5 is luck). */
  readonly auc: number;
  /** Rank of each probe; null of one that shows nothing. */
  readonly each: readonly (number | null)[];
}

/**
 * @param probes null: nothing to compare, not counted
 * @param gallery the maps of probe n's own person lie at n
 */
export function ranksOf(
  probes: readonly (HeadMaps | null)[],
  gallery: readonly HeadMaps[],
  view: View,
  options: DistanceOptions = {},
): Ranks {
  const [same, different]: [number[], number[]] = [[], []];
  const each = probes.map((probe, own) => {
    if (!probe) return null;
    const distances = distancesTo(probe, gallery, view, options);
    for (const [n, d] of distances.entries()) (n === own ? same : different).push(d);
    return rankOf(distances, own);
  });
  const sorted = each.filter((rank) => rank !== null).sort((a, b) => a - b);
  const within = (n: number): number => sorted.filter((rank) => rank <= n).length / sorted.length;
  return {
    first: within(1),
    five: within(5),
    ten: within(10),
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    of: gallery.length,
    auc: areaUnderRoc(same, different),
    each,
  };
}

/** Chance that one of `same` is smaller than one of `different`; ties count half. NaN of nothing. */
function areaUnderRoc(same: readonly number[], different: readonly number[]): number {
  let won = 0;
  for (const a of same) for (const b of different) won += a < b ? 1 : a === b ? 0.5 : 0;
  return won / (same.length * different.length);
}

/** 1 where no one in the gallery is nearer than `own`. */
export function rankOf(distances: readonly number[], own: number): number {
  const mine = distances[own];
  if (mine === undefined) throw new RangeError('the person is not in the gallery');
  return 1 + distances.filter((d) => d < mine).length;
}

export interface DistanceOptions {
  /**
   * Levels the differences first, as if one head had been turned a little: for heads that were
   * not aligned alike. Without it the distance is that of model.md §6.
   */
  readonly tilt?: boolean;
}

/** Distance (mm) of a probe to each of a gallery. */
export function distancesTo(
  probe: HeadMaps,
  gallery: readonly HeadMaps[],
  view: View,
  { tilt = false }: DistanceOptions = {},
): readonly number[] {
  return gallery.map((one) => {
    const panes = PANES[view].map((pane, n) =>
      // Both were made by `mapsOf`, which gives a map for each window.
      distance(
        probe[view][n] as Float32Array,
        one[view][n] as Float32Array,
        columnsOf(pane),
        tilt ? level : undefined,
      ),
    );
    return panes.reduce((sum, value) => sum + value, 0) / panes.length;
  });
}

/** Mean absolute difference without its median (`meanOff`), at the best shift. */
function distance(
  a: Float32Array,
  b: Float32Array,
  columns: number,
  prepare?: (differences: Float32Array, columns: number) => void,
): number {
  const rows = a.length / columns;
  let best = Infinity;
  const differences = new Float32Array(a.length);
  for (let dz = -SHIFT; dz <= SHIFT; dz++) {
    for (let dx = -SHIFT; dx <= SHIFT; dx++) {
      let n = 0;
      for (let z = Math.max(0, -dz); z < Math.min(rows, rows - dz); z++) {
        for (let x = Math.max(0, -dx); x < Math.min(columns, columns - dx); x++) {
          differences[n++] =
            (a[x + columns * z] as number) - (b[x + dx + columns * (z + dz)] as number);
        }
      }
      const some = differences.subarray(0, n);
      prepare?.(some, columns - Math.abs(dx));
      best = Math.min(best, meanOff(some));
    }
  }
  return best;
}

/** Takes away the slopes along columns and rows (least squares; on a full grid each by itself). */
function level(values: Float32Array, columns: number): void {
  const rows = values.length / columns;
  const [midX, midZ] = [(columns - 1) / 2, (rows - 1) / 2];
  let [sumX, sumZ] = [0, 0];
  for (let n = 0; n < values.length; n++) {
    sumX += (values[n] as number) * ((n % columns) - midX);
    sumZ += (values[n] as number) * (Math.floor(n / columns) - midZ);
  }
  // Sum of squares of n equally spaced places around their middle: n (n² − 1) / 12.
  const slopeX = (12 * sumX) / (rows * columns * (columns * columns - 1));
  const slopeZ = (12 * sumZ) / (columns * rows * (rows * rows - 1));
  for (let n = 0; n < values.length; n++) {
    values[n] =
      (values[n] as number) -
      slopeX * ((n % columns) - midX) -
      slopeZ * (Math.floor(n / columns) - midZ);
  }
}

/** Mean distance from the median, the worst tenth left out. */
function meanOff(values: Float32Array): number {
  const sorted = values.slice().sort();
  const middle = sorted[Math.floor(0.5 * (sorted.length - 1))] as number;
  const kept = Math.floor(0.9 * sorted.length);
  let [low, high] = [0, sorted.length - 1];
  while (high - low >= kept) {
    if (middle - (sorted[low] as number) > (sorted[high] as number) - middle) low++;
    else high--;
  }
  let sum = 0;
  for (let n = low; n <= high; n++) sum += Math.abs((sorted[n] as number) - middle);
  return sum / kept;
}
