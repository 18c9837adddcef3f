/** One scan → its voxels. */
import { loadDicomScan } from '../core/dicom/load.ts';
import { bytesPerVoxel } from '../core/nifti/datatype.ts';
import { loadNiftiScan } from '../core/nifti/read.ts';
import { EffaceError } from '../core/errors.ts';
import { voxelCount } from '../core/geometry/grid.ts';
import type { LoadOptions, Volume } from '../core/volume/volume.ts';
import type { Scan } from './open-scans.ts';
import type { FrameDecoder } from './ports.ts';

/**
 * Most voxels for which everything stays under 2 GB. DICOM is written slice by slice: 1,000
 * slices of 512² took 1.9 GB. A NIfTI file is written as a whole, so the bytes of a number count:
 * the same 1,000 slices in two bytes took 2.3 GB.
 */
const MOST_VOXELS = 2 ** 28;
const MOST_NIFTI_BYTES = 430e6;

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
  const most =
    scan.kind === 'dicom' ? MOST_VOXELS : MOST_NIFTI_BYTES / bytesPerVoxel(scan.header.type);
  if (voxels > most) {
    const details = { millions: Math.ceil(voxels / 1e6), most: Math.floor(most / 1e6) };
    throw new EffaceError('geometry/too-many-voxels', details);
  }
  return scan.kind === 'dicom' ? loadDicomScan(scan, decoder, job) : loadNiftiScan(scan, job);
}
