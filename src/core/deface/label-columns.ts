/** Columns that end where a label ends: ears from the sides, forehead and face from the front. */
import type { Affine } from '../geometry/affine.ts';
import { Label } from '../volume/volume.ts';
import { cellAt, closeCells, emptyColumns, mark, smoothInner, type Columns } from './columns.ts';
import type { FineLabels } from './fine-labels.ts';

/** Gaps in a label up to twice this wide are closed (cells). */
const CLOSE_CELLS = 3;
const SMOOTH_CELLS = 3;
/** How far depths are handed on to open cells that have none (cells). */
const SPREAD_CELLS = 12;

/** Columns whose inner end is the deepest voxel of a label, smoothed. */
export function labelColumns(
  fine: FineLabels,
  toHead: Affine,
  wanted: Label,
  view: Columns['view'],
): Columns {
  const { columns, cells } = deepest(fine, toHead, [wanted], view);
  const closed = closeCells(cells, columns, CLOSE_CELLS);
  spreadInto(columns.inner, closed, columns);
  return { ...columns, inner: smoothInner(columns, SMOOTH_CELLS) };
}

/** The deepest voxel of some labels in each column, and the cells where any lies. */
export function deepest(
  fine: FineLabels,
  toHead: Affine,
  wanted: readonly Label[],
  view: Columns['view'],
): { readonly columns: Columns; readonly cells: Uint8Array } {
  const columns = emptyColumns(view);
  const { inner } = columns;
  const cells = new Uint8Array(inner.length);
  const deeper = view === 'left' ? Math.min : Math.max;
  const put = (u: number, v: number, depth: number): void => {
    mark(cells, columns, u, v);
    const cell = cellAt(columns, u, v);
    if (cell < 0) return;
    const old = inner[cell] as number;
    inner[cell] = Number.isNaN(old) ? depth : deeper(old, depth);
  };
  forEachVoxel(fine, toHead, (label, x, y, z) => {
    if (!wanted.includes(label)) return;
    if (view === 'front') put(x, z, y);
    else if (view === 'left' ? x > 0 : x < 0) put(y, z, x);
  });
  return { columns, cells };
}

/** Gives open cells without a depth that of their neighbours, until all in reach have one. */
export function spreadInto(inner: Float32Array, cells: Uint8Array, { nu, nv }: Columns): void {
  for (let round = 0; round < SPREAD_CELLS; round++) {
    const before = inner.slice();
    for (let v = 1; v < nv - 1; v++) {
      for (let u = 1; u < nu - 1; u++) {
        const cell = u + nu * v;
        if (!cells[cell] || !Number.isNaN(before[cell])) continue;
        let [sum, n] = [0, 0];
        for (const step of [-1, 1, -nu, nu, -nu - 1, -nu + 1, nu - 1, nu + 1]) {
          const value = before[cell + step] as number;
          if (Number.isNaN(value)) continue;
          sum += value;
          n++;
        }
        if (n) inner[cell] = sum / n;
      }
    }
  }
}

/** Calls with the label and head-frame position of every voxel that is face, ear, eye or forehead. */
export function forEachVoxel(
  { grid, labels }: FineLabels,
  toHead: Affine,
  visit: (label: Label, x: number, y: number, z: number) => void,
): void {
  const [ni, nj, nk] = grid.size;
  const m = toHead as readonly number[];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, p = 0, q = 0, r = 0, s = 0] = m;
  let n = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, n++) {
        const label = labels[n] as Label;
        if (label === Label.air || label === Label.head || label === Label.brain) continue;
        visit(
          label,
          a * i + b * j + c * k + d,
          e * i + f * j + g * k + h,
          p * i + q * j + r * k + s,
        );
      }
    }
  }
}
