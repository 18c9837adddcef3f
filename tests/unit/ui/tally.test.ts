import { expect, test } from 'vitest';
import { Mark } from '../../../src/core/edit/marks.ts';
import { Tally } from '../../../src/ui/correct/tally.ts';

const CLAIM = 1;

test('before a hand has been there nothing is counted as its doing', () => {
  const tally = new Tally(Uint8Array.of(0, CLAIM, CLAIM | Mark.guard, Mark.guard, Mark.padding));
  expect(tally.counts(false)).toEqual({ added: 0, left: 0, protectedVoxels: 0, held: 0 });
});

test('a change is counted, and counted back when it is undone', () => {
  const tally = new Tally(Uint8Array.of(0, 0, CLAIM));
  const change = {
    runs: Uint32Array.of(0, 2, 2, 1),
    before: Uint8Array.of(0, CLAIM),
    after: Uint8Array.of(Mark.take, CLAIM | Mark.leave),
  };
  tally.take(change, 'after');
  expect(tally.counts(false)).toEqual({ added: 2, left: 1, protectedVoxels: 0, held: 0 });
  tally.take(change, 'before');
  expect(tally.counts(false)).toEqual({ added: 0, left: 0, protectedVoxels: 0, held: 0 });
});
