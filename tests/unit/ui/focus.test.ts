import { expect, test } from 'vitest';
import { uprightAffine } from './affines.ts';
import { headField } from '../../../src/ui/view/focus.ts';
import { fieldOf } from '../../../src/ui/view/planes.ts';

const size = [60, 60, 30] as const;
const grid = { size, affine: uprightAffine([8, 8, 8], [-240, -240, 0]) };

test('pictures are fitted to the head with some air, within the scan', () => {
  const voxels = new Uint8Array(60 * 60 * 30);
  for (let k = 0; k < 30; k++)
    for (let j = 21; j <= 39; j++) for (let i = 24; i <= 36; i++) voxels[i + 60 * (j + 60 * k)] = 1;
  const { low, high } = headField({ grid, voxels });
  expect([low[0], high[0]]).toEqual([-240 + 24 * 8 - 24, -240 + 36 * 8 + 24]);
  expect([low[1], high[1]]).toEqual([-240 + 21 * 8 - 24, -240 + 39 * 8 + 24]);
  expect(low[2]).toBe(fieldOf(grid).low[2]);
});

test('a scan that is not much wider than the head is shown whole', () => {
  const voxels = new Uint8Array(60 * 60 * 30).fill(1);
  expect(headField({ grid, voxels })).toEqual(fieldOf(grid));
});

test('a scan without labels is shown whole', () => {
  expect(headField({ grid, voxels: new Uint8Array(60 * 60 * 30) })).toEqual(fieldOf(grid));
});
