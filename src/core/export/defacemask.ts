/**
 * Where a DICOM result differs by intent, as a NIfTI-1 file beside the series: 1 where
 * voxels were replaced, 0 elsewhere, on the grid of the series.
 */
import { gzipSync } from 'fflate';
import { assert } from '../errors.ts';
import { spacingOf } from '../geometry/affine.ts';
import { voxelCount } from '../geometry/grid.ts';
import type { Mask } from '../volume/volume.ts';

const HEADER_BYTES = 352;
/** DT_UINT8, and NIFTI_XFORM_SCANNER_ANAT (nifti1.h). */
const UINT8 = 2;
const SCANNER = 1;
const MILLIMETERS = 2;

/** The mask as .nii.gz (uint8, sform in RAS mm, no text, no time in the gzip header). */
export function defacemask(mask: Mask): Uint8Array<ArrayBuffer> {
  const { grid, voxels } = mask;
  assert(voxels.length === voxelCount(grid), 'a mask has the size of its grid');
  const bytes = new Uint8Array(HEADER_BYTES + voxels.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [3, ...grid.size, 1, 1, 1, 1].forEach((n, at) => {
    view.setInt16(40 + 2 * at, n, true);
  });
  view.setInt16(70, UINT8, true);
  view.setInt16(72, 8, true);
  [1, ...spacingOf(grid.affine), 1, 1, 1, 1].forEach((mm, at) => {
    view.setFloat32(76 + 4 * at, mm, true);
  });
  view.setFloat32(108, HEADER_BYTES, true);
  view.setUint8(123, MILLIMETERS);
  view.setFloat32(124, 1, true);
  view.setInt16(254, SCANNER, true);
  for (let n = 0; n < 12; n++) {
    // LPS to RAS: the first two rows turn round.
    const sign = n < 8 ? -1 : 1;
    view.setFloat32(280 + 4 * n, sign * (grid.affine[n] as number), true);
  }
  bytes.set([0x6e, 0x2b, 0x31, 0], 344); // "n+1"
  for (let v = 0; v < voxels.length; v++) bytes[HEADER_BYTES + v] = voxels[v] ? 1 : 0;
  return gzipSync(bytes, { level: 6, mtime: 0 });
}
