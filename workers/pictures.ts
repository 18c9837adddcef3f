/** What the review shows of a result: before and after as voxels and as skin. */
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import { indexToLps, type Vec3 } from '../src/core/geometry/affine.ts';
import { uprightGrid, type Grid } from '../src/core/geometry/grid.ts';
import { sampleModality } from '../src/core/segmentation/conform.ts';
import { applyDelta } from '../src/core/volume/delta.ts';
import { displayAfter, displayVoxels, displayWindow } from '../src/core/volume/display.ts';
import { skinThreshold } from '../src/core/volume/skin.ts';
import { skinSurface } from '../src/core/volume/skin-surface.ts';
import { resampleNearest } from '../src/core/volume/resample.ts';
import { Label, type Volume } from '../src/core/volume/volume.ts';
import type { DisplayVolume, ReviewPictures } from './api.ts';

/** Fine enough for lips and lids, coarse enough to turn without a graphics card. */
const SKIN_MM = 2.2;
const SKIN_SIZE = [92, 114, 126] as const;

type Result = NonNullable<DefacedScan['result']>;

export function displayOf(volume: Volume): DisplayVolume {
  const shown = displayVoxels(volume, displayBuffer);
  const { grid, modality } = volume;
  return { grid, modality, ...shown, window: displayWindow(modality, shown) };
}

export function picturesOf(volume: Volume, { labels, region, delta }: Result): ReviewPictures {
  const beforeVoxels = displayVoxels(volume, displayBuffer);
  const { grid, modality } = volume;
  const window = displayWindow(modality, beforeVoxels);
  const around = uprightGrid(SKIN_SIZE, SKIN_MM, middleOfHead(labels.grid, labels.voxels));
  const before = sampleModality(volume, around);
  const after = sampleModality({ ...volume, stored: applyDelta(volume.stored, delta) }, around);
  const coarse = resampleNearest(labels.voxels, labels.grid, around);
  const threshold = skinThreshold(before, coarse, modality);
  return {
    before: { grid, modality, ...beforeVoxels, window },
    after: {
      grid,
      modality,
      ...displayAfter(beforeVoxels, volume, delta, displayBuffer),
      window,
    },
    mask: region,
    labels,
    skinBefore: skinSurface(around, before, threshold),
    skinAfter: skinSurface(around, after, threshold),
  };
}

/** Memory the page can see without a copy, where the page is isolated; else a copy is sent. */
export function displayBuffer(bytes: number): ArrayBufferLike {
  return self.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** Middle (LPS mm) of the box around everything labelled, at most a grid's reach below the crown. */
function middleOfHead(grid: Grid, labels: Uint8Array): Vec3 {
  const [ni, nj, nk] = grid.size;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let k = 0; k < nk; k += 2) {
    for (let j = 0; j < nj; j += 2) {
      for (let i = 0; i < ni; i += 2) {
        const label = labels[i + ni * (j + nj * k)] as number;
        if (label === Label.air || label === Label.head) continue;
        const point = indexToLps(grid.affine, [i, j, k]);
        for (let d = 0; d < 3; d++) {
          low[d] = Math.min(low[d] as number, point[d] as number);
          high[d] = Math.max(high[d] as number, point[d] as number);
        }
      }
    }
  }
  const middle = low.map((value, d) => (value + (high[d] as number)) / 2) as unknown as Vec3;
  // Brain, face and ears are centred; chin and neck lie below them.
  return [middle[0], middle[1], middle[2] - 10];
}
