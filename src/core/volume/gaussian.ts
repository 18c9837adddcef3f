/** Gaussian smoothing in millimetres, on grids with unequal spacing. */
import type { Vec3 } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';

/** Where the kernel ends (standard deviations). */
const REACH = 3;

/**
 * Smooths along each axis; beyond the edge the last voxel goes on.
 *
 * @param spacing mm along i, j, k
 * @param sigmaMm standard deviation
 */
export function gaussian(
  values: Float32Array,
  [ni, nj, nk]: Size,
  spacing: Vec3,
  sigmaMm: number,
): Float32Array {
  let from = values;
  for (const [axis, stride, n] of [
    [0, 1, ni],
    [1, ni, nj],
    [2, ni * nj, nk],
  ] as const) {
    const weights = kernel(sigmaMm / spacing[axis]);
    if (weights.length === 1) continue;
    const reach = (weights.length - 1) / 2;
    const to = new Float32Array(from.length);
    const line = new Float64Array(n);
    for (let start = 0; start < from.length; start++) {
      if (Math.floor(start / stride) % n !== 0) continue;
      for (let m = 0; m < n; m++) line[m] = from[start + m * stride] as number;
      for (let m = 0; m < n; m++) {
        let sum = 0;
        for (let w = 0; w < weights.length; w++) {
          const at = Math.max(0, Math.min(n - 1, m + w - reach));
          sum += (weights[w] as number) * (line[at] as number);
        }
        to[start + m * stride] = sum;
      }
    }
    from = to;
  }
  return from;
}

function kernel(sigma: number): Float64Array {
  const reach = Math.ceil(REACH * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, w) =>
    sigma > 0 ? Math.exp(-0.5 * ((w - reach) / sigma) ** 2) : 1,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
