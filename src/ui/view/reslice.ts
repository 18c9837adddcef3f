/** Pictures of a slice through voxels, pixel by pixel, for display only. */
import {
  dot,
  indexToLps,
  invert,
  scale,
  type Affine,
  type Vec3,
} from '../../core/geometry/affine.ts';
import { windowInVoxels } from '../../core/volume/display.ts';
import type { Mask } from '../../core/volume/volume.ts';
import type { DisplayVolume } from '../../../workers/api.ts';
import { AXES, pixelToLps, type SliceFrame } from './planes.ts';

export interface GreyWindow {
  readonly lower: number;
  readonly upper: number;
}

export type Rgb = readonly [number, number, number];

/** Draws a volume in grey, interpolated; black outside it. `rgba` has width · height · 4 bytes. */
export function paintGrey(
  rgba: Uint8ClampedArray,
  frame: SliceFrame,
  { grid, voxels, rescale }: DisplayVolume,
  window: GreyWindow,
): void {
  const { lower, upper } = windowInVoxels(window, rescale);
  const [ni, nj, nk] = grid.size;
  const [start, across, along] = indexSteps(grid.affine, frame);
  const { width, height } = frame;
  const gain = 255 / Math.max(1e-9, upper - lower);
  const [strideJ, strideK] = [ni, ni * nj];
  let n = 0;
  for (let y = 0; y < height; y++) {
    let i = start[0] + y * along[0];
    let j = start[1] + y * along[1];
    let k = start[2] + y * along[2];
    for (let x = 0; x < width; x++, i += across[0], j += across[1], k += across[2], n += 4) {
      let grey = 0;
      if (i > -0.5 && j > -0.5 && k > -0.5 && i < ni - 0.5 && j < nj - 0.5 && k < nk - 0.5) {
        const i0 = i < 0 ? 0 : i > ni - 1 ? ni - 1 : i;
        const j0 = j < 0 ? 0 : j > nj - 1 ? nj - 1 : j;
        const k0 = k < 0 ? 0 : k > nk - 1 ? nk - 1 : k;
        const [il, jl, kl] = [i0 | 0, j0 | 0, k0 | 0];
        const [fi, fj, fk] = [i0 - il, j0 - jl, k0 - kl];
        const at = il + strideJ * jl + strideK * kl;
        const di = il < ni - 1 ? 1 : 0;
        const dj = jl < nj - 1 ? strideJ : 0;
        const dk = kl < nk - 1 ? strideK : 0;
        const v = (offset: number): number => voxels[at + offset] as number;
        const near =
          (v(0) * (1 - fi) + v(di) * fi) * (1 - fj) + (v(dj) * (1 - fi) + v(dj + di) * fi) * fj;
        const value =
          fk < 1e-4
            ? near
            : near * (1 - fk) +
              ((v(dk) * (1 - fi) + v(dk + di) * fi) * (1 - fj) +
                (v(dk + dj) * (1 - fi) + v(dk + dj + di) * fi) * fj) *
                fk;
        grey = (value - lower) * gain;
      }
      rgba[n] = grey;
      rgba[n + 1] = grey;
      rgba[n + 2] = grey;
      rgba[n + 3] = 255;
    }
  }
}

/** Draws a mask: a thin veil, and its edge in full colour. Transparent elsewhere. */
export function paintMask(
  rgba: Uint8ClampedArray,
  frame: SliceFrame,
  { grid, voxels }: Mask,
  [red, green, blue]: Rgb,
  { veil, isIn }: { readonly veil: number; readonly isIn: (label: number) => boolean },
): void {
  const [ni, nj, nk] = grid.size;
  const [start, across, along] = indexSteps(grid.affine, frame);
  const { width, height } = frame;
  const inside = new Uint8Array(width * height);
  const counts = new Uint8Array(256);
  for (let label = 0; label < 256; label++) counts[label] = isIn(label) ? 1 : 0;
  let n = 0;
  for (let y = 0; y < height; y++) {
    let i = start[0] + y * along[0] + 0.5;
    let j = start[1] + y * along[1] + 0.5;
    let k = start[2] + y * along[2] + 0.5;
    for (let x = 0; x < width; x++, i += across[0], j += across[1], k += across[2], n++) {
      if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) continue;
      inside[n] = counts[voxels[(i | 0) + ni * ((j | 0) + nj * (k | 0))] as number] as number;
    }
  }
  rgba.fill(0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!inside[at]) continue;
      const isEdge =
        (x > 0 && !inside[at - 1]) ||
        (x < width - 1 && !inside[at + 1]) ||
        (y > 0 && !inside[at - width]) ||
        (y < height - 1 && !inside[at + width]);
      rgba[4 * at] = red;
      rgba[4 * at + 1] = green;
      rgba[4 * at + 2] = blue;
      rgba[4 * at + 3] = isEdge ? 235 : veil;
    }
  }
}

/** Voxel index of the middle of the first pixel, and its steps along a row and down a column. */
export function indexSteps(affine: Affine, frame: SliceFrame): readonly [Vec3, Vec3, Vec3] {
  const toIndex = invert(affine);
  const { right, down } = AXES[frame.plane];
  return [
    indexToLps(toIndex, pixelToLps(frame, 0.5, 0.5)),
    linear(toIndex, scale(right, frame.mmPerPixel)),
    linear(toIndex, scale(down, frame.mmPerPixel)),
  ];
}

function linear(affine: Affine, step: Vec3): Vec3 {
  const row = (r: number): Vec3 => [
    affine[r] as number,
    affine[r + 1] as number,
    affine[r + 2] as number,
  ];
  return [dot(row(0), step), dot(row(4), step), dot(row(8), step)];
}
