/** Where a reviewer looks first: the middle line at nose height, and the depth of the cut. */
import { affineFromColumns, axisStep, indexToLps, type Vec3 } from '../../core/geometry/affine.ts';
import type { Grid } from '../../core/geometry/grid.ts';
import { Label, type Mask } from '../../core/volume/volume.ts';
import { fieldOf, type Field } from './planes.ts';

/** A rough place is enough: every so many voxels along each axis. */
const STRIDE = 3;

/** Air that is shown around the head (mm): the removed region begins there. */
const MARGIN_MM = 20;
/** A field that is not this many times as wide as the head is shown whole. */
const MUCH_WIDER = 1.5;

/**
 * What pictures are fitted to: the scan, or where it is much wider than the head, the head with
 * some air around it. A field of view of half a metre would show it as a stamp.
 */
export function headField({ grid, voxels }: Mask): Field {
  const whole = fieldOf(grid);
  const [ni, nj, nk] = grid.size;
  const low = [ni, nj, nk];
  const high = [-1, -1, -1];
  for (let k = 0; k < nk; k += STRIDE) {
    for (let j = 0; j < nj; j += STRIDE) {
      const row = ni * (j + nj * k);
      for (let i = 0; i < ni; i += STRIDE) {
        if (!voxels[row + i]) continue;
        [i, j, k].forEach((at, n) => {
          low[n] = Math.min(low[n] as number, at);
          high[n] = Math.max(high[n] as number, at);
        });
      }
    }
  }
  if ((high[0] as number) < 0) return whole;
  const first = low as unknown as Vec3;
  const size = high.map((at, n) => at - (low[n] as number) + 1) as unknown as Grid['size'];
  const [di, dj, dk] = ([0, 1, 2] as const).map((n) => axisStep(grid.affine, n)) as [
    Vec3,
    Vec3,
    Vec3,
  ];
  const affine = affineFromColumns(di, dj, dk, indexToLps(grid.affine, first));
  const head = fieldOf({ size, affine });
  const part: Field = {
    low: eachAxis((n) => Math.max(whole.low[n], head.low[n] - MARGIN_MM)),
    high: eachAxis((n) => Math.min(whole.high[n], head.high[n] + MARGIN_MM)),
  };
  const isMuchWider = ([0, 1, 2] as const).some(
    (n) => whole.high[n] - whole.low[n] > MUCH_WIDER * (part.high[n] - part.low[n]),
  );
  return isMuchWider ? part : whole;
}

const eachAxis = (value: (axis: 0 | 1 | 2) => number): Vec3 => [value(0), value(1), value(2)];

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
