/**
 * Columns of removal in the head frame: seen from the front (along y) or from a side
 * (along x), which places are opened, and where the cut ends inwards. Everything outward
 * of the inner end goes, air included, to the edge of the volume: a cut that ended at the
 * skin would redraw it as the border between fill and air (dicom.md §2.5).
 */

export type View = 'front' | 'left' | 'right';

/** A map over two head-frame axes: (x, z) seen from the front, (y, z) from a side. */
export interface Columns {
  readonly view: View;
  /** Head-frame position of cell (0, 0) and size of a cell (mm). */
  readonly u0: number;
  readonly v0: number;
  readonly step: number;
  readonly nu: number;
  readonly nv: number;
  /** Inner end of each column: y from the front, x from a side; NaN where nothing is opened. */
  readonly inner: Float32Array;
}

const STEP_MM = 1;
/** Half the width of the square of cells (mm from the head frame's origin, in u and v). */
const REACH_MM = 160;

/** A map with no column open. */
export function emptyColumns(view: View): Columns {
  const n = Math.round((2 * REACH_MM) / STEP_MM) + 1;
  const inner = new Float32Array(n * n).fill(NaN);
  return { view, u0: -REACH_MM, v0: -REACH_MM, step: STEP_MM, nu: n, nv: n, inner };
}

/** Index of the cell at (u, v), or −1 outside the map. */
export function cellAt(columns: Columns, u: number, v: number): number {
  const i = Math.round((u - columns.u0) / columns.step);
  const j = Math.round((v - columns.v0) / columns.step);
  if (i < 0 || j < 0 || i >= columns.nu || j >= columns.nv) return -1;
  return i + columns.nu * j;
}

/** Marks the cell at (u, v) and its eight neighbours. */
export function mark(cells: Uint8Array, columns: Columns, u: number, v: number): void {
  const cell = cellAt(columns, u, v);
  if (cell < 0) return;
  const i = cell % columns.nu;
  const j = (cell - i) / columns.nu;
  for (let dj = -1; dj <= 1; dj++) {
    for (let di = -1; di <= 1; di++) {
      const [a, b] = [i + di, j + dj];
      if (a >= 0 && b >= 0 && a < columns.nu && b < columns.nv) cells[a + columns.nu * b] = 1;
    }
  }
}

/** Closes gaps up to 2·radius wide (a square element) and fills enclosed holes. */
export function closeCells(cells: Uint8Array, columns: Columns, radius: number): Uint8Array {
  const grown = spread(cells, columns, radius, 1);
  const closed = spread(grown, columns, radius, 0);
  return fillHoles(closed, columns);
}

/** Takes `radius` cells off the rim. */
export function erodeCells(cells: Uint8Array, columns: Columns, radius: number): Uint8Array {
  return spread(cells, columns, radius, 0);
}

/** The columns with so many millimetres more to every side, and as much deeper. */
export function widened(columns: Columns, mm: number): Columns {
  const { view, nu, nv, step } = columns;
  // Seen from the left, deeper is less.
  const sign = view === 'left' ? -1 : 1;
  const radius = Math.round(mm / step);
  const along = (from: Float32Array, n: number, stride: number): Float32Array =>
    from.map((own, cell) => {
      const at = Math.floor(cell / stride) % n;
      let deepest = Number.isNaN(own) ? -Infinity : sign * own;
      for (let d = Math.max(-radius, -at); d <= Math.min(radius, n - 1 - at); d++) {
        const other = sign * (from[cell + d * stride] as number);
        if (other > deepest) deepest = other;
      }
      return deepest === -Infinity ? NaN : sign * deepest;
    });
  const wide = along(along(columns.inner, nu, 1), nv, nu);
  return { ...columns, inner: wide.map((inner) => inner + sign * mm) };
}

/** Smooths the inner ends over a square of cells, where columns are open. */
export function smoothInner(columns: Columns, radius: number): Float32Array {
  const { inner, nu, nv } = columns;
  const out = new Float32Array(inner.length).fill(NaN);
  for (let j = 0; j < nv; j++) {
    for (let i = 0; i < nu; i++) {
      if (Number.isNaN(inner[i + nu * j])) continue;
      let [sum, n] = [0, 0];
      for (let b = Math.max(0, j - radius); b <= Math.min(nv - 1, j + radius); b++) {
        for (let a = Math.max(0, i - radius); a <= Math.min(nu - 1, i + radius); a++) {
          const value = inner[a + nu * b] as number;
          if (Number.isNaN(value)) continue;
          sum += value;
          n++;
        }
      }
      out[i + nu * j] = sum / n;
    }
  }
  return out;
}

/** Dilation (value 1) or erosion (value 0) by a square, rows then columns. */
function spread(cells: Uint8Array, { nu, nv }: Columns, radius: number, value: 0 | 1): Uint8Array {
  const rows = cells.slice();
  for (let j = 0; j < nv; j++) {
    for (let i = 0; i < nu; i++) {
      for (let a = Math.max(0, i - radius); a <= Math.min(nu - 1, i + radius); a++) {
        if (cells[a + nu * j] === value) rows[i + nu * j] = value;
      }
    }
  }
  const out = rows.slice();
  for (let j = 0; j < nv; j++) {
    for (let i = 0; i < nu; i++) {
      for (let b = Math.max(0, j - radius); b <= Math.min(nv - 1, j + radius); b++) {
        if (rows[i + nu * b] === value) out[i + nu * j] = value;
      }
    }
  }
  return out;
}

/** Sets every cell that cannot be reached from the border. */
function fillHoles(cells: Uint8Array, { nu, nv }: Columns): Uint8Array {
  const outside = new Uint8Array(cells.length);
  const queue: number[] = [];
  const visit = (i: number, j: number): void => {
    if (i < 0 || j < 0 || i >= nu || j >= nv) return;
    const cell = i + nu * j;
    if (cells[cell] || outside[cell]) return;
    outside[cell] = 1;
    queue.push(cell);
  };
  for (let i = 0; i < nu; i++) {
    visit(i, 0);
    visit(i, nv - 1);
  }
  for (let j = 0; j < nv; j++) {
    visit(0, j);
    visit(nu - 1, j);
  }
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    const i = cell % nu;
    const j = (cell - i) / nu;
    visit(i - 1, j);
    visit(i + 1, j);
    visit(i, j - 1);
    visit(i, j + 1);
  }
  return outside.map((reached) => (reached ? 0 : 1));
}
