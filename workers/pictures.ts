/** What the review shows of a result: before and after as voxels and as skin. */
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import { indexToLps, type Vec3 } from '../src/core/geometry/affine.ts';
import { uprightGrid, type Grid } from '../src/core/geometry/grid.ts';
import type { Places } from '../src/core/report/places.ts';
import { sampleModality } from '../src/core/segmentation/conform.ts';
import { applyDelta } from '../src/core/volume/delta.ts';
import { displayAfter, displayVoxels, displayWindow } from '../src/core/volume/display.ts';
import { skinThreshold } from '../src/core/volume/skin.ts';
import { skinSurface, smoothed } from '../src/core/volume/skin-surface.ts';
import { surfaceOf } from '../src/core/volume/surface.ts';
import { resampleNearest } from '../src/core/volume/resample.ts';
import { Label, type Mask, type Modality, type Volume } from '../src/core/volume/volume.ts';
import type { DisplayVolume, ReviewPictures, SkinPair, Surface } from './api.ts';

/** Fine enough for lips and lids, coarse enough to turn without a graphics card. */
const SKIN_MM = 2.2;
const SKIN_SIZE = [92, 114, 126] as const;

type Result = NonNullable<DefacedScan['result']>;

export function displayOf(volume: Volume): DisplayVolume {
  const shown = displayVoxels(volume, displayBuffer);
  const { grid, modality } = volume;
  return { grid, modality, ...shown, window: displayWindow(modality, shown) };
}

export type SkinAt = (threshold: number) => SkinPair;

/**
 * What the review shows of one result, and how its skin is made again for another threshold
 * (which holds on to no volume).
 *
 * @param places as measured when the result was made
 */
export function picturesOf(
  volume: Volume,
  { labels, region, delta }: Result,
  places: Places | null,
): { readonly pictures: ReviewPictures; readonly skinAt: SkinAt } {
  const { grid, modality } = volume;
  const around = skinGrid(labels);
  const before = sampleModality(volume, around);
  const after = sampleModality({ ...volume, stored: applyDelta(volume.stored, delta) }, around);
  const coarse = resampleNearest(labels.voxels, labels.grid, around);
  const threshold = skinThreshold(before, coarse, modality);
  const skinAt = skinMaker(around, before, after);
  const skin = skinAt(threshold);
  const beforeVoxels = displayVoxels(volume, displayBuffer);
  const afterVoxels = displayAfter(beforeVoxels, volume, delta, displayBuffer);
  const window = displayWindow(modality, beforeVoxels);
  const pictures: ReviewPictures = {
    before: { grid, modality, ...beforeVoxels, window },
    after: { grid, modality, ...afterVoxels, window },
    mask: region,
    labels,
    skinBefore: skin.before,
    skinAfter: skin.after,
    parts: {
      removed: removedTissue(around, before, region, threshold),
      brain: surfaceOf(around, brainField(coarse, around.size), 0.5),
    },
    threshold: { value: threshold, ...rangeOf(modality, threshold, before) },
    places,
  };
  return { pictures, skinAt };
}

function skinMaker(around: Grid, before: Float32Array, after: Float32Array): SkinAt {
  return (threshold) => ({
    before: skinSurface(around, before, threshold),
    after: skinSurface(around, after, threshold),
  });
}

/** The grid on which skin is made: the head in the middle. */
export function skinGrid({ grid, voxels }: Mask, coarser = 1): Grid {
  const [ni, nj, nk] = SKIN_SIZE.map((n) => Math.ceil(n / coarser)) as [number, number, number];
  return uprightGrid([ni, nj, nk], SKIN_MM * coarser, middleOfHead(grid, voxels));
}

function removedTissue(
  around: Grid,
  before: Float32Array,
  region: Mask,
  threshold: number,
): Surface {
  const removed = resampleNearest(region.voxels, region.grid, around);
  return tissueSurface(around, before, threshold, (v) => removed[v] === 1);
}

/** The surface of what was tissue and goes. */
export function tissueSurface(
  around: Grid,
  before: Float32Array,
  threshold: number,
  goes: (v: number) => boolean,
): Surface {
  const tissue = before.map((value, v) => (value > threshold && goes(v) ? 1 : 0));
  return surfaceOf(around, smoothed(tissue, around.size), 0.5);
}

function brainField(labels: Uint8Array, size: Grid['size']): Float32Array {
  return smoothed(
    Float32Array.from(labels, (label) => (label === Label.brain ? 1 : 0)),
    size,
  );
}

/** From within the air to within soft tissue: what an attacker may choose. */
function rangeOf(
  modality: Modality,
  threshold: number,
  values: Float32Array,
): { readonly low: number; readonly high: number } {
  if (modality === 'CT') return { low: -900, high: 300 };
  const sample = values.filter((_, v) => v % 101 === 0).sort();
  const high = sample[Math.floor(0.9 * sample.length)] ?? threshold;
  return { low: threshold / 4, high: Math.max(high, 2 * threshold) };
}

/** Memory the page can see without a copy, where the page is isolated; else a copy is sent. */
export function displayBuffer(bytes: number): ArrayBufferLike {
  return self.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/**
 * Middle (LPS mm) of the box around everything labelled, at most a grid's reach below the crown.
 * Where the network saw no head that of all tissue, from its top; where there is none, of the grid.
 */
export function middleOfHead(grid: Grid, labels: Uint8Array): Vec3 {
  const seen = boxOf(grid, labels, (label) => label !== Label.air && label !== Label.head);
  // Brain, face and ears are centred; chin and neck lie below them.
  if (seen) return middleOf(seen, 10);
  const tissue =
    boxOf(grid, labels, (label) => label !== Label.air) ?? boxOf(grid, labels, () => true);
  if (!tissue) return [0, 0, 0];
  // Shoulders may lie below: it is the top that may be a head.
  const reach = SKIN_SIZE[2] * SKIN_MM;
  return middleOf(tissue, Math.min(0, (reach - (tissue.high[2] - tissue.low[2])) / 2));
}

interface Box {
  readonly low: Vec3;
  readonly high: Vec3;
}

function middleOf({ low, high }: Box, lower: number): Vec3 {
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2 - lower];
}

/** LPS mm; every other voxel is enough. null: there is none. */
function boxOf(grid: Grid, labels: Uint8Array, isIn: (label: number) => boolean): Box | null {
  const [ni, nj, nk] = grid.size;
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let k = 0; k < nk; k += 2) {
    for (let j = 0; j < nj; j += 2) {
      for (let i = 0; i < ni; i += 2) {
        if (!isIn(labels[i + ni * (j + nj * k)] as number)) continue;
        const point = indexToLps(grid.affine, [i, j, k]);
        for (const d of [0, 1, 2] as const) {
          low[d] = Math.min(low[d], point[d]);
          high[d] = Math.max(high[d], point[d]);
        }
      }
    }
  }
  return low[0] === Infinity ? null : { low, high };
}
