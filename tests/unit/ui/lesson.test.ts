import { describe, expect, test } from 'vitest';
import { Lesson, LESSON_STEPS, THRESHOLDS } from '../../../src/ui/state/lesson.svelte.ts';
import { requestKind } from '../../../src/ui/state/request-kind.ts';
import type { Surface } from '../../../workers/api.ts';
import type { LessonClient } from '../../../workers/lesson-client.ts';

/** A client that draws when told to, and notes what was asked. */
function lessonWith() {
  const drawn: number[] = [];
  const waiting: (() => void)[] = [];
  let closed = 0;
  const client = {
    open: () => Promise.resolve({ display: {}, header: [] }),
    surface: (threshold: number) => {
      drawn.push(threshold);
      return new Promise<Surface>((resolve) => {
        waiting.push(() => {
          resolve({ threshold } as unknown as Surface);
        });
      });
    },
    remove: () => Promise.resolve({ millilitres: 600, reasons: [] }),
    match: () => Promise.resolve({ named: [], own: 16 }),
    close: () => closed++,
  };
  const lesson = new Lesson(() => client as unknown as LessonClient);
  const finish = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { lesson, drawn, finish, closed: () => closed };
}

describe('the lesson', () => {
  test('goes step by step and not beyond its ends', () => {
    const { lesson } = lessonWith();
    lesson.previous();
    expect([lesson.step, lesson.isFirst]).toEqual(['slices', true]);
    for (let n = 0; n < 20; n++) lesson.next();
    expect([lesson.step, lesson.isLast]).toEqual(['rules', true]);
    expect(lesson.at).toBe(LESSON_STEPS.length - 1);
  });

  test('draws the last threshold, and passes over those in between', async () => {
    const { lesson, drawn, finish } = lessonWith();
    void lesson.start();
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const hu of [480, 300, 100, -300]) lesson.turnTo(hu);
    await finish();
    await finish();
    expect(drawn).toEqual([THRESHOLDS.start, -300]);
    expect(lesson.surface).toEqual({ threshold: -300 });
  });

  test('asks the matcher only after a removal, and forgets both when it starts again', async () => {
    const { lesson, finish } = lessonWith();
    void lesson.start();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await finish();
    await lesson.ask();
    expect(lesson.match).toBeNull();
    await lesson.remove();
    await lesson.ask();
    expect(lesson.match).not.toBeNull();
    lesson.next();
    lesson.restart();
    expect([lesson.step, lesson.removal, lesson.match]).toEqual(['slices', null, null]);
    expect(lesson.head).not.toBeNull();
  });

  test('stops its worker when it is left', async () => {
    const { lesson, finish, closed } = lessonWith();
    void lesson.start();
    await finish();
    lesson.close();
    lesson.close();
    expect(closed()).toBe(1);
  });
});

test.each([
  ['http://localhost:1/a.js', 'own'],
  ['/models/weights.bin', 'own'],
  ['https://elsewhere.test/x', 'foreign'],
  ['http://localhost:2/a.js', 'foreign'],
  ['blob:http://localhost:1/4', null],
  ['data:image/png;base64,', null],
] as const)('a request to %s counts as %s', (url, kind) => {
  expect(requestKind(url, 'http://localhost:1')).toBe(kind);
});
