/** Where a reviewer looks first: the middle line at nose height, and the depth of the cut. */
import { indexToLps, type Vec3 } from '../../core/geometry/affine.ts';
import { Label, type Mask } from '../../core/volume/volume.ts';

/** A rough place is enough: every so many voxels along each axis. */
const STRIDE = 3;

/** A point between the middle of the face and that of the brain; null where either is missing. */
export function focusOf({ grid, voxels }: Mask): Vec3 | null {
  const face = middleOfLabel(Label.face);
  const brain = middleOfLabel(Label.brain);
  if (!face) return null;
  return brain ? [(face[0] + brain[0]) / 2, face[1] + (brain[1] - face[1]) * 0.3, face[2]] : face;

  function middleOfLabel(wanted: number): Vec3 | null {
    const [ni, nj, nk] = grid.size;
    const sum: [number, number, number] = [0, 0, 0];
    let count = 0;
    for (let k = 0; k < nk; k += STRIDE) {
      for (let j = 0; j < nj; j += STRIDE) {
        const row = ni * (j + nj * k);
        for (let i = 0; i < ni; i += STRIDE) {
          if (voxels[row + i] !== wanted) continue;
          sum[0] += i;
          sum[1] += j;
          sum[2] += k;
          count += 1;
        }
      }
    }
    if (count === 0) return null;
    return indexToLps(grid.affine, [sum[0] / count, sum[1] / count, sum[2] / count]);
  }
}
