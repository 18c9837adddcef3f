import { expect, test } from 'vitest';
import { uprightGrid, voxelCount, type Grid } from '../../../src/core/geometry/grid.ts';
import { Label } from '../../../src/core/volume/volume.ts';
import { middleOfHead, skinGrid } from '../../../workers/pictures.ts';

/** Labels of a box of voxels, in air. */
function box(grid: Grid, from: readonly number[], to: readonly number[], label: Label): Uint8Array {
  const [ni, nj] = grid.size;
  return new Uint8Array(voxelCount(grid)).map((_, v) => {
    const at = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
    const isIn = at.every((n, axis) => n >= (from[axis] ?? 0) && n < (to[axis] ?? 0));
    return isIn ? label : Label.air;
  });
}

const GRID = uprightGrid([40, 40, 150], 4, [0, 0, 0]);

test('the head in 3D is the labelled one, a little lower', () => {
  const labels = box(GRID, [10, 10, 100], [31, 31, 131], Label.brain);
  const [x, y, z] = middleOfHead(GRID, labels);
  expect(x).toBeCloseTo(0, -1);
  expect(y).toBeCloseTo(0, -1);
  // Voxel 115 of 150, and 10 mm.
  expect(z).toBeCloseTo((115 - 74.5) * 4 - 10, -1);
});

test('where the network saw no head, it is the tissue, from its top', () => {
  const small = box(GRID, [10, 10, 20], [31, 31, 51], Label.head);
  expect(middleOfHead(GRID, small)[2]).toBeCloseTo((35 - 74.5) * 4, -1);
  const tall = box(GRID, [10, 10, 0], [31, 31, 141], Label.head);
  const { size } = skinGrid({ grid: GRID, voxels: tall });
  const top = (140 - 74.5) * 4;
  expect(middleOfHead(GRID, tall)[2]).toBeCloseTo(top - (size[2] * 2.2) / 2, -1);
});

test('and without any tissue the middle of the scan', () => {
  const grid = uprightGrid([40, 40, 40], 4, [7, 8, 9]);
  const middle = middleOfHead(grid, new Uint8Array(voxelCount(grid)));
  for (const [axis, at] of [7, 8, 9].entries()) expect(middle[axis]).toBeCloseTo(at, -1);
});
