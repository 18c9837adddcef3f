/**
 * Exact Euclidean distance to a mask, in millimetres, on grids with unequal spacing:
 * one pass of lower envelopes of parabolas along each axis (Felzenszwalb and
 * Huttenlocher, Theory of Computing 8, 2012; the first axis needs only two sweeps).
 */
import type { Vec3 } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';

/**
 * Squared distance (mm²) of each voxel centre to the nearest voxel centre of the mask.
 *
 * @param mask not 0 = in; i fastest
 * @param spacing mm along i, j, k (axes taken as perpendicular)
 * @param maxMm where the distance is larger the result is Infinity, and work is saved
 * @returns 0 inside the mask; Infinity everywhere when the mask is empty
 */
export function squaredDistance(
  mask: Uint8Array,
  size: Size,
  spacing: Vec3,
  maxMm = Infinity,
): Float32Array {
  const [ni, nj, nk] = size;
  const out = new Float32Array(mask.length);
  const limit = maxMm * maxMm * (1 + 1e-6);
  sweepRows(mask, out, ni, spacing[0], limit);
  const longest = Math.max(nj, nk);
  const envelope = createEnvelope(longest);
  for (let k = 0; k < nk; k++) {
    envelopeLines(out, k * ni * nj, ni, ni, nj, spacing[1], limit, envelope);
  }
  // Slices are far apart in memory: gather the plane of one j, so that its lines stay in cache.
  const plane = new Float32Array(ni * nk);
  for (let j = 0; j < nj; j++) {
    for (let k = 0; k < nk; k++) {
      const row = ni * (j + nj * k);
      plane.set(out.subarray(row, row + ni), k * ni);
    }
    if (!envelopeLines(plane, 0, ni, ni, nk, spacing[2], limit, envelope)) continue;
    for (let k = 0; k < nk; k++) out.set(plane.subarray(k * ni, k * ni + ni), ni * (j + nj * k));
  }
  return out;
}

/** Distance (mm) of each voxel to the mask: the root of `squaredDistance`. */
export function distanceMm(
  mask: Uint8Array,
  size: Size,
  spacing: Vec3,
  maxMm = Infinity,
): Float32Array {
  const out = squaredDistance(mask, size, spacing, maxMm);
  for (let v = 0; v < out.length; v++) out[v] = Math.sqrt(out[v] as number);
  return out;
}

/** Squared distance within each row along i. */
function sweepRows(
  mask: Uint8Array,
  out: Float32Array,
  ni: number,
  step: number,
  limit: number,
): void {
  for (let row = 0; row < mask.length; row += ni) {
    let away = Infinity;
    for (let v = row; v < row + ni; v++) {
      away = mask[v] !== 0 ? 0 : away + step;
      out[v] = away;
    }
    away = Infinity;
    for (let v = row + ni - 1; v >= row; v--) {
      away = mask[v] !== 0 ? 0 : away + step;
      const nearest = Math.min(away, out[v] as number);
      const squared = nearest * nearest;
      out[v] = squared <= limit ? squared : Infinity;
    }
  }
}

interface Envelope {
  /** Places of the parabolas of the lower envelope, their heights, and where each begins to be lowest. */
  readonly place: Int32Array;
  readonly height: Float64Array;
  readonly from: Float64Array;
}

function createEnvelope(length: number): Envelope {
  return {
    place: new Int32Array(length),
    height: new Float64Array(length),
    from: new Float64Array(length + 1),
  };
}

/**
 * Along lines of `length` values that lie `stride` apart, `lines` lines side by side:
 * value(n) becomes min over m of value(m) + (step·(n − m))². Says whether anything was finite.
 */
function envelopeLines(
  values: Float32Array,
  start: number,
  lines: number,
  stride: number,
  length: number,
  step: number,
  limit: number,
  { place, height, from }: Envelope,
): boolean {
  const square = step * step;
  let any = false;
  for (let line = start; line < start + lines; line++) {
    let top = -1;
    for (let n = 0, v = line; n < length; n++, v += stride) {
      const value = values[v] as number;
      if (value === Infinity) continue;
      let begin = -Infinity;
      while (top >= 0) {
        const m = place[top] as number;
        begin = ((value - (height[top] as number)) / square + (n * n - m * m)) / (2 * (n - m));
        if (begin > (from[top] as number)) break;
        top--;
        begin = -Infinity;
      }
      top++;
      place[top] = n;
      height[top] = value;
      from[top] = begin;
    }
    if (top < 0) continue;
    any = true;
    from[top + 1] = Infinity;
    let at = 0;
    for (let n = 0, v = line; n < length; n++, v += stride) {
      while ((from[at + 1] as number) < n) at++;
      const away = n - (place[at] as number);
      const squared = (height[at] as number) + square * away * away;
      values[v] = squared <= limit ? squared : Infinity;
    }
  }
  return any;
}
