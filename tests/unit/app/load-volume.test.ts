import { expect, test } from 'vitest';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { loadVolume } from '../../../src/app/load-volume.ts';
import { readNifti } from '../../../src/core/nifti/read.ts';
import { niftiFile } from '../../support/nifti-file.ts';

const noDecoder = { decode: () => Promise.reject(new Error('nothing is compressed')) };

test('a scan of more voxels than fit is refused before memory is taken', async () => {
  const bytes = niftiFile();
  const scan = await readNifti(memorySource('a.nii', bytes), { id: '1', patient: 1, visit: 1 });
  const sized = (nk: number): typeof scan => ({
    ...scan,
    grid: { ...scan.grid, size: [512, 512, nk] },
  });
  let taken = 0;
  const memory = (length: number): ArrayBuffer => {
    taken += 1;
    return new ArrayBuffer(length);
  };

  await expect(loadVolume(sized(821), noDecoder, { memory })).rejects.toMatchObject({
    code: 'geometry/too-many-voxels',
    details: { millions: 216, most: 215 },
  });
  expect(taken).toBe(0);
  await loadVolume(sized(820), noDecoder, { memory });
  expect(taken).toBe(1);
});
