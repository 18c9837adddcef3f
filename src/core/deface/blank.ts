/**
 * Method "blank": every voxel of the region becomes air, as this very file stores air
 * (volume.air: from its rescale, sign, bits and padding).
 */
import type { JobOptions } from '../progress.ts';
import type { Delta } from '../volume/delta.ts';
import { airOf, type Mask, type Volume } from '../volume/volume.ts';
import { writeRegion } from './write-region.ts';

export function blank(volume: Volume, region: Mask, job: JobOptions = {}): Promise<Delta> {
  return writeRegion(
    volume,
    region,
    (k) => {
      const air = airOf(volume, k);
      return () => air;
    },
    job,
  );
}
