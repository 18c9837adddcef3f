import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, become, ChangeRecorder, sizeOf } from '../../../../src/core/edit/change.ts';
import { History, type Edit } from '../../../../src/core/edit/history.ts';
import { settingsOf } from '../../../../src/core/edit/settings.ts';
import { DEFAULT_DEFACE } from '../../../../src/core/deface/options.ts';

const VOXELS = 60;
const settings = settingsOf(DEFAULT_DEFACE);
const writes = fc.array(
  fc.tuple(fc.integer({ min: 0, max: VOXELS - 1 }), fc.integer({ min: 0, max: 255 })),
  { maxLength: 80 },
);

/** Voxels may be written twice, as a brush that is moved forth and back does. */
function edit(marks: Uint8Array, done: readonly (readonly [number, number])[]): Edit {
  const recorder = new ChangeRecorder(marks);
  for (const [v, to] of done) recorder.set(v, to);
  return { change: recorder.change(), settings: { before: settings, after: settings } };
}

test('undoing all edits gives the first marks again, and redoing them the last', () => {
  fc.assert(
    fc.property(fc.array(writes, { maxLength: 6 }), (edits) => {
      const marks = new Uint8Array(VOXELS).fill(7);
      const states = [marks.slice()];
      const history = new History();
      for (const one of edits) {
        history.push(edit(marks, one));
        states.push(marks.slice());
      }
      for (let n = edits.length; n > 0; n--) {
        const back = history.undo();
        if (back) applyChange(marks, back.change, 'before');
        expect(marks).toEqual(states[n - 1]);
      }
      expect(history.undo()).toBeNull();
      for (let n = 1; n <= edits.length; n++) {
        const again = history.redo();
        if (again) applyChange(marks, again.change, 'after');
        expect(marks).toEqual(states[n]);
      }
      expect(history.canRedo).toBe(false);
    }),
  );
});

test('what leads from one state to another leads back', () => {
  const state = fc.uint8Array({ minLength: VOXELS, maxLength: VOXELS });
  fc.assert(
    fc.property(state, state, (from, to) => {
      const marks = from.slice();
      const change = become(marks, to);
      expect(marks).toEqual(to);
      applyChange(marks, change, 'before');
      expect(marks).toEqual(from);
    }),
  );
});

test('neighbours that change alike are one run', () => {
  const { change } = edit(
    new Uint8Array(VOXELS),
    Array.from({ length: 40 }, (_, n) => [n, 8] as const),
  );
  expect([...change.runs]).toEqual([0, 40]);
});

test('what is kept to undo is capped by bytes, the oldest goes, and the newest stays', () => {
  const marks = new Uint8Array(VOXELS);
  const scattered = (to: number): Edit =>
    edit(
      marks,
      Array.from({ length: 30 }, (_, n) => [2 * n, to] as const),
    );
  const first = scattered(1);
  const cap = 2.5 * sizeOf(first.change);
  const history = new History(cap);
  history.push(first);
  for (let n = 2; n < 9; n++) {
    history.push(scattered(n));
    expect(history.bytes).toBeLessThanOrEqual(cap);
  }
  expect(history.undo()?.change.after[0]).toBe(8);
  expect(history.undo()?.change.after[0]).toBe(7);
  expect(history.undo()).toBeNull();

  const small = new History(1);
  small.push(first);
  expect(small.undo()).toBe(first);
});

test('a new edit forgets what was undone', () => {
  const marks = new Uint8Array(VOXELS);
  const history = new History();
  history.push(edit(marks, [[1, 8]]));
  history.undo();
  history.push(edit(marks, [[2, 8]]));
  expect(history.canRedo).toBe(false);
});
