/** Single wrong voxels must not decide what the file's air is, nor reach the network. */
import { describe, expect, test } from 'vitest';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { loadNiftiScan, readNifti } from '../../../../src/core/nifti/read.ts';
import { conformTo } from '../../../../src/core/segmentation/conform.ts';
import type { Volume } from '../../../../src/core/volume/volume.ts';
import { niftiFile, type NiftiFileOptions } from '../../../support/nifti-file.ts';
import { memoryFile } from '../../../support/shared-data.ts';

const SIZE = 40;
/** Noisy air around a bright block. */
const clean = (v: number): number => {
  const at = [v % SIZE, Math.floor(v / SIZE) % SIZE, Math.floor(v / SIZE ** 2)];
  const inside = at.every((n) => n > 12 && n < 28);
  return (inside ? 700 : 20) + ((v * 7919) % 11);
};

async function scan(options: NiftiFileOptions, values: (v: number) => number): Promise<Volume> {
  const file = niftiFile({ dim: [3, SIZE, SIZE, SIZE], pixdim: [1, 2, 2, 2], ...options }, values);
  return loadNiftiScan(
    await readNifti(memoryFile('a.nii', file), { id: '1', patient: 1, visit: 1 }),
  );
}

const grid = uprightGrid([32, 32, 32], 3, [39, 39, 39]);
const at = (v: number, wrong: number) => (one: number) => (one === v ? wrong : clean(one));
const MIDDLE = 20 + SIZE * (20 + SIZE * 20);

describe('a wrong voxel', () => {
  test.each([
    ['1e30 in float32', 'float32', 1e30],
    ['1e38 in float32', 'float32', 3e38],
    ['-1e38 in float32', 'float32', -3e38],
    ['1e300 in float64', 'float64', 1e300],
    ['NaN', 'float32', NaN],
    ['Infinity', 'float32', Infinity],
    ['-32768 in int16', 'int16', -32768],
    ['32767 in int16', 'int16', 32767],
  ] as const)('of %s leaves air and the rest of the picture', async (_, type, wrong) => {
    const volume = await scan({ type }, at(MIDDLE, wrong));
    expect(volume.air[0]).toBeGreaterThan(10);
    expect(volume.air[0]).toBeLessThan(40);
    const { values } = conformTo(volume, grid);
    const expected = conformTo(await scan({ type }, clean), grid).values;
    expect(values.every(Number.isFinite)).toBe(true);
    const apart = values.filter((value, n) => Math.abs(value - (expected[n] as number)) > 0.1);
    expect(apart.length).toBeLessThan(30);
  });

  test.each([
    ['all NaN', () => NaN],
    ['all infinite', () => Infinity],
    ['all zero', () => 0],
    ['constant', () => 37],
    ['NaN but for a corner', (v: number) => (v < 500 ? clean(v) : NaN)],
  ] as const)('everywhere (%s) gives the network numbers', async (_, values) => {
    const volume = await scan({ type: 'float32' }, values);
    expect(Number.isFinite(volume.air[0])).toBe(true);
    expect(conformTo(volume, grid).values.every(Number.isFinite)).toBe(true);
  });

  test('of a slope beyond all numbers gives the network numbers', async () => {
    const volume = await scan({ type: 'int16', slope: 1e38 }, clean);
    expect(Number.isFinite(volume.air[0])).toBe(true);
    expect(conformTo(volume, grid).values.every(Number.isFinite)).toBe(true);
  });
});
