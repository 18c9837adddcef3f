/** What a method is given, and gives. */
import type { JobOptions } from '../progress.ts';
import type { Seed } from '../random.ts';
import type { Delta } from '../volume/delta.ts';
import type { Volume } from '../volume/volume.ts';
import type { HeadFrame } from './head-frame.ts';
import type { RemovedRegion } from './region.ts';

export interface Opening {
  readonly volume: Volume;
  readonly removed: Pick<RemovedRegion, 'region' | 'labels'>;
  readonly frame: HeadFrame;
  /** From the key of the run and the person; the same seed gives the same voxels. */
  readonly seed: Seed;
}

/**
 * New values for every voxel of the region and for none else, in the volume's stored type;
 * neither opening nor volume is changed.
 *
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export type Method = (opening: Opening, job?: JobOptions) => Promise<Delta>;
