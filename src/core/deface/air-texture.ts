/**
 * Air as this scan shows it: what its own background holds, slice by slice, and how much
 * neighbours have in common (interpolated MR, kernels of CT). Fill that differs from the
 * real air around it would redraw the rim of the region (dicom.md §2.5).
 */
import { spacingOf, type Vec3 } from '../geometry/affine.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import { createRandom } from '../random.ts';
import { airOf, Label, rescaleOf, type Volume } from '../volume/volume.ts';
import type { RemovedRegion } from './region.ts';
import { storing } from './write-region.ts';

export interface AirTexture {
  /** Correlation of neighbours along i, j, k (0–1). */
  readonly correlation: Vec3;
  /** Sorted stored values of air in slice k. */
  readonly samples: (k: number) => Float64Array;
}

/** Air nearer to the head than this is not sampled: its edge is blurred, its ghosts are brighter (mm). */
const MARGIN_MM = 8;
/** Values kept of a slice, and of all slices for those with little air. */
const SAMPLES = 4096;
const FEW = 256;
const OF_ALL = 64;
/** Up to this share of the way from air to tissue a value can be air; the network labels none beyond its box. */
const AIR_SHARE = 0.3;
/** Outliers in air are coils, couch and tubes (standard deviations). */
const OUTLIER = 6;
const TO_SD = 1.4826;

/** @throws AbortSignal's reason when cancelled */
export async function airTexture(
  volume: Volume,
  removed: Pick<RemovedRegion, 'region' | 'labels'>,
  { signal }: JobOptions = {},
): Promise<AirTexture> {
  const checkpoint = createCheckpoint(signal);
  const [ni, , nk] = volume.grid.size;
  const limit = airLimit(volume, removed);
  const slices: Float64Array[] = [];
  const all: number[] = [];
  const along = [0, 1, 2].map(() => ({ products: 0, squares: 0 }));
  let before: Float32Array | null = null;
  for (let k = 0; k < nk; k++) {
    const { slope, intercept } = rescaleOf(volume, k);
    const air = airOfSlice(volume, removed, k, limit);
    const values = air.filter((value) => !Number.isNaN(value));
    const kept = thinned(Float64Array.from(values).sort(), SAMPLES);
    const usual = withoutOutliers(kept);
    slices.push(usual.length >= FEW ? usual : new Float64Array(0));
    for (const value of thinned(usual, OF_ALL)) all.push(value * slope + intercept);
    const [low, high] = [usual[0] ?? NaN, usual[usual.length - 1] ?? NaN];
    const mean = usual.reduce((sum, value) => sum + value, 0) / usual.length;
    // NaN where there is no air, so that no pair with it counts.
    const centered = Float32Array.from(air, (value) =>
      value >= low && value <= high ? (value - mean) * slope : NaN,
    );
    addPairs(along[0] as Pairs, centered, centered, 1);
    addPairs(along[1] as Pairs, centered, centered, ni);
    if (before) addPairs(along[2] as Pairs, before, centered, 0);
    before = centered;
    await checkpoint();
  }
  const anywhere = Float64Array.from(all).sort();
  const store = storing(volume);
  const [ci = 0, cj = 0, ck = 0] = along.map(({ products, squares }) =>
    squares > 0 ? Math.max(0, products / squares) : 0,
  );
  return {
    correlation: [ci, cj, ck],
    samples: (k) => {
      const own = slices[k];
      if (own?.length) return own;
      return anywhere.length ? anywhere.map(store(k)).sort() : Float64Array.of(airOf(volume, k));
    },
  };
}

/**
 * Draws air for the voxels of slice k: normal numbers with the neighbourhood of the scan's own
 * air, each replaced by the value of the same rank among the samples.
 */
export function drawAir(
  air: AirTexture,
  noise: NoiseField,
): (k: number) => (i: number, j: number) => number {
  return (k) => {
    const samples = air.samples(k);
    const n = samples.length;
    return (i, j) => samples[Math.min(n - 1, Math.floor(rankOf(noise(i, j, k)) * n))] as number;
  };
}

/** Standard normal at a voxel; the same voxel always has the same. */
export type NoiseField = (i: number, j: number, k: number) => number;

const POOL = 1 << 16;

/** Correlated as asked along each axis, up to 0.66: what three neighbours can have in common. */
export function noiseField(seed: number, correlation: Vec3): NoiseField {
  const random = createRandom(seed);
  const pool = Float32Array.from({ length: POOL }, () => random.normal());
  const [a, b, c] = correlation.map(besides) as [number, number, number];
  const norm = 1 / Math.sqrt((1 + 2 * a * a) * (1 + 2 * b * b) * (1 + 2 * c * c));
  const row = (i: number, j: number, k: number): number => {
    const at = placeOf(seed, j, k) + i;
    const here = pool[at & (POOL - 1)] as number;
    if (a === 0) return here;
    const sides = (pool[(at - 1) & (POOL - 1)] as number) + (pool[(at + 1) & (POOL - 1)] as number);
    return here + a * sides;
  };
  const plane = (i: number, j: number, k: number): number =>
    b === 0 ? row(i, j, k) : row(i, j, k) + b * (row(i, j - 1, k) + row(i, j + 1, k));
  return (i, j, k) =>
    norm *
    (c === 0 ? plane(i, j, k) : plane(i, j, k) + c * (plane(i, j, k - 1) + plane(i, j, k + 1)));
}

/** Weight of the neighbours, one being that of the voxel, that gives this correlation: ρ = 2a / (1 + 2a²). */
function besides(correlation: number): number {
  const rho = Math.min(0.66, correlation);
  return rho < 0.05 ? 0 : (1 - Math.sqrt(1 - 2 * rho * rho)) / (2 * rho);
}

/** Where in the pool a row begins. */
function placeOf(seed: number, j: number, k: number): number {
  let t = Math.imul(seed ^ Math.imul(j + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(k + 1, 0xc2b2ae35);
  t = Math.imul(t ^ (t >>> 15), 0x2c1b3c6d);
  return (t ^ (t >>> 13)) >>> 0;
}

/** Share of normal numbers below z (Zelen and Severo 26.2.17, error under 10⁻⁷). */
function rankOf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = 0.3989422804 * Math.exp(-0.5 * z * z) * poly;
  return z > 0 ? 1 - tail : tail;
}

/** The modality value up to which a voxel can be air. */
function airLimit(
  volume: Volume,
  { region, labels }: Pick<RemovedRegion, 'region' | 'labels'>,
): number {
  if (volume.modality === 'CT') return -900;
  const [air, head]: [number[], number[]] = [[], []];
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  const step = Math.max(1, Math.floor(volume.stored.length / 200_000)) | 1;
  for (let v = 0; v < volume.stored.length; v += step) {
    if (region.voxels[v]) continue;
    const { slope, intercept } = rescaleOf(volume, Math.floor(v / perSlice));
    const value = (volume.stored[v] as number) * slope + intercept;
    (labels.voxels[v] === Label.air ? air : head).push(value);
  }
  const middle = (values: number[], q: number): number =>
    values.sort((a, b) => a - b)[Math.floor(q * values.length)] ?? NaN;
  const [low, tissue] = [middle(air, 0.3), middle(head, 0.5)];
  return Number.isNaN(low + tissue) ? Infinity : low + AIR_SHARE * (tissue - low);
}

/** Stored values of air far from head and region, NaN elsewhere; row by row. */
function airOfSlice(
  { grid, stored, padding, ...volume }: Volume,
  { region, labels }: Pick<RemovedRegion, 'region' | 'labels'>,
  k: number,
  limit: number,
): Float32Array {
  const [ni, nj] = grid.size;
  const [di, dj] = spacingOf(grid.affine);
  const start = k * ni * nj;
  const near = new Uint8Array(ni * nj);
  for (let v = 0; v < near.length; v++) near[v] = labels.voxels[start + v] === Label.air ? 0 : 1;
  widen(near, ni, 1, ni, nj, Math.ceil(MARGIN_MM / di));
  widen(near, nj, ni, 1, ni, Math.ceil(MARGIN_MM / dj));
  const { slope, intercept } = rescaleOf({ grid, stored, padding, ...volume }, k);
  return Float32Array.from(near, (isNear, v) => {
    const value = stored[start + v] as number;
    if (isNear || region.voxels[start + v]) return NaN;
    if (padding && value >= padding.low && value <= padding.high) return NaN;
    return value * slope + intercept <= limit ? value : NaN;
  });
}

/** Widens a mask by so many voxels along one axis. */
function widen(
  mask: Uint8Array,
  n: number,
  stride: number,
  lineStride: number,
  lines: number,
  by: number,
): void {
  for (let line = 0; line < lines; line++) {
    const first = line * lineStride;
    const was = Uint8Array.from({ length: n }, (_, m) => mask[first + m * stride] as number);
    let last = -Infinity;
    for (let m = 0; m < n; m++) {
      if (was[m]) last = m;
      if (m - last <= by) mask[first + m * stride] = 1;
    }
    last = Infinity;
    for (let m = n - 1; m >= 0; m--) {
      if (was[m]) last = m;
      if (last - m <= by) mask[first + m * stride] = 1;
    }
  }
}

/** About so many of sorted values, evenly. */
function thinned(sorted: Float64Array, most: number): Float64Array {
  const n = Math.min(most, sorted.length);
  return Float64Array.from(
    { length: n },
    (_, m) => sorted[Math.floor(((m + 0.5) * sorted.length) / n)] as number,
  );
}

function withoutOutliers(sorted: Float64Array): Float64Array {
  const middle = sorted[sorted.length >> 1] ?? 0;
  const off = sorted.map((value) => Math.abs(value - middle)).sort();
  const far = OUTLIER * TO_SD * (off[off.length >> 1] ?? 0);
  return sorted.filter((value) => Math.abs(value - middle) <= far);
}

interface Pairs {
  products: number;
  squares: number;
}

function addPairs(pairs: Pairs, a: Float32Array, b: Float32Array, shift: number): void {
  for (let v = 0; v + shift < a.length; v++) {
    const [x, y] = [a[v] as number, b[v + shift] as number];
    const product = x * y;
    if (Number.isNaN(product)) continue;
    pairs.products += product;
    pairs.squares += (x * x + y * y) / 2;
  }
}
