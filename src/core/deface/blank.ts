/**
 * Method "blank": every voxel of the region becomes air, as this very file stores air
 * (volume.air: from its rescale, sign, bits and padding).
 */
import { createCheckpoint, type JobOptions } from '../progress.ts';
import type { Delta } from '../volume/delta.ts';
import { airOf, type Mask, type Volume } from '../volume/volume.ts';
import { EffaceError } from '../errors.ts';

export async function blank(
  volume: Volume,
  region: Mask,
  { signal }: JobOptions = {},
): Promise<Delta> {
  const [ni, nj, nk] = volume.grid.size;
  const perSlice = ni * nj;
  const checkpoint = createCheckpoint(signal);
  const runs: number[] = [];
  let total = 0;
  for (let k = 0; k < nk; k++) {
    const end = (k + 1) * perSlice;
    for (let v = k * perSlice; v < end; v++) {
      if (!region.voxels[v]) continue;
      const start = v;
      while (v < end && region.voxels[v]) v++;
      runs.push(start, v - start);
      total += v - start;
    }
    await checkpoint();
  }

  const values = allocateLike(volume, total);
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const length = runs[r + 1] as number;
    values.fill(airOf(volume, Math.floor((runs[r] as number) / perSlice)), at, at + length);
    at += length;
  }
  return { grid: volume.grid, runs: Uint32Array.from(runs), values };
}

function allocateLike({ stored }: Volume, length: number): Volume['stored'] {
  try {
    return new (stored.constructor as new (n: number) => Volume['stored'])(length);
  } catch (cause) {
    const needed = Math.ceil((length * stored.BYTES_PER_ELEMENT) / 1e6);
    throw new EffaceError('job/memory', { needed }, { cause });
  }
}
