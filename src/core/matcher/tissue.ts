/** Where a scan shows tissue, as an attacker would tell it: by a threshold, without labels. */
import type { Size } from '../geometry/grid.ts';
import { largestComponent } from '../volume/components.ts';
import { rescaleOf, type Volume } from '../volume/volume.ts';

/** Modality values from air upwards, 0 in air. */
export function valuesAboveAir(volume: Volume): Float32Array {
  const { stored, modality } = volume;
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  return Float32Array.from(stored, (value, v) => {
    const { slope, intercept } = rescaleOf(volume, Math.floor(v / perSlice));
    const above = value * slope + intercept + (modality === 'CT' ? 1000 : 0);
    return above > 0 ? above : 0;
  });
}

/** 1 where the smoothed values lie above the limit, of the largest piece. */
export function tissueAbove(values: Float32Array, size: Size, limit: number): Uint8Array {
  const above = Uint8Array.from(smooth(values, size), (value) => (value > limit ? 1 : 0));
  return largestComponent(above, size);
}

/** Gaussian of 0.7 voxels along each axis. */
export function smooth(values: Float32Array, [ni, nj, nk]: Size): Float32Array {
  const weights = [0.1065, 0.787, 0.1065] as const;
  let from = values;
  for (const [stride, n] of [
    [1, ni],
    [ni, nj],
    [ni * nj, nk],
  ] as const) {
    const to = new Float32Array(from.length);
    for (let v = 0; v < from.length; v++) {
      const at = Math.floor(v / stride) % n;
      const here = from[v] as number;
      const low = at > 0 ? (from[v - stride] as number) : here;
      const high = at < n - 1 ? (from[v + stride] as number) : here;
      to[v] = weights[0] * low + weights[1] * here + weights[2] * high;
    }
    from = to;
  }
  return from;
}
