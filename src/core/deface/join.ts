/**
 * Where another face is joined to the head that stays: how far its skin must be moved to
 * meet the skin around the region. Only what stays is asked, never what was removed, and the
 * reach of the join is random from place to place, so the rim does not tell how the face went on.
 */
import { compose, indexToLps, spacingOf } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { averageBlocks, type Blocks } from '../volume/block-average.ts';
import { largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';
import { gaussian } from '../volume/gaussian.ts';
import { resampleNearest } from '../volume/resample.ts';
import type { Volume } from '../volume/volume.ts';
import { depthField } from './depth-field.ts';
import type { Opening } from './opening.ts';
import { personSkin, type Person } from './person.ts';

export interface Join {
  /** The scan in blocks, modality values. */
  readonly blocks: Blocks;
  /** 1 where a block is tissue that stays. */
  readonly stays: Uint8Array;
  /** mm to be added to the distance to the person's skin. */
  readonly offset: Float32Array;
  /** Distance (mm) of each block to the skin that stays. */
  readonly toSkin: Float32Array;
}

const BLOCK_MM = 2;
/** Skin that is farther from the person's than this is no skin of a head (mm). */
const FARTHEST_MM = 14;
const SMOOTH_MM = 7;
const FAR_MM = 40;

/** @param threshold modality value of the skin */
export function joinTo(
  { volume, removed, frame, seed }: Opening,
  person: Person,
  threshold: number,
): Join {
  const blocks = averageBlocks(volume, BLOCK_MM);
  const { size, affine } = blocks.grid;
  const spacing = spacingOf(affine);
  const region = regionOf(volume, removed.region.voxels, blocks.grid);
  const tissue = Uint8Array.from(blocks.values, (value, b) =>
    value > threshold && !region[b] ? 1 : 0,
  );
  const stays = largestComponent(tissue, size);
  const open = largestComponent(
    stays.map((on) => 1 - on),
    size,
  );
  const toHead = compose(frame.fromLps, affine);
  const [ni, nj, nk] = size;
  const weight = new Float32Array(stays.length);
  const moved = new Float32Array(stays.length);
  const skin = new Uint8Array(stays.length);
  const strides = [1, ni, ni * nj] as const;
  const step = Math.min(...spacing) / 2;
  for (let k = 1, b = ni * nj; k < nk - 1; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, b++) {
        if (!stays[b] || i === 0 || j === 0 || i === ni - 1 || j === nj - 1) continue;
        const free = strides.some((stride) =>
          [b - stride, b + stride].some((to) => open[to] && !region[to]),
        );
        if (!free) continue;
        const [x, y, z] = indexToLps(toHead, [i, j, k]);
        // The skin lies between this block and the next.
        const off = -step - personSkin(person, x, y, z);
        if (Math.abs(off) > FARTHEST_MM) continue;
        skin[b] = 1;
        weight[b] = 1;
        moved[b] = off;
      }
    }
  }
  const toSkin = distanceMm(skin, size, spacing, FAR_MM);
  const near = gaussian(weight, size, spacing, SMOOTH_MM);
  const sums = gaussian(moved, size, spacing, SMOOTH_MM);
  const reach = depthField(seed);
  const offset = new Float32Array(stays.length);
  for (let k = 0, b = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, b++) {
        const far = toSkin[b] as number;
        if (far > FAR_MM || !((near[b] as number) > 1e-6)) continue;
        const [x, , z] = indexToLps(toHead, [i, j, k]);
        const t = Math.max(0, 1 - far / reach(x, z));
        offset[b] = (t * t * (3 - 2 * t) * (sums[b] as number)) / (near[b] as number);
      }
    }
  }
  return { blocks, stays, offset, toSkin };
}

function regionOf(volume: Volume, region: Uint8Array, grid: Grid): Uint8Array {
  return resampleNearest(region, volume.grid, grid);
}
