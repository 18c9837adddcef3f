/**
 * How far the facial skin has moved (model.md §7, measures 1 and 2), on the network's
 * fine grid: from the skin of the labels before to the surface of the image after.
 */
import { spacingOf, type Affine } from '../geometry/affine.ts';
import type { Columns } from '../deface/columns.ts';
import { facialSkin, rimOf } from '../deface/facial-skin.ts';
import type { FineLabels } from '../deface/fine-labels.ts';
import { largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';

/** Nothing is asked beyond this distance (mm). */
const FAR_MM = 60;
/** A move that counts (mm). */
const MOVED_MM = 10;

export interface SkinMoved {
  readonly median: number;
  readonly p5: number;
  /** Share (0–1) of the facial skin that moved by more than 10 mm. */
  readonly share: number;
}

/**
 * @param toHead takes voxel indices of the labels' grid to the head frame
 * @param after modality values of the result on the grid of `fine`
 * @param threshold of the skin, see volume/skin.ts
 * @returns null where no facial skin is in view
 */
export function skinMoved(
  fine: FineLabels,
  toHead: Affine,
  after: Float32Array,
  threshold: number,
): SkinMoved | null {
  const { size } = fine.grid;
  const spacing = spacingOf(fine.grid.affine);
  const tissue = new Uint8Array(after.length);
  for (let v = 0; v < after.length; v++) tissue[v] = (after[v] as number) > threshold ? 1 : 0;
  const toSurface = distanceMm(rimOf(largestComponent(tissue, size), size), size, spacing, FAR_MM);
  const moved = facialSkin(fine, toHead).map((v) => Math.min(FAR_MM, toSurface[v] as number));
  if (moved.length < 100) return null;
  moved.sort((a, b) => a - b);
  const at = (q: number): number => moved[Math.floor(q * (moved.length - 1))] as number;
  const far = moved.filter((mm) => mm > MOVED_MM).length;
  return { median: at(0.5), p5: at(0.05), share: far / moved.length };
}

/**
 * Correlation of the relief of the new surface with that of the old skin, each seen from
 * the front and freed of its best-fit quadric (the new one of the wall's own shape too): near
 * 1 where the cut is the face moved inwards, near 0 where it is not. null where too little is
 * in view.
 *
 * @param damped for a new surface that is all but flat once what is known of it is taken off:
 *   what little is left counts only for the share that it is of the old relief
 */
export function parallelSurfaceIndex(
  oldSkin: Columns,
  newSkin: Columns,
  damped = false,
): number | null {
  const points: [number, number, number, number][] = [];
  const { nu, nv, u0, v0, step } = oldSkin;
  for (let v = 0; v < nv; v++) {
    for (let u = 0; u < nu; u++) {
      const cell = u + nu * v;
      const [a, b] = [oldSkin.inner[cell] as number, newSkin.inner[cell] as number];
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      points.push([(u0 + u * step) / 100, (v0 + v * step) / 100, a, b]);
    }
  }
  if (points.length < 100) return null;
  const a = residuals(points.map(([x, z, y]) => [x, z, y]));
  const b = residuals(points.map(([x, z, , y]) => [x, z, y]));
  const sum = (f: (n: number) => number): number => a.reduce((total, _, n) => total + f(n), 0);
  const both = sum((n) => (a[n] as number) * (b[n] as number));
  const [ofOld, ofNew] = [sum((n) => (a[n] as number) ** 2), sum((n) => (b[n] as number) ** 2)];
  const sizes = ofOld * (damped ? Math.max(ofOld, ofNew) : ofNew);
  return sizes > 0 ? both / Math.sqrt(sizes) : null;
}

/** y minus its least-squares quadric in (x, z). */
function residuals(points: readonly (readonly [number, number, number])[]): Float64Array {
  const basis = ([x, z]: readonly [number, number, number]): number[] => [
    1,
    x,
    z,
    x * x,
    x * z,
    z * z,
  ];
  const n = 6;
  const m = Array.from({ length: n }, () => new Float64Array(n + 1));
  for (const point of points) {
    const row = basis(point);
    for (let r = 0; r < n; r++) {
      const line = m[r] as Float64Array;
      for (let c = 0; c < n; c++)
        line[c] = (line[c] as number) + (row[r] as number) * (row[c] as number);
      line[n] = (line[n] as number) + (row[r] as number) * point[2];
    }
  }
  const solution = solve(m);
  return Float64Array.from(points, (point) =>
    basis(point).reduce((rest, value, r) => rest - value * (solution[r] as number), point[2]),
  );
}

/** Gauss elimination with pivoting; the right-hand side is the last column. */
function solve(m: Float64Array[]): Float64Array {
  const n = m.length;
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let r = p + 1; r < n; r++) {
      if (Math.abs(m[r]?.[p] as number) > Math.abs(m[best]?.[p] as number)) best = r;
    }
    [m[p], m[best]] = [m[best] as Float64Array, m[p] as Float64Array];
    const pivot = m[p] as Float64Array;
    const scale = pivot[p] || 1e-12;
    for (let r = 0; r < n; r++) {
      if (r === p) continue;
      const line = m[r] as Float64Array;
      const factor = (line[p] as number) / scale;
      for (let c = p; c <= n; c++) line[c] = (line[c] as number) - factor * (pivot[c] as number);
    }
  }
  return Float64Array.from(m, (line, r) => (line[n] as number) / ((line[r] as number) || 1e-12));
}
