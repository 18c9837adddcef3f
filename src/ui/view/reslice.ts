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
import type { Grid } from '../../core/geometry/grid.ts';
import type { Mask } from '../../core/volume/volume.ts';
import type { DisplayVolume } from '../../../workers/api.ts';
import { AXES, pixelToLps, type SliceFrame } from './planes.ts';

export interface GreyWindow {
  readonly lower: number;
  readonly upper: number;
}

export type Rgb = readonly [number, number, number];

/**
 * Draws a volume in grey, interpolated; black outside it. `rgba` has width · height · 4 bytes.
 *
 * The first picture of a scan is drawn by code that has not run before: that is why the inner
 * loop has no branch that depends on the picture, and writes a pixel at once.
 */
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
  const [di, dj, dk] = across;
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  pixels.fill(BLACK);
  for (let y = 0; y < height; y++) {
    const row: Vec3 = [start[0] + y * along[0], start[1] + y * along[1], start[2] + y * along[2]];
    const [from, to] = insideOf(row, across, grid.size, width);
    let i = row[0] + from * di;
    let j = row[1] + from * dj;
    let k = row[2] + from * dk;
    for (let x = from; x < to; x++, i += di, j += dj, k += dk) {
      // Half a voxel of the border lies beyond the middles of the outermost voxels.
      const i0 = Math.min(Math.max(i, 0), ni - 1);
      const j0 = Math.min(Math.max(j, 0), nj - 1);
      const k0 = Math.min(Math.max(k, 0), nk - 1);
      const [il, jl, kl] = [i0 | 0, j0 | 0, k0 | 0];
      const [fi, fj, fk] = [i0 - il, j0 - jl, k0 - kl];
      const a = il + strideJ * jl + strideK * kl;
      // In the last row or slice the next one counts nothing, and is not there.
      const ei = il < ni - 1 ? 1 : 0;
      const b = jl < nj - 1 ? a + strideJ : a;
      const up = kl < nk - 1 ? strideK : 0;
      const [c, d] = [a + up, b + up];
      const a0 = voxels[a] as number;
      const b0 = voxels[b] as number;
      const c0 = voxels[c] as number;
      const d0 = voxels[d] as number;
      const low = a0 + fi * ((voxels[a + ei] as number) - a0);
      const lowNext = b0 + fi * ((voxels[b + ei] as number) - b0);
      const high = c0 + fi * ((voxels[c + ei] as number) - c0);
      const highNext = d0 + fi * ((voxels[d + ei] as number) - d0);
      const near = low + fj * (lowNext - low);
      const value = near + fk * (high + fj * (highNext - high) - near);
      const grey = Math.min(Math.max((value - lower) * gain, 0), 255) + 0.5;
      pixels[y * width + x] = BLACK | ((grey | 0) * 0x010101);
    }
  }
}

/** Opaque, in the order of bytes of an ImageData. */
const BLACK = 0xff000000 | 0;

/** Which pixels [from, to) of a row lie in the volume, whose voxels reach half a step around their middles. */
function insideOf(
  row: Vec3,
  across: Vec3,
  size: Grid['size'],
  width: number,
): readonly [number, number] {
  let [from, to] = [0, width];
  for (let d = 0; d < 3; d++) {
    const [first, step, count] = [row[d] as number, across[d] as number, size[d] as number];
    if (Math.abs(step) < 1e-9) {
      if (first <= -0.5 || first >= count - 0.5) return [0, 0];
      continue;
    }
    const [one, other] = [(-0.5 - first) / step, (count - 0.5 - first) / step];
    from = Math.max(from, Math.ceil(Math.min(one, other)));
    to = Math.min(to, Math.ceil(Math.max(one, other)));
  }
  return [from, Math.max(from, to)];
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
