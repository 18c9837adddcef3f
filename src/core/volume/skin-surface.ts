/** The skin as a mesh, as anyone could render it from the scan: for looking at, never saved. */
import type { Grid } from '../geometry/grid.ts';
import { connectedComponents } from './components.ts';
import { surfaceOf, type Surface } from './surface.ts';

/**
 * @param values modality values on `grid` (about 2–3 mm)
 * @param threshold of the skin in modality values
 */
export function skinSurface(grid: Grid, values: Float32Array, threshold: number): Surface {
  const smooth = smoothed(values, grid.size);
  const outside = outsideAir(smooth, grid.size, threshold);
  // Cavities inside the head (sinuses, airway) would only hide behind the skin: fill them.
  const filled = threshold + 0.02 * Math.max(1, Math.abs(threshold));
  for (let v = 0; v < smooth.length; v++) {
    if (!outside[v] && (smooth[v] as number) <= threshold) smooth[v] = filled;
  }
  return surfaceOf(grid, smooth, threshold);
}

/** A 1-2-1 mean along each axis. */
export function smoothed(
  values: Float32Array,
  [ni, nj, nk]: readonly [number, number, number],
): Float32Array {
  let from = values;
  for (const [step, n, before] of [
    [1, ni, 1],
    [ni, nj, ni],
    [ni * nj, nk, ni * nj],
  ] as const) {
    const to = new Float32Array(from.length);
    for (let v = 0; v < from.length; v++) {
      const at = Math.floor(v / before) % n;
      const here = from[v] as number;
      const a = at > 0 ? (from[v - step] as number) : here;
      const b = at < n - 1 ? (from[v + step] as number) : here;
      to[v] = 0.25 * a + 0.5 * here + 0.25 * b;
    }
    from = to;
  }
  return from;
}

/** 1 where there is air that reaches the border of the volume. */
function outsideAir(
  values: Float32Array,
  size: readonly [number, number, number],
  threshold: number,
): Uint8Array {
  const [ni, nj, nk] = size;
  const air = new Uint8Array(values.length);
  for (let v = 0; v < values.length; v++) air[v] = (values[v] as number) > threshold ? 0 : 1;
  const { labels, sizes } = connectedComponents(air, size);
  const open = new Uint8Array(sizes.length);
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const row = ni * (j + nj * k);
      const edge = k === 0 || k === nk - 1 || j === 0 || j === nj - 1;
      if (edge) for (let i = 0; i < ni; i++) open[labels[row + i] as number] = 1;
      open[labels[row] as number] = 1;
      open[labels[row + ni - 1] as number] = 1;
    }
  }
  open[0] = 0;
  return Uint8Array.from(labels, (component) => open[component] as number);
}
