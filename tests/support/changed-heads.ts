/**
 * A labelled head made into something else: stripped, turned, or defaced as other tools
 * do. The labels are the truth of the unchanged head, on its own grid.
 */
import { indexToLps, spacingOf } from '../../src/core/geometry/affine.ts';
import { createRandom } from '../../src/core/random.ts';
import { Tissue } from '../../src/core/phantom/tissue.ts';
import { squaredDistance } from '../../src/core/volume/distance.ts';
import {
  airOf,
  Label,
  type Mask,
  type StoredArray,
  type Volume,
} from '../../src/core/volume/volume.ts';

export interface LabelledHead {
  readonly volume: Volume;
  readonly labels: Mask;
}

/** The same volume with other stored values. */
export function changed(volume: Volume, value: (v: number, old: number) => number): Volume {
  const stored = volume.stored.slice() as StoredArray;
  for (let v = 0; v < stored.length; v++) stored[v] = value(v, stored[v] as number);
  return { ...volume, stored };
}

function kept(volume: Volume, isKept: (v: number) => boolean): Volume {
  return changed(volume, (v, old) => (isKept(v) ? old : airOf(volume, 0)));
}

/** Bone, marrow and teeth alone. */
export function drySkull({ volume, tissues }: { volume: Volume; tissues: Mask }): Volume {
  const bones: readonly number[] = [Tissue.bone, Tissue.marrow, Tissue.tooth];
  return kept(volume, (v) => bones.includes(tissues.voxels[v] as number));
}

/** The brain alone, as skull-stripping leaves it. */
export function strippedBrain({ volume, labels }: LabelledHead): Volume {
  return kept(volume, (v) => labels.voxels[v] === Label.brain);
}

/**
 * The array turned over, its affine left as it was, along the array's axis that lies
 * nearest to left-right (0), front-back (1) or up-down (2).
 */
export function flipped(volume: Volume, along: 0 | 1 | 2): Volume {
  const { size, affine } = volume.grid;
  const part = (axis: number): number => Math.abs(affine[4 * along + axis] as number);
  const axis = ([0, 1, 2] as const).reduce((best, one) => (part(one) > part(best) ? one : best));
  const stride = [1, size[0], size[0] * size[1]][axis] as number;
  const last = size[axis] - 1;
  return changed(volume, (v) => {
    const at = Math.floor(v / stride) % size[axis];
    return volume.stored[v + (last - 2 * at) * stride] as number;
  });
}

const isFacial = (label: number | undefined): boolean =>
  label === Label.face || label === Label.eyes || label === Label.ears;

/** All that lies in front of a coronal plane and below a plane that rises to the front. */
export function wedgeCut({ volume, labels }: LabelledHead): Volume {
  const at = positions(volume);
  const ys: number[] = [];
  const zs: number[] = [];
  labels.voxels.forEach((label, v) => {
    if (label !== Label.face && label !== Label.eyes) return;
    const [, y, z] = at(v);
    ys.push(y);
    zs.push(z);
  });
  ys.sort((a, b) => a - b);
  zs.sort((a, b) => a - b);
  const back = ys[Math.floor(0.75 * ys.length)] as number;
  const top = zs[Math.floor(0.95 * zs.length)] as number;
  return kept(volume, (v) => {
    const [, y, z] = at(v);
    return y > back || z > top + 0.15 * (back - y);
  });
}

/** Face and ears to a constant depth under the skin (mm). */
export function shellCut({ volume, labels }: LabelledHead, depthMm = 14): Volume {
  const air = labels.voxels.map((label) => (label === Label.air ? 1 : 0));
  const toAir = squaredDistance(air, volume.grid.size, spacingOf(volume.grid.affine), depthMm + 1);
  return kept(
    volume,
    (v) => !isFacial(labels.voxels[v]) || (toAir[v] as number) >= depthMm * depthMm,
  );
}

/** Face and ears, and the air before them, under a wide blur. */
export function blurredFace({ volume, labels }: LabelledHead, widthMm = 8): Volume {
  const { size, affine } = volume.grid;
  let from = Float32Array.from(volume.stored);
  const strides = [1, size[0], size[0] * size[1]] as const;
  for (let round = 0; round < 2; round++) {
    for (const axis of [0, 1, 2] as const) {
      const reach = Math.max(1, Math.round(widthMm / spacingOf(affine)[axis] / 2));
      const to = new Float32Array(from.length);
      for (let v = 0; v < from.length; v++) {
        const at = Math.floor(v / strides[axis]) % size[axis];
        let [sum, n] = [0, 0];
        for (let d = Math.max(-reach, -at); d <= Math.min(reach, size[axis] - 1 - at); d++, n++) {
          sum += from[v + d * strides[axis]] as number;
        }
        to[v] = sum / n;
      }
      from = to;
    }
  }
  const near = nearFace({ volume, labels }, 8);
  return changed(volume, (v, old) => (near(v) ? Math.round(from[v] as number) : old));
}

/** Face and ears filled with noise of the range of the scan. */
export function noisyFace({ volume, labels }: LabelledHead): Volume {
  const random = createRandom(3);
  const sorted = Float32Array.from(volume.stored.filter((_, v) => v % 97 === 0)).sort();
  const [low, high] = [sorted[0] as number, sorted[Math.floor(0.98 * sorted.length)] as number];
  return changed(volume, (v, old) =>
    isFacial(labels.voxels[v]) ? Math.round(low + (high - low) * random.uniform()) : old,
  );
}

function nearFace({ volume, labels }: LabelledHead, mm: number): (v: number) => boolean {
  const facial = labels.voxels.map((label) => (isFacial(label) ? 1 : 0));
  const brain = labels.voxels;
  const to = squaredDistance(facial, volume.grid.size, spacingOf(volume.grid.affine), mm);
  return (v) => (to[v] as number) <= mm * mm && brain[v] !== Label.brain;
}

/** LPS mm of a voxel by its number. */
export function positions({ grid }: Volume): (v: number) => readonly [number, number, number] {
  const [ni, nj] = grid.size;
  return (v) =>
    indexToLps(grid.affine, [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))]);
}
