/**
 * The shell around a set of voxels: what a ball of some millimetres reaches from it. By runs of
 * rows, so that it needs no distance of every voxel (four bytes each, of a hundred million).
 */
import type { Vec3 } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';

/**
 * Calls with every voxel out of the set whose centre is at most `mm` from one in it. What lies
 * outside the grid belongs to neither.
 *
 * @param isIn by the byte of a voxel: 1 where it is in the set as it is when this is called
 * @param visit may write to the bytes
 * @param spacing mm along i, j, k (axes taken as perpendicular)
 */
export function forEachInShell(
  bytes: Uint8Array,
  isIn: Uint8Array,
  size: Size,
  spacing: Vec3,
  mm: number,
  visit: (v: number) => void,
): void {
  const [ni, nj, nk] = size;
  const { first, start, end } = runsOf(bytes, isIn, size);
  const reach = ballRows(spacing, mm);
  const steps = new Int32Array(ni + 1);
  const inRow = new Uint8Array(ni);
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      let any = false;
      for (const { dj, dk, half } of reach) {
        const [jj, kk] = [j + dj, k + dk];
        if (jj < 0 || kk < 0 || jj >= nj || kk >= nk) continue;
        const other = jj + nj * kk;
        for (let r = first[other] as number; r < (first[other + 1] as number); r++) {
          const from = Math.max(0, (start[r] as number) - half);
          const to = Math.min(ni, (end[r] as number) + half);
          steps[from] = (steps[from] as number) + 1;
          steps[to] = (steps[to] as number) - 1;
          any = true;
        }
      }
      if (!any) continue;
      const row = j + nj * k;
      inRow.fill(0);
      for (let r = first[row] as number; r < (first[row + 1] as number); r++) {
        inRow.fill(1, start[r], end[r]);
      }
      for (let i = 0, depth = 0; i < ni; i++) {
        depth += steps[i] as number;
        if (depth > 0 && !inRow[i]) visit(row * ni + i);
      }
      steps.fill(0);
    }
  }
}

interface RowRuns {
  /** Of each row the first run, and one past the last of all. */
  readonly first: Uint32Array;
  /** i of the first voxel, and one past the last. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** All are found before the first visit: whoever visits may write. */
function runsOf(bytes: Uint8Array, isIn: Uint8Array, [ni, nj, nk]: Size): RowRuns {
  const first = new Uint32Array(nj * nk + 1);
  const [start, end]: [number[], number[]] = [[], []];
  for (let row = 0; row < nj * nk; row++) {
    first[row] = start.length;
    const base = row * ni;
    let i = 0;
    while (i < ni) {
      if (!isIn[bytes[base + i] as number]) {
        i++;
        continue;
      }
      start.push(i);
      while (i < ni && isIn[bytes[base + i] as number]) i++;
      end.push(i);
    }
  }
  first[nj * nk] = start.length;
  return { first, start: Uint32Array.from(start), end: Uint32Array.from(end) };
}

/** The rows a ball covers, and how far along each (voxels). */
function ballRows(
  [si, sj, sk]: Vec3,
  mm: number,
): readonly { readonly dj: number; readonly dk: number; readonly half: number }[] {
  const limit = mm * mm * (1 + 1e-6);
  const rows: { dj: number; dk: number; half: number }[] = [];
  const [nj, nk] = [Math.floor(mm / sj + 1e-6), Math.floor(mm / sk + 1e-6)];
  for (let dk = -nk; dk <= nk; dk++) {
    for (let dj = -nj; dj <= nj; dj++) {
      const rest = limit - (dj * sj) ** 2 - (dk * sk) ** 2;
      if (rest >= 0) rows.push({ dj, dk, half: Math.floor(Math.sqrt(rest) / si) });
    }
  }
  return rows;
}
