import { describe, expect, test } from 'vitest';
import { affineFromColumns } from '../../../../src/core/geometry/affine.ts';
import { defacemask } from '../../../../src/core/export/defacemask.ts';
import { loadNiftiScan, readNifti } from '../../../../src/core/nifti/read.ts';
import { memoryFile } from '../../../support/shared-data.ts';

describe('the mask of a DICOM series', () => {
  test('is a NIfTI file on the very grid of the series, sheared or not', async () => {
    // prettier-ignore
    const affine = affineFromColumns([0.5, 0.1, 0], [0, 0.75, 0.2], [-0.1, 0.4, 3], [-90, 120, 40]);
    const voxels = Uint8Array.from({ length: 8 * 9 * 10 }, (_, v) => (v % 7 === 0 ? 1 : 0));
    const bytes = defacemask({ grid: { size: [8, 9, 10], affine }, voxels });
    const scan = await readNifti(memoryFile('mask.nii.gz', bytes), {
      id: '1',
      patient: 1,
      visit: 1,
    });
    const volume = await loadNiftiScan(scan);

    expect(volume.grid.size).toEqual([8, 9, 10]);
    volume.grid.affine.forEach((value, n) => {
      expect(value).toBeCloseTo(affine[n] ?? NaN, 5);
    });
    expect([...volume.stored]).toEqual([...voxels]);
  });

  test('holds no time', () => {
    const affine = affineFromColumns([1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]);
    const bytes = defacemask({ grid: { size: [1, 1, 1], affine }, voxels: Uint8Array.of(1) });

    // RFC 1952: flags (no name, no comment), then MTIME.
    expect([...bytes.subarray(3, 8)]).toEqual([0, 0, 0, 0, 0]);
  });
});
