/** The marks of a plan: what it claims, with a margin, and what holds against everything. */
import type { BrainGuard } from '../deface/brain-guard.ts';
import type { FineLabels } from '../deface/fine-labels.ts';
import { HALF_FINE_DIAGONAL_MM, numberOf } from '../deface/region.ts';
import type { Region } from '../deface/options.ts';
import { compose, indexToLps, invert, spacingOf, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { along, rowsOf } from '../geometry/rows.ts';
import type { Volume } from '../volume/volume.ts';
import { Mark, regionAt, tableOf } from './marks.ts';
import { forEachInShell } from './shell.ts';

/** Adds to claims (`removedRegion`) where the guard lies and where there is no image. */
export function markHolds(
  marks: Uint8Array,
  { grid, stored, padding }: Volume,
  fine: FineLabels,
  guard: BrainGuard | null,
): void {
  if (guard) markGuard(marks, grid, fine.grid, guard);
  if (!padding) return;
  for (let v = 0; v < marks.length; v++) {
    const value = stored[v] as number;
    if (value >= padding.low && value <= padding.high)
      marks[v] = (marks[v] as number) | Mark.padding;
  }
}

/**
 * Grows or shrinks what the plan claims (mm); not into the guard.
 *
 * @param labels on the same grid: which region a voxel that comes in is counted to
 */
export function applyMargin(
  marks: Uint8Array,
  { size, affine }: Grid,
  labels: Uint8Array,
  regions: readonly Region[],
  mm: number,
): void {
  if (mm === 0) return;
  const claimed = tableOf((mark) => (mark & Mark.claim) !== 0);
  const from = mm > 0 ? claimed : claimed.map((is) => 1 - is);
  forEachInShell(marks, from, size, spacingOf(affine), Math.abs(mm), (v) => {
    const mark = marks[v] as number;
    if (mm < 0) marks[v] = mark & ~Mark.claim;
    else if (!(mark & (Mark.guard | Mark.padding))) {
      marks[v] = mark | numberOf(regionAt(labels[v] as number, regions));
    }
  });
}

function markGuard(marks: Uint8Array, grid: Grid, fine: Grid, { clear }: BrainGuard): void {
  const [ni, nj] = grid.size;
  const [fi, fj, fk] = fine.size;
  const toFine = compose(invert(fine.affine), grid.affine);
  const box = guardedBox(fine, clear);
  if (!box) return;
  const [low, high] = boxAround(box, invert(toFine), grid);
  const rows = rowsOf(toFine);
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      const [a, b, c] = along(rows, j, k);
      for (let i = low[0]; i <= high[0]; i++) {
        // The nearest fine voxel, as in `removedRegion`.
        const p = Math.floor(a + i * rows.x[0] + 0.5);
        const q = Math.floor(b + i * rows.y[0] + 0.5);
        const r = Math.floor(c + i * rows.z[0] + 0.5);
        if (p < 0 || q < 0 || r < 0 || p >= fi || q >= fj || r >= fk) continue;
        if ((clear[p + fi * (q + fj * r)] as number) >= HALF_FINE_DIAGONAL_MM) continue;
        const v = i + ni * (j + nj * k);
        marks[v] = (marks[v] as number) | Mark.guard;
      }
    }
  }
}

/** First and last index of the guarded voxels along each axis of the fine grid. */
function guardedBox({ size }: Grid, clear: Float32Array): readonly [Vec3, Vec3] | null {
  const [ni, nj, nk] = size;
  const low: [number, number, number] = [ni, nj, nk];
  const high: [number, number, number] = [-1, -1, -1];
  for (let k = 0, v = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        if ((clear[v] as number) >= HALF_FINE_DIAGONAL_MM) continue;
        [i, j, k].forEach((n, axis) => {
          low[axis as 0 | 1 | 2] = Math.min(low[axis as 0 | 1 | 2], n);
          high[axis as 0 | 1 | 2] = Math.max(high[axis as 0 | 1 | 2], n);
        });
      }
    }
  }
  return high[0] < 0 ? null : [low, high];
}

/** The box of indices of a grid that holds a box of another's voxels, to their outer edges. */
function boxAround(
  [low, high]: readonly [Vec3, Vec3],
  toGrid: ReturnType<typeof invert>,
  { size }: Grid,
): readonly [Vec3, Vec3] {
  const from: [number, number, number] = [Infinity, Infinity, Infinity];
  const to: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let corner = 0; corner < 8; corner++) {
    const at = [0, 1, 2].map((axis) =>
      corner & (1 << axis) ? (high[axis] as number) + 0.5 : (low[axis] as number) - 0.5,
    );
    const index = indexToLps(toGrid, at as unknown as Vec3);
    for (const axis of [0, 1, 2] as const) {
      from[axis] = Math.max(0, Math.min(from[axis], Math.floor(index[axis])));
      to[axis] = Math.min(size[axis] - 1, Math.max(to[axis], Math.ceil(index[axis])));
    }
  }
  return [from, to];
}
