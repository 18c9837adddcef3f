/**
 * The vault: skin of the head above the brow and the ears, all around. Seen from the middle
 * of the brain, everything farther out than a smooth surface a little under the head's own
 * smoothed outline goes, air included, to the edge of the volume.
 *
 * Directions are kept on a plane (stereographic, from below): no direction above the ears
 * is special on it, as poles of a globe would be.
 */
import type { Affine } from '../geometry/affine.ts';
import { largestComponent } from '../volume/components.ts';
import { Label } from '../volume/volume.ts';
import type { FineLabels } from './fine-labels.ts';

export interface Dome {
  readonly n: number;
  /** Distance from the head frame's origin (mm) where the cut ends inwards; NaN where no head was seen. */
  readonly inner: Float32Array;
  /** The smallest of them. */
  readonly least: number;
}

/** How far the surface lies under the smoothed outline (mm): scalp, not skull. */
const SKIN_MM = 6;
/** Cells of the plane from its middle to its edge; the vault ends before a radius of 1.6. */
const HALF = 80;
const CELL = 1.6 / HALF;
/** Outline and its end are smoothed over squares of so many cells: 7–18 mm to each side. */
const SMOOTH_CELLS = 5;
/** The lower edge (head frame, mm): over the brow at y = −90, over the ears at y = 0, falling backwards. */
const EDGE = { z: -19, slope: -0.1 } as const;

export function domeOf({ grid, labels }: FineLabels, toHead: Affine): Dome {
  const n = 2 * HALF + 1;
  const outline = new Float32Array(n * n).fill(NaN);
  // An auricle or what lies beside the head is no outline of it.
  const head = largestComponent(
    labels.map((label) => (label === Label.air || label === Label.ears ? 0 : 1)),
    grid.size,
  );
  const [ni, nj, nk] = grid.size;
  const m = toHead as readonly number[];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, p = 0, q = 0, r = 0, s = 0] = m;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        if (!head[v]) continue;
        const z = p * i + q * j + r * k + s;
        // A little below the edge too, so that smoothing sees both sides of it.
        if (z < EDGE.z - 40) continue;
        const x = a * i + b * j + c * k + d;
        const y = e * i + f * j + g * k + h;
        const far = Math.sqrt(x * x + y * y + z * z);
        const cell = cellOf(x, y, z, far);
        if (cell >= 0 && !((outline[cell] as number) >= far)) outline[cell] = far;
      }
    }
  }
  const smooth = meanAround(meanAround(outline, n, SMOOTH_CELLS), n, SMOOTH_CELLS);
  const inner = smooth.map((far) => far - SKIN_MM);
  const least = inner.reduce((low, far) => (far < low ? far : low), Infinity);
  return { n, inner, least };
}

/** Whether a place of the head frame lies above the edge and outside the dome's surface. */
export function isOutside({ n, inner, least }: Dome, x: number, y: number, z: number): boolean {
  if (z < EDGE.z + EDGE.slope * y) return false;
  const far = Math.sqrt(x * x + y * y + z * z);
  if (far < least) return false;
  const u = x / (far + z) / CELL + HALF;
  const w = y / (far + z) / CELL + HALF;
  const i = Math.floor(u);
  const j = Math.floor(w);
  if (i < 0 || j < 0 || i >= n - 1 || j >= n - 1) return false;
  const [t, o] = [u - i, w - j];
  const at = i + n * j;
  const low = (inner[at] as number) * (1 - t) + (inner[at + 1] as number) * t;
  const high = (inner[at + n] as number) * (1 - t) + (inner[at + n + 1] as number) * t;
  return far > low * (1 - o) + high * o;
}

function cellOf(x: number, y: number, z: number, far: number): number {
  const i = Math.round(x / (far + z) / CELL) + HALF;
  const j = Math.round(y / (far + z) / CELL) + HALF;
  const n = 2 * HALF + 1;
  return i < 0 || j < 0 || i >= n || j >= n ? -1 : i + n * j;
}

/** Mean over a square of cells, of those that have a value. */
function meanAround(values: Float32Array, n: number, radius: number): Float32Array {
  const out = new Float32Array(values.length).fill(NaN);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      let [sum, count] = [0, 0];
      for (let b = Math.max(0, j - radius); b <= Math.min(n - 1, j + radius); b++) {
        for (let a = Math.max(0, i - radius); a <= Math.min(n - 1, i + radius); a++) {
          const value = values[a + n * b] as number;
          if (Number.isNaN(value)) continue;
          sum += value;
          count++;
        }
      }
      if (count) out[i + n * j] = sum / count;
    }
  }
  return out;
}
