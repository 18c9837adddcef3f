/** What a PET scanner adds: wide blur, noise that grows with activity, a scale for every slice. */
import { spacingOf } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { createRandom } from '../random.ts';
import { gaussian } from '../volume/gaussian.ts';
import type { Rescale, Volume } from '../volume/volume.ts';

/** A resolution of 6 mm at half the height, as a standard deviation (mm). */
const BLUR_MM = 2.6;
/** Neighbours share their noise over so much (mm). */
const GRAIN_MM = 2;
/** Standard deviation of the noise where the activity is `AT`, and of what air shows (Bq/ml). */
const NOISE = { sd: 900, at: 20_000, air: 25 } as const;
const LARGEST = 32767;

/** @param activity Bq/ml by tissue, on `grid` */
export function petVolume(activity: Float32Array, grid: Grid, seed: number, noise: number): Volume {
  const random = createRandom(seed + 17);
  const spacing = spacingOf(grid.affine);
  const seen = gaussian(activity, grid.size, spacing, BLUR_MM);
  const white = Float32Array.from(activity, () => random.normal());
  const grain = gaussian(white, grid.size, spacing, GRAIN_MM);
  const unit = Math.sqrt(grain.reduce((sum, value) => sum + value * value, 0) / grain.length);
  const [ni, nj, nk] = grid.size;
  const stored = new Uint16Array(activity.length);
  const rescale: Rescale[] = [];
  for (let k = 0; k < nk; k++) {
    const [from, to] = [ni * nj * k, ni * nj * (k + 1)];
    let highest = 1;
    for (let v = from; v < to; v++) {
      const counts = Math.max(0, seen[v] as number);
      const sd = noise * (NOISE.air + NOISE.sd * Math.sqrt(counts / NOISE.at));
      // Iterative reconstruction knows nothing below 0.
      const value = Math.max(0, counts + (sd * (grain[v] as number)) / unit);
      seen[v] = value;
      highest = Math.max(highest, value);
    }
    // As a file says it: a DS of 16 characters.
    const slope = Number((highest / LARGEST).toFixed(8));
    for (let v = from; v < to; v++) {
      stored[v] = Math.min(LARGEST, Math.round((seen[v] as number) / slope));
    }
    rescale.push({ slope, intercept: 0 });
  }
  return { grid, modality: 'PT', stored, rescale, padding: null, air: rescale.map(() => 0) };
}
