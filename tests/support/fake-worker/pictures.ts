/** Pictures of the crude head: before, after a removal that went well or wrong, and where to look. */
import { indexToLps, spacingOf } from '../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../src/core/geometry/grid.ts';
import { nearBrain } from '../../../src/core/report/near-brain.ts';
import type { Places } from '../../../src/core/report/places.ts';
import { skinLeft } from '../../../src/core/report/skin-left.ts';
import { distanceMm } from '../../../src/core/volume/distance.ts';
import { Label, type Modality } from '../../../src/core/volume/volume.ts';
import type { DisplayVolume, ReviewPictures } from '../../../workers/api.ts';
import {
  GRID,
  isBrain,
  isEarLeft,
  isEarZone,
  isRemoved,
  isSkin,
  isWronglyRemoved,
  partMesh,
  skinMesh,
  valueAt,
} from './head.ts';

const AROUND = uprightGrid([92, 114, 126], 2.2, [0, -16, -30]);
const SKIN = 0.5;

/** What went wrong on purpose: brain taken and an ear left, or only the ear. */
export type Planted = 'brain' | 'ear' | null;

const GONE = { brain: isWronglyRemoved, ear: isEarLeft } as const;

/** @param region what was corrected, instead of what the crude head would lose */
export function pictures(
  modality: Modality,
  planted: Planted,
  region: Uint8Array | null = null,
): ReviewPictures {
  const isGone = planted ? GONE[planted] : isRemoved;
  const mask = new Uint8Array(GRID.size[0] * GRID.size[1] * GRID.size[2]);
  const labels = new Uint8Array(mask.length);
  const [before, after] = [volume(modality), volume(modality)];
  eachVoxel(GRID, (n, x, y, z) => {
    const removed = region ? region[n] === 1 : isGone(x, y, z);
    mask[n] = removed ? 1 : 0;
    labels[n] = labelAt(x, y, z);
    if (removed) after.voxels[n] = modality === 'CT' ? -1000 : 4;
  });
  return {
    before,
    after,
    mask: { grid: GRID, voxels: mask },
    labels: { grid: GRID, voxels: labels },
    skinBefore: skinMesh(isSkin),
    skinAfter: skinMesh((x, y, z) => isSkin(x, y, z) && !isGone(x, y, z)),
    parts: {
      removed: partMesh((x, y, z) => isSkin(x, y, z) && isGone(x, y, z)),
      brain: partMesh(isBrain),
    },
    threshold:
      modality === 'CT' ? { value: -300, low: -900, high: 300 } : { value: 90, low: 20, high: 400 },
    places: region ? null : places(planted),
  };
}

/** Where to look at it, by the real measures. */
export function places(planted: Planted): Places {
  const isGone = planted ? GONE[planted] : isRemoved;
  const voxels = new Uint8Array(GRID.size[0] * GRID.size[1] * GRID.size[2]);
  const labels = { grid: GRID, voxels: new Uint8Array(voxels.length) };
  eachVoxel(GRID, (n, x, y, z) => {
    voxels[n] = isGone(x, y, z) ? 1 : 0;
    labels.voxels[n] = labelAt(x, y, z);
  });
  const brain = labels.voxels.map((label) => (label === Label.brain ? 1 : 0));
  const toLabel = distanceMm(brain, GRID.size, spacingOf(GRID.affine), 10);
  const values = new Float32Array(AROUND.size[0] * AROUND.size[1] * AROUND.size[2]);
  eachVoxel(AROUND, (n, x, y, z) => {
    values[n] = isSkin(x, y, z) && !isGone(x, y, z) ? 1 : 0;
  });
  const after = { grid: AROUND, values, threshold: SKIN };
  const asked = { face: true, ears: true };
  const removed = { region: { grid: GRID, voxels }, labels, guardMm: 0 };
  return {
    nearBrain: nearBrain(removed, GRID, { toLabel }, 5),
    skinLeft: skinLeft(skinMesh(isSkin), after, labels, asked),
  };
}

export function volume(modality: Modality): DisplayVolume {
  const voxels = new Int16Array(GRID.size[0] * GRID.size[1] * GRID.size[2]);
  eachVoxel(GRID, (n, x, y, z) => {
    voxels[n] = valueAt(modality, x, y, z);
  });
  const window = modality === 'CT' ? { lower: -160, upper: 240 } : { lower: 0, upper: 800 };
  return { grid: GRID, modality, voxels, rescale: { slope: 1, intercept: 0 }, window };
}

function labelAt(x: number, y: number, z: number): number {
  if (isBrain(x, y, z)) return Label.brain;
  if (!isSkin(x, y, z)) return Label.air;
  if (isEarZone(x, y, z)) return Label.ears;
  return isRemoved(x, y, z) ? Label.face : Label.head;
}

function eachVoxel(
  { size: [ni, nj, nk], affine }: typeof GRID,
  visit: (n: number, x: number, y: number, z: number) => void,
): void {
  let n = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++) {
        const [x, y, z] = indexToLps(affine, [i, j, k]);
        visit(n, x, y, z);
        n += 1;
      }
    }
  }
}
