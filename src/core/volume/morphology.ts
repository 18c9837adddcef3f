/** Growing and shrinking of masks (not 0 = in, i fastest), by voxels or by millimetres. */
import type { Vec3 } from '../geometry/affine.ts';
import { connectedComponents } from './components.ts';
import { squaredDistance } from './distance.ts';
import type { Size } from '../geometry/grid.ts';

/** `rounds` of dilation by the 6-neighbour cross: voxels at most that many steps away are in. */
export function dilate(mask: Uint8Array, size: Size, rounds: number): Uint8Array {
  const steps = stepsTo(mask, size, false);
  for (let v = 0; v < steps.length; v++) steps[v] = (steps[v] as number) <= rounds ? 1 : 0;
  return steps;
}

/** `rounds` of erosion by the 6-neighbour cross; what lies outside the array counts as in. */
export function erode(mask: Uint8Array, size: Size, rounds: number): Uint8Array {
  const steps = stepsTo(mask, size, true);
  for (let v = 0; v < steps.length; v++) steps[v] = (steps[v] as number) > rounds ? 1 : 0;
  return steps;
}

/** All voxels whose centre is at most `radius` mm from the centre of a voxel of the mask. */
export function dilateMm(mask: Uint8Array, size: Size, spacing: Vec3, radius: number): Uint8Array {
  return near(mask, size, spacing, radius, 1);
}

/** All voxels of the mask farther than `radius` mm from every voxel outside it (within the array). */
export function erodeMm(mask: Uint8Array, size: Size, spacing: Vec3, radius: number): Uint8Array {
  return near(inverse(mask), size, spacing, radius, 0);
}

/** Dilation, then erosion: gaps narrower than twice the radius (mm) are closed. */
export function closeMm(mask: Uint8Array, size: Size, spacing: Vec3, radius: number): Uint8Array {
  return erodeMm(dilateMm(mask, size, spacing, radius), size, spacing, radius);
}

/** Erosion, then dilation: parts thinner than twice the radius (mm) go. */
export function openMm(mask: Uint8Array, size: Size, spacing: Vec3, radius: number): Uint8Array {
  return dilateMm(erodeMm(mask, size, spacing, radius), size, spacing, radius);
}

/** The mask and every part of its outside that does not reach the border of the array (6-connected). */
export function fillHoles(mask: Uint8Array, size: Size): Uint8Array {
  const [ni, nj, nk] = size;
  const { labels, sizes } = connectedComponents(inverse(mask), size);
  const open = new Uint8Array(sizes.length);
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const edgeRow = k === 0 || k === nk - 1 || j === 0 || j === nj - 1;
      const stride = edgeRow || ni < 2 ? 1 : ni - 1;
      for (let i = 0; i < ni; i += stride) open[labels[v + i] as number] = 1;
      v += ni;
    }
  }
  open[0] = 0;
  const out = new Uint8Array(mask.length);
  for (let n = 0; n < out.length; n++) out[n] = open[labels[n] as number] === 1 ? 0 : 1;
  return out;
}

function inverse(mask: Uint8Array): Uint8Array {
  const out = new Uint8Array(mask.length);
  for (let v = 0; v < out.length; v++) out[v] = mask[v] === 0 ? 1 : 0;
  return out;
}

function near(
  mask: Uint8Array,
  size: Size,
  spacing: Vec3,
  radius: number,
  value: 0 | 1,
): Uint8Array {
  const squared = squaredDistance(mask, size, spacing, radius);
  const out = new Uint8Array(mask.length);
  for (let v = 0; v < out.length; v++) out[v] = squared[v] === Infinity ? 1 - value : value;
  return out;
}

/**
 * City-block steps (at most 255) from each voxel to the nearest voxel that is in the
 * mask, or (`toOutside`) that is not.
 */
function stepsTo(mask: Uint8Array, [ni, nj, nk]: Size, toOutside: boolean): Uint8Array {
  const out = new Uint8Array(mask.length);
  for (let v = 0; v < out.length; v++) out[v] = (mask[v] === 0) === toOutside ? 0 : 255;
  const slice = ni * nj;
  for (let row = 0; row < out.length; row += ni) {
    for (let v = row + 1; v < row + ni; v++) lower(out, v, v - 1);
    for (let v = row + ni - 2; v >= row; v--) lower(out, v, v + 1);
  }
  for (let k = 0; k < nk; k++) {
    const first = k * slice;
    for (let v = first + ni; v < first + slice; v++) lower(out, v, v - ni);
    for (let v = first + slice - ni - 1; v >= first; v--) lower(out, v, v + ni);
  }
  for (let v = slice; v < out.length; v++) lower(out, v, v - slice);
  for (let v = out.length - slice - 1; v >= 0; v--) lower(out, v, v + slice);
  return out;
}

/** steps[v] = min(steps[v], steps[neighbour] + 1). */
function lower(steps: Uint8Array, v: number, neighbor: number): void {
  const next = (steps[neighbor] as number) + 1;
  if (next < (steps[v] as number)) steps[v] = next;
}
