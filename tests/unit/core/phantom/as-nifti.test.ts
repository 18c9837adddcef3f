import { describe, expect, test } from 'vitest';
import { loadNiftiScan, readNifti } from '../../../../src/core/nifti/read.ts';
import { sameGrid } from '../../../../src/core/geometry/grid.ts';
import { acquisitionGrid } from '../../../../src/core/phantom/acquire.ts';
import { maskNifti, phantomNifti } from '../../../../src/core/phantom/as-nifti.ts';
import type { Volume } from '../../../../src/core/volume/volume.ts';
import { memoryFile } from '../../../support/shared-data.ts';

const grid = acquisitionGrid({
  plane: 'sagittal',
  size: [4, 3, 2],
  spacing: [1, 2, 3],
  tiltDeg: 0,
});
const place = { id: '1', patient: 1, visit: 1 };

describe('a phantom as NIfTI', () => {
  test('comes back with its grid, its stored values and its rescale', async () => {
    const volume: Volume = {
      grid,
      modality: 'CT',
      stored: Uint16Array.from({ length: 24 }, (_, n) => n * 100),
      rescale: [{ slope: 1, intercept: -1024 }],
      padding: null,
      air: [24],
    };
    const scan = await readNifti(memoryFile('x.nii', phantomNifti(volume)), place);
    const loaded = await loadNiftiScan(scan);
    expect(sameGrid(loaded.grid, grid)).toBe(true);
    expect(Array.from(loaded.stored)).toEqual(Array.from(volume.stored));
    expect(loaded.rescale[0]).toEqual({ slope: 1, intercept: -1024 });
  });

  test('keeps labels as bytes', async () => {
    const voxels = Uint8Array.from({ length: 24 }, (_, n) => n % 7);
    const scan = await readNifti(memoryFile('x.nii', maskNifti({ grid, voxels })), place);
    const loaded = await loadNiftiScan(scan);
    expect(Array.from(loaded.stored)).toEqual(Array.from(voxels));
  });
});
