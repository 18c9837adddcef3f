/**
 * The head as the image itself shows it, without the network: where tissue begins, and
 * which tissue deep inside is alike and enclosed. An answer of the network that is wrong
 * in the same way for the mirrored head (model-second-run.md §2) is caught by this only.
 */
import type { Size } from '../geometry/grid.ts';
import { connectedComponents, largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';
import { closeMm, dilate, erode, fillHoles } from '../volume/morphology.ts';
import { percentile } from '../volume/statistics.ts';

/** Voxels of the box (mm). */
const STEP_MM = 3;
/**
 * The skin lies at this share of the best split between dark and light: air is noisy and
 * skin is thin (shared data, "Known oddities").
 */
const SKIN_SHARE = 0.45;
/** Nostrils, mouth and ears are closed up to twice this (mm). */
const CLOSE_MM = 9;

export interface Outline {
  /** 1 in the closed head. */
  readonly head: Uint8Array;
  /** Distance (mm) to what is outside the head and in view; where the scan ends is no skin. */
  readonly depth: Float32Array;
}

/**
 * @param values input of a network (0 … 1.2)
 * @param stepMm of its grid
 */
export function headOutline(
  values: Float32Array,
  inView: Uint8Array,
  size: Size,
  stepMm = STEP_MM,
): Outline {
  const spacing = [stepMm, stepMm, stepMm] as const;
  const level = SKIN_SHARE * otsu(values, inView);
  const tissue = new Uint8Array(values.length);
  for (let v = 0; v < values.length; v++) {
    tissue[v] = inView[v] !== 0 && (values[v] as number) > level ? 1 : 0;
  }
  const main = largestComponent(tissue, size);
  const head = fillHoles(closeMm(main, size, spacing, CLOSE_MM), size);
  const outside = new Uint8Array(head.length);
  for (let v = 0; v < head.length; v++) outside[v] = head[v] === 0 && inView[v] !== 0 ? 1 : 0;
  return { head, depth: distanceMm(outside, size, spacing, FAR_MM) };
}
const FAR_MM = 60;

/** Surely inside the skull when it lies so deep (mm) in the upper part of the head. */
const CORE_MM = 33;
/** Brain is between these quantiles of what the core holds, and somewhat beyond. */
const CORE_QUANTILES = [0.1, 0.9] as const;
const BEYOND = 0.35;
/** Passages narrower than twice so many voxels are closed: orbits, nerves, thin bone; more where they leak. */
const OPEN = [2, 3, 4] as const;
/**
 * Brain ends about so far below the vertex, and in its front part, so far before the middle of
 * the core, sooner (mm). A piece with a larger share beyond has leaked into neck or face.
 */
const BRAIN_HEIGHT_MM = 147;
const FRONT_MM = 24;
const BASE_MM = 129;
const LEAK = { below: 0.06, before: 0.02 } as const;
/** Scalp and skull have at least so many millimetres. */
const SCALP_MM = 6;

/**
 * Tissue like that in the middle of the head, in one piece that no narrow passage joins:
 * a rough brain, too small rather than too large. Empty where the head shows no middle.
 */
export function enclosedTissue(
  values: Float32Array,
  { head, depth }: Outline,
  size: Size,
): Uint8Array {
  const [ni, nj] = size;
  const slice = ni * nj;
  let top = 0;
  for (let v = 0; v < head.length; v++) if (head[v]) top = Math.floor(v / slice);
  const core = new Uint8Array(head.length);
  const samples: number[] = [];
  let sumY = 0;
  const floor = Math.max(0, top - Math.round(CORE_HEIGHT_MM / STEP_MM)) * slice;
  for (let v = floor; v < head.length; v++) {
    if (!head[v] || (depth[v] as number) < CORE_MM) continue;
    core[v] = 1;
    samples.push(values[v] as number);
    sumY += Math.floor(v / ni) % nj;
  }
  if (samples.length < 100) return core.fill(0);
  const sorted = Float32Array.from(samples);
  const [low, high] = CORE_QUANTILES.map((q) => percentile(sorted, q)) as [number, number];
  const margin = Math.max(0.03, BEYOND * (high - low));
  const like = new Uint8Array(head.length);
  for (let v = 0; v < head.length; v++) {
    const value = values[v] as number;
    const alike = value > low - margin && value < high + margin;
    like[v] = alike && head[v] && (depth[v] as number) > SCALP_MM ? 1 : 0;
  }
  const front = sumY / samples.length - FRONT_MM / STEP_MM;
  const base = Math.max(0, top - Math.round(BASE_MM / STEP_MM)) * slice;
  const lowest = Math.max(0, top - Math.round(BRAIN_HEIGHT_MM / STEP_MM)) * slice;
  for (const open of OPEN) {
    const piece = pieceOf(like, core, size, open);
    let [all, below, before] = [0, 0, 0];
    for (let v = 0; v < piece.length; v++) {
      if (!piece[v]) continue;
      all++;
      if (v < lowest) below++;
      if (v < base && Math.floor(v / ni) % nj < front) before++;
    }
    if (all > 0 && below <= LEAK.below * all && before <= LEAK.before * all) return piece;
  }
  return core.fill(0);
}

/** What is left of `like` around the core when passages narrower than 2·open voxels are closed. */
function pieceOf(like: Uint8Array, core: Uint8Array, size: Size, open: number): Uint8Array {
  const { labels, sizes } = connectedComponents(erode(like, size, open), size);
  const inCore = new Float64Array(sizes.length);
  for (let v = 0; v < core.length; v++) {
    if (core[v]) inCore[labels[v] as number] = (inCore[labels[v] as number] as number) + 1;
  }
  inCore[0] = 0;
  let best = 0;
  for (let c = 1; c < inCore.length; c++) {
    if ((inCore[c] as number) > (inCore[best] as number)) best = c;
  }
  if (best === 0) return new Uint8Array(like.length);
  const seed = Uint8Array.from(labels, (label) => (label === best ? 1 : 0));
  const grown = dilate(seed, size, open);
  for (let v = 0; v < grown.length; v++) if (!like[v]) grown[v] = 0;
  return grown;
}
/** From the vertex down to the base of the skull (mm). */
const CORE_HEIGHT_MM = 105;

/** The value that best splits the values in view into two groups (N. Otsu, IEEE SMC 9, 1979). */
export function otsu(values: Float32Array, inView: Uint8Array): number {
  const counts = new Float64Array(BINS);
  let total = 0;
  let sum = 0;
  for (let v = 0; v < values.length; v++) {
    if (inView[v] === 0) continue;
    const bin = Math.min(BINS - 1, Math.floor((values[v] as number) * BINS));
    counts[bin] = (counts[bin] as number) + 1;
    total++;
    sum += bin;
  }
  let [best, level, below, belowSum] = [0, 0, 0, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin] as number;
    belowSum += bin * (counts[bin] as number);
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const apart = belowSum / below - (sum - belowSum) / above;
    const between = below * above * apart * apart;
    if (between > best) [best, level] = [between, (bin + 1) / BINS];
  }
  return level;
}
const BINS = 128;
