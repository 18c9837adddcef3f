import { expect, test } from 'vitest';
import { Mark } from '../../../../src/core/edit/marks.ts';
import { removedShare } from '../../../../src/core/edit/removed-share.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';

const fine = uprightGrid([8, 8, 8], 1, [0, 0, 0]);
const coarse = uprightGrid([4, 4, 4], 2, [0, 0, 0]);
const marksOf = (mark: number, isIn: (i: number) => boolean): Uint8Array =>
  new Uint8Array(512).map((_, v) => (isIn(v % 8) ? mark : 0));
/** Along i, in the middle. */
const row = (share: Float32Array): readonly number[] => [
  ...share.slice(4 * (1 + 4 * 2)).slice(0, 4),
];

test('a coarse voxel goes by the share of it that goes', () => {
  expect(
    row(
      removedShare(
        marksOf(Mark.take, (i) => i < 3),
        fine,
        coarse,
        false,
      ),
    ),
  ).toEqual([1, 0.5, 0, 0]);
});

test('what is protected or guarded does not go, unless the guard is overridden', () => {
  const all = (mark: number, overrides: boolean): number =>
    Math.max(
      ...removedShare(
        marksOf(mark, () => true),
        fine,
        coarse,
        overrides,
      ),
    );
  expect(all(Mark.take | Mark.protect, true)).toBe(0);
  expect(all(Mark.take | Mark.guard, false)).toBe(0);
  expect(all(Mark.take | Mark.guard, true)).toBe(1);
});
