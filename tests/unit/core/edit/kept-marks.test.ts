import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeKept,
  encodeKept,
  handRuns,
  putHand,
  type KeptCorrections,
} from '../../../../src/core/edit/kept-marks.ts';
import { HAND, Mark } from '../../../../src/core/edit/marks.ts';

const size = [6, 5, 4] as const;
const VOXELS = 120;
/** Take and leave at once is said by no hand. */
const hand = fc.constantFrom(
  0,
  0,
  0,
  Mark.take,
  Mark.leave,
  Mark.protect,
  Mark.take | Mark.protect,
);
const marks = fc
  .array(fc.tuple(hand, fc.constantFrom(0, 1, Mark.guard)), {
    minLength: VOXELS,
    maxLength: VOXELS,
  })
  .map((all) => Uint8Array.from(all, ([a, b]) => a | b));
const kept = (of: Uint8Array): KeptCorrections => ({
  size,
  run: { regions: ['face', 'ears'], depth: 'standard' },
  own: { regions: ['face'], depth: 'deep' },
  marginMm: -2,
  ...handRuns(of),
});

test('what the hand said comes back, and nothing of plan and guard', () => {
  fc.assert(
    fc.property(marks, (before) => {
      const back = decodeKept(encodeKept(kept(before)), size);
      expect(back).toEqual(kept(before));
      const after = new Uint8Array(VOXELS);
      if (back) putHand(after, back);
      expect(after).toEqual(before.map((mark) => mark & HAND));
    }),
  );
});

test('damaged, cut off, or of another size: nothing', () => {
  const bytes = encodeKept(kept(new Uint8Array(VOXELS).fill(Mark.take, 5, 9)));
  expect(decodeKept(bytes, size)).not.toBeNull();
  expect(decodeKept(bytes, [5, 6, 4])).toBeNull();
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ by;
      expect(decodeKept(damaged, size)).toBeNull();
      expect(decodeKept(bytes.slice(0, at), size)).toBeNull();
    }),
  );
});

test('runs that a hand could not have drawn are refused, though the sum is right', () => {
  const of = (runs: readonly number[], bits: readonly number[]): KeptCorrections | null =>
    decodeKept(
      encodeKept({
        ...kept(new Uint8Array(VOXELS)),
        runs: Uint32Array.from(runs),
        bits: Uint8Array.from(bits),
      }),
      size,
    );
  expect(of([0, 4, 4, 2], [Mark.take, Mark.leave])).not.toBeNull();
  expect(of([118, 3], [Mark.take])).toBeNull();
  expect(of([4, 4, 2, 1], [Mark.take, Mark.take])).toBeNull();
  expect(of([0, 4], [Mark.guard])).toBeNull();
  expect(of([0, 4], [Mark.take | Mark.leave])).toBeNull();
  expect(of([0, 0], [Mark.take])).toBeNull();
});
