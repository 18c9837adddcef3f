/** One scan → its voxels. */
import { loadDicomScan } from '../core/dicom/load.ts';
import { loadNiftiScan } from '../core/nifti/read.ts';
import { EffaceError } from '../core/errors.ts';
import { voxelCount } from '../core/geometry/grid.ts';
import type { LoadOptions, Volume } from '../core/volume/volume.ts';
import type { Scan } from './open-scans.ts';
import type { FrameDecoder } from './ports.ts';

/** Voxels, region and labels of a scan of this size stay under 2 GB together. */
const MOST_VOXELS = 2 ** 28;

/**
 * Stored values as the files have them; nothing is kept but what is returned.
 *
 * @throws EffaceError `geometry/too-many-voxels`, `job/memory`, and those of `loadDicomScan` and `loadNiftiScan`
 */
export async function loadVolume(
  scan: Scan,
  decoder: FrameDecoder,
  job: LoadOptions = {},
): Promise<Volume> {
  const voxels = voxelCount(scan.grid);
  if (voxels > MOST_VOXELS) {
    const millions = (n: number): number => Math.ceil(n / 1e6);
    const details = { millions: millions(voxels), most: millions(MOST_VOXELS) };
    throw new EffaceError('geometry/too-many-voxels', details);
  }
  return scan.kind === 'dicom' ? loadDicomScan(scan, decoder, job) : loadNiftiScan(scan, job);
}
