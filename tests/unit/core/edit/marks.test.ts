import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  HAND,
  isHeld,
  isLeft,
  isTaken,
  Mark,
  regionAt,
  STROKES,
  type Stroke,
} from '../../../../src/core/edit/marks.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const mark = fc.integer({ min: 0, max: 255 });
const strokes = fc.array(fc.constantFrom(...(Object.keys(STROKES) as Stroke[])), { maxLength: 8 });
const after = (start: number, done: readonly Stroke[]): number =>
  done.reduce((now, stroke) => STROKES[stroke](now), start);

test('no strokes bring a voxel of the guard into the region unless it is overridden', () => {
  fc.assert(
    fc.property(mark, strokes, (start, done) => {
      expect(isTaken(after(start | Mark.guard, done), false)).toBe(false);
    }),
  );
  expect(isTaken(after(Mark.guard, ['take']), true)).toBe(true);
});

test('an override gives the hand alone what it painted, nothing of the plan', () => {
  fc.assert(
    fc.property(mark, (one) => {
      const untouched = (one | Mark.guard) & ~Mark.take;
      expect(isTaken(untouched, true)).toBe(false);
    }),
  );
});

test('what is protected stays, whatever else is said, and so does padding', () => {
  fc.assert(
    fc.property(mark, fc.boolean(), (one, overrides) => {
      expect(isTaken(one | Mark.protect, overrides)).toBe(false);
      expect(isTaken(one | Mark.padding, overrides)).toBe(false);
    }),
  );
});

test('the last stroke counts, over the plan too, and strokes leave plan and guard alone', () => {
  fc.assert(
    fc.property(mark, strokes, (start, done) => {
      const free = start & ~(Mark.guard | Mark.protect | Mark.padding);
      const last = done.findLast((one) => one === 'take' || one === 'leave');
      const marked = after(free, done) & ~Mark.protect;
      if (last) expect(isTaken(marked, false)).toBe(last === 'take');
      expect(after(start, done) & ~HAND).toBe(start & ~HAND);
    }),
  );
});

test('a voxel is held where the hand wanted it and only the guard keeps it', () => {
  fc.assert(
    fc.property(mark, (one) => {
      const isOnlyGuard = !isTaken(one, false) && isTaken(one & ~Mark.guard, false);
      expect(isHeld(one, false)).toBe((one & Mark.take) !== 0 && isOnlyGuard);
      expect(isHeld(one, true)).toBe(false);
    }),
  );
});

test('a stroke is counted to the region of its label, and never to one that was not chosen', () => {
  expect(regionAt(Label.ears, ['face', 'ears'])).toBe('ears');
  expect(regionAt(Label.head, ['face', 'ears'])).toBe('face');
  expect(regionAt(Label.face, ['ears'])).toBe('ears');
  expect(regionAt(Label.eyes, ['face', 'ears'])).toBe('face');
});

test('only a hand leaves a voxel: what the guard or padding keeps of a claim is not counted', () => {
  const claim = 1;
  expect(isLeft(claim)).toBe(false);
  expect(isLeft(claim | Mark.guard)).toBe(false);
  expect(isLeft(claim | Mark.padding | Mark.leave)).toBe(false);
  expect(isLeft(claim | Mark.leave)).toBe(true);
  expect(isLeft(claim | Mark.protect)).toBe(true);
  expect(isLeft(Mark.leave)).toBe(false);
});
