/** Method "noise": the region becomes air with the noise of the scan's own air, so that no rim shows. */
import type { JobOptions } from '../progress.ts';
import { wordOf } from '../random.ts';
import type { Delta } from '../volume/delta.ts';
import { airTexture, drawAir, noiseField } from './air-texture.ts';
import type { Opening } from './opening.ts';
import { writeRegion } from './write-region.ts';

export async function noise(
  { volume, removed, seed }: Opening,
  job: JobOptions = {},
): Promise<Delta> {
  const air = await airTexture(volume, removed, job);
  const draw = drawAir(air, noiseField(wordOf(seed), air.correlation));
  return writeRegion(
    volume,
    removed.region,
    (k) => {
      const drawn = draw(k);
      return (_, i, j) => drawn(i, j);
    },
    job,
  );
}
