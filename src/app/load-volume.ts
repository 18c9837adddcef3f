/** One scan → its voxels. */
import { loadDicomScan } from '../core/dicom/load.ts';
import { loadNiftiScan } from '../core/nifti/read.ts';
import type { LoadOptions, Volume } from '../core/volume/volume.ts';
import type { Scan } from './open-scans.ts';
import type { FrameDecoder } from './ports.ts';

/**
 * Stored values as the files have them; nothing is kept but what is returned.
 *
 * @throws EffaceError `job/memory`, and those of `loadDicomScan` and `loadNiftiScan`
 */
export function loadVolume(
  scan: Scan,
  decoder: FrameDecoder,
  job: LoadOptions = {},
): Promise<Volume> {
  return scan.kind === 'dicom' ? loadDicomScan(scan, decoder, job) : loadNiftiScan(scan, job);
}
