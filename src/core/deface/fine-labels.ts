/**
 * The labels of the network at half its voxel size: class probabilities interpolated
 * linearly, then the most probable class. The cut is placed with these; the network's
 * own 3 mm steps would show.
 */
import { compose, affineOf } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { LABEL_CLASSES, type Segmentation } from '../segmentation/segmentation.ts';

export interface FineLabels {
  readonly grid: Grid;
  readonly labels: Uint8Array;
}

/** Every network voxel becomes 2×2×2 finer ones. */
export function fineLabels({ grid, probabilities, labels }: Segmentation): FineLabels {
  const [ni, nj, nk] = grid.size;
  const size = [2 * ni, 2 * nj, 2 * nk] as const;
  // Fine voxel f lies at coarse index (f − ½) / 2.
  const half = affineOf([0.5, 0, 0, -0.25, 0, 0.5, 0, -0.25, 0, 0, 0.5, -0.25, 0, 0, 0, 1]);
  const fine = new Uint8Array(size[0] * size[1] * size[2]);
  const corners = new Int32Array(8);
  const weights = new Float64Array(8);
  const sums = new Float64Array(LABEL_CLASSES);
  let f = 0;
  for (let k = 0; k < size[2]; k++) {
    const [k0, k1, wk] = neighbors(k, nk);
    for (let j = 0; j < size[1]; j++) {
      const [j0, j1, wj] = neighbors(j, nj);
      for (let i = 0; i < size[0]; i++, f++) {
        const [i0, i1, wi] = [(i - 1) >> 1, (i + 1) >> 1, i & 1 ? 0.25 : 0.75];
        const a = i0 < 0 ? 0 : i0;
        const b = i1 >= ni ? ni - 1 : i1;
        corners[0] = a + ni * (j0 + nj * k0);
        corners[1] = b + ni * (j0 + nj * k0);
        corners[2] = a + ni * (j1 + nj * k0);
        corners[3] = b + ni * (j1 + nj * k0);
        corners[4] = a + ni * (j0 + nj * k1);
        corners[5] = b + ni * (j0 + nj * k1);
        corners[6] = a + ni * (j1 + nj * k1);
        corners[7] = b + ni * (j1 + nj * k1);
        const first = labels[corners[0]] as number;
        let same = true;
        for (let c = 1; c < 8; c++) same &&= labels[corners[c] as number] === first;
        if (same) {
          fine[f] = first;
          continue;
        }
        for (let c = 0; c < 8; c++) {
          weights[c] = (c & 1 ? wi : 1 - wi) * (c & 2 ? wj : 1 - wj) * (c & 4 ? wk : 1 - wk);
        }
        fine[f] = mostProbable(probabilities, corners, weights, sums);
      }
    }
  }
  return { grid: { size, affine: compose(grid.affine, half) }, labels: fine };
}

/** The two coarse neighbours of a fine index along an axis, and the weight of the second. */
export function neighbors(fine: number, n: number): readonly [number, number, number] {
  const lower = (fine - 1) >> 1;
  return [Math.max(0, lower), Math.min(n - 1, lower + 1), fine & 1 ? 0.25 : 0.75];
}

function mostProbable(
  probabilities: Float32Array,
  corners: Int32Array,
  weights: Float64Array,
  sums: Float64Array,
): number {
  sums.fill(0);
  for (let c = 0; c < 8; c++) {
    const start = (corners[c] as number) * LABEL_CLASSES;
    const weight = weights[c] as number;
    for (let n = 0; n < LABEL_CLASSES; n++) {
      sums[n] = (sums[n] as number) + weight * (probabilities[start + n] as number);
    }
  }
  let best = 0;
  for (let n = 1; n < LABEL_CLASSES; n++) {
    if ((sums[n] as number) > (sums[best] as number)) best = n;
  }
  return best;
}
