/** Where an ear should be that the labels do not show: opposite the one they show. */
import { indexToLps, type Vec3 } from '../geometry/affine.ts';
import { Label, type Mask } from '../volume/volume.ts';

/** A side with less than this share of the other's ear has none. */
const LEAST_SHARE = 0.2;
/** Rough places are enough: every so many voxels along each axis. */
const STRIDE = 2;

/** LPS mm; null where both ears or none are labelled, or no brain is. */
export function missingEar({ grid, voxels }: Mask): Vec3 | null {
  const [ni, nj, nk] = grid.size;
  const brain = new Middle();
  const ears: Vec3[] = [];
  for (let k = 0; k < nk; k += STRIDE) {
    for (let j = 0; j < nj; j += STRIDE) {
      const row = ni * (j + nj * k);
      for (let i = 0; i < ni; i += STRIDE) {
        const label = voxels[row + i];
        if (label === Label.brain) brain.add(indexToLps(grid.affine, [i, j, k]));
        else if (label === Label.ears) ears.push(indexToLps(grid.affine, [i, j, k]));
      }
    }
  }
  const middle = brain.place();
  if (!middle || ears.length === 0) return null;
  const sides = [new Middle(), new Middle()] as const;
  for (const ear of ears) sides[ear[0] > middle[0] ? 1 : 0].add(ear);
  const [few, many] = sides[0].count < sides[1].count ? sides : ([sides[1], sides[0]] as const);
  const seen = many.place();
  if (!seen || few.count >= LEAST_SHARE * many.count) return null;
  return [2 * middle[0] - seen[0], seen[1], seen[2]];
}

class Middle {
  count = 0;
  readonly #sum: [number, number, number] = [0, 0, 0];

  add(point: Vec3): void {
    this.count += 1;
    for (const n of [0, 1, 2] as const) this.#sum[n] += point[n];
  }

  place(): Vec3 | null {
    const [x, y, z] = this.#sum;
    return this.count > 0 ? [x / this.count, y / this.count, z / this.count] : null;
  }
}
