/**
 * Where another face is joined to the head that stays: how far its skin must be moved to
 * meet the skin around the region. Only what stays is asked, never what was removed, and the
 * reach of the join is random from place to place, so the rim does not tell how the face went on.
 */
import { compose, indexToLps, spacingOf, type Vec3 } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';
import { averageBlocks, type Blocks } from '../volume/block-average.ts';
import { largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';
import { gaussian } from '../volume/gaussian.ts';
import { resampleNearest } from '../volume/resample.ts';
import { Label, type Modality } from '../volume/volume.ts';
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
const FARTHEST_MM = 25;
/** Near the rim its own skin counts, farther away that of a wider neighbourhood (mm). */
const SMOOTH_MM = [2.5, 8] as const;
const WIDE_SHARE = 0.02;
/**
 * A block is tissue once so much of it is (where skin.ts has its threshold between air and
 * tissue): its centre then lies, on average, this share of its size under the skin.
 */
const UNDER_SKIN: Readonly<Record<Modality, number>> = { CT: 0.7, MR: 0.2, PT: 0.2 };
const FAR_MM = 60;
/** mm of way for each mm between the skins. */
const LONGER = 1.5;

/** @param threshold modality value of the skin */
export function joinTo(
  { volume, removed, frame, seed }: Opening,
  person: Person,
  threshold: number,
): Join {
  const blocks = averageBlocks(volume, BLOCK_MM);
  const { size, affine } = blocks.grid;
  const spacing = spacingOf(affine);
  const region = resampleNearest(removed.region.voxels, volume.grid, blocks.grid);
  const tissue = Uint8Array.from(blocks.values, (value, b) =>
    value > threshold && !region[b] ? 1 : 0,
  );
  const stays = largestComponent(tissue, size);
  // The network labels the closed head: air that it calls air lies around it, not in an airway.
  const open = resampleNearest(removed.labels.voxels, volume.grid, blocks.grid).map((label, b) =>
    label !== Label.air || stays[b] || region[b] ? 0 : 1,
  );
  const toHead = compose(frame.fromLps, affine);
  const [ni, nj, nk] = size;
  const weight = new Float32Array(stays.length);
  const moved = new Float32Array(stays.length);
  const skin = new Uint8Array(stays.length);
  const strides = [1, ni, ni * nj] as const;
  const under = UNDER_SKIN[volume.modality] * Math.min(...spacing);
  for (let k = 1, b = ni * nj; k < nk - 1; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, b++) {
        if (!stays[b] || i === 0 || j === 0 || i === ni - 1 || j === nj - 1) continue;
        const free = strides.some((stride) => [b - stride, b + stride].some((to) => open[to]));
        if (!free) continue;
        const [x, y, z] = indexToLps(toHead, [i, j, k]);
        const off = -under - personSkin(person, x, y, z);
        if (Math.abs(off) > FARTHEST_MM) continue;
        skin[b] = 1;
        weight[b] = 1;
        moved[b] = off;
      }
    }
  }
  const toSkin = distanceMm(skin, size, spacing, FAR_MM);
  const near = twice(weight, size, spacing);
  const sums = twice(moved, size, spacing);
  const reach = depthField(seed);
  const offset = new Float32Array(stays.length);
  for (let k = 0, b = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, b++) {
        const far = toSkin[b] as number;
        if (far > FAR_MM || !((near[b] as number) > 1e-12)) continue;
        const [x, , z] = indexToLps(toHead, [i, j, k]);
        const off = (sums[b] as number) / (near[b] as number);
        // The farther the skins lie apart, the longer the way, so that it never becomes a step.
        const t = Math.max(0, 1 - far / (reach(x, z) + LONGER * Math.abs(off)));
        offset[b] = t * t * (3 - 2 * t) * off;
      }
    }
  }
  return { blocks, stays, offset, toSkin };
}

/** Smoothed narrowly, with a little of the wide smoothing. */
function twice(values: Float32Array, size: Size, spacing: Vec3): Float32Array {
  const [narrow, wide] = SMOOTH_MM.map((mm) => gaussian(values, size, spacing, mm));
  return values.map((_, b) => (narrow?.[b] as number) + WIDE_SHARE * (wide?.[b] as number));
}
