/**
 * An attacker with a gallery of undefaced heads (model.md §6): depth maps of the face in the
 * head's own frame, compared cell by cell. Naive: the gallery as it is. Informed: he knows
 * that tissue is missing and peels as much off his gallery first. He is granted the true head
 * frame but for two degrees and two millimetres, and the same scan of the same person, so
 * the figures flatter him; differences between cuts count.
 */
import { headFrame, type HeadFrame } from '../../src/core/deface/head-frame.ts';
import {
  affineOf,
  compose,
  indexToLps,
  invert,
  spacingOf,
  type Affine,
} from '../../src/core/geometry/affine.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { largestComponent } from '../../src/core/volume/components.ts';
import { distanceMm } from '../../src/core/volume/distance.ts';
import { percentile } from '../../src/core/volume/statistics.ts';
import { smooth, valuesAboveAir } from './measures.ts';
import type { Head } from './heads.ts';
import type { Volume } from '../../src/core/volume/volume.ts';

/** Seen from the front, 3 mm cells of the head frame: x, then z (mm). */
export const WINDOWS = {
  face: { x: [-45, 45], z: [-95, -17] },
  forehead: { x: [-45, 45], z: [-5, 40] },
} as const;
export type Window = keyof typeof WINDOWS;

const CELL_MM = 3;
/** From before the nose to behind any cut (mm, y of the head frame). */
const [FROM_Y, TO_Y] = [-170, 20];
/** What an informed attacker peels off: about what goes with the scalp, and with the face. */
export const PEELS_MM = [6, 14] as const;
const DEEPEST_MM = Math.max(...PEELS_MM);
const GALLERY_SHARE = 0.12;
export interface Traces {
  readonly raw: DepthMaps;
  /** By what was peeled off, in the order of PEELS_MM. */
  readonly peeled: readonly DepthMaps[];
  readonly probe: DepthMaps;
  /** What is seen of the probe in a result: its own voxels, not a mask alone. */
  readonly defaced: (result: Volume) => DepthMaps;
}

export type DepthMaps = Readonly<Record<Window, Float32Array>>;

/** Depth maps of a head for gallery and probe; null without zones to align it by. */
export function tracesOf({ zones, volume }: Head, seed: number): Traces | null {
  if (!zones) return null;
  const { grid } = volume;
  const labels = { labels: zones, plain: zones, mirrored: zones };
  const frame = headFrame({ grid, ...labels, probabilities: new Float32Array(0) });
  if (!frame) return null;
  const random = createRandom(seed);
  const values = valuesAboveAir(volume);
  const top = percentile(values.slice(), 0.99);
  const share = 0.09 + 0.07 * random.uniform();
  const noise = values.map(() => 0.02 * top * random.normal());
  const noisy = (of: Float32Array): Float32Array =>
    of.map((value, v) => Math.abs(value + (noise[v] as number)));
  const tissue = (of: Float32Array, limit: number): Uint8Array =>
    largestComponent(
      Uint8Array.from(smooth(of, grid.size), (value) => (value > limit * top ? 1 : 0)),
      grid.size,
    );
  const skin = tissue(values, GALLERY_SHARE);
  const air = skin.map((on) => 1 - on);
  const depth = distanceMm(air, grid.size, spacingOf(grid.affine), DEEPEST_MM + 2);
  const peel = (mm: number): Uint8Array =>
    skin.map((on, v) => (on && (depth[v] as number) > mm ? 1 : 0));
  const still = toIndex(frame, grid.affine, affineOf(IDENTITY));
  const jittered = toIndex(frame, grid.affine, jitter(random));
  const map = (mask: Uint8Array, at: Affine): DepthMaps => ({
    face: depthMap(mask, grid.size, at, 'face'),
    forehead: depthMap(mask, grid.size, at, 'forehead'),
  });
  return {
    raw: map(skin, still),
    peeled: PEELS_MM.map((mm) => map(peel(mm), still)),
    probe: map(tissue(noisy(values), share), jittered),
    defaced: (result) => map(tissue(noisy(valuesAboveAir(result)), share), jittered),
  };
}

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** Head-frame mm to voxel index. */
function toIndex(frame: HeadFrame, affine: Affine, off: Affine): Affine {
  return compose(invert(compose(frame.fromLps, affine)), off);
}

/** Up to two degrees about each axis, and two millimetres. */
function jitter(random: Random): Affine {
  const part = (): number => 2 * random.uniform() - 1;
  let all = affineOf(IDENTITY);
  for (const axis of [0, 1, 2]) {
    const a = (part() * 2 * Math.PI) / 180;
    const m = [...IDENTITY];
    const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
    m[5 * p] = m[5 * q] = Math.cos(a);
    m[4 * p + q] = -Math.sin(a);
    m[4 * q + p] = Math.sin(a);
    all = compose(affineOf(m), all);
  }
  const [x, y, z] = [2 * part(), 2 * part(), 2 * part()];
  return compose(affineOf([1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]), all);
}

/** y of the first tissue along each ray from the front. */
function depthMap(
  tissue: Uint8Array,
  [ni, nj, nk]: readonly [number, number, number],
  at: Affine,
  window: Window,
): Float32Array {
  const { x, z } = WINDOWS[window];
  const [nx, nz] = [cells(x), cells(z)];
  const out = new Float32Array(nx * nz);
  for (let c = 0; c < out.length; c++) {
    const from = [x[0] + CELL_MM * (c % nx), FROM_Y, z[0] + CELL_MM * Math.floor(c / nx)] as const;
    const [i, j, k] = indexToLps(at, from);
    const end = indexToLps(at, [from[0], FROM_Y + 1, from[2]]);
    const step = [end[0] - i, end[1] - j, end[2] - k] as const;
    let y = 0;
    for (; y < TO_Y - FROM_Y; y++) {
      const p = Math.round(i + y * step[0]);
      const q = Math.round(j + y * step[1]);
      const r = Math.round(k + y * step[2]);
      if (p < 0 || q < 0 || r < 0 || p >= ni || q >= nj || r >= nk) continue;
      if (tissue[p + ni * (q + nj * r)]) break;
    }
    out[c] = FROM_Y + y;
  }
  return out;
}

export function cells([low, high]: readonly [number, number]): number {
  return Math.round((high - low) / CELL_MM) + 1;
}
