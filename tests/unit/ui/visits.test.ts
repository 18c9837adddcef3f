import { expect, test } from 'vitest';
import type { LeftOut } from '../../../src/core/scan.ts';
import { Queue } from '../../../src/ui/state/queue.svelte.ts';
import { firstRows } from '../../../src/ui/state/visits.ts';
import { scan } from '../../support/workspace.ts';

/** Of the first visit. */
const LEFT: LeftOut = {
  id: '8',
  patient: 1,
  visit: 1,
  kind: 'dicom',
  modality: 'MR',
  description: '',
  files: 1,
  decision: 'refuse',
  reason: { code: 'dicom/mosaic', details: {} },
};

function queueOf(): Queue {
  const scans = [scan('1'), scan('2'), scan('3', 2), scan('4', 2)];
  const queue = new Queue();
  queue.show({ scans, bestFirst: scans.map(({ id }) => id), left: [LEFT], skipped: [] });
  return queue;
}

test('the first rows of a list are of the first visits, series before what was left out', () => {
  const { visits } = queueOf();
  const ids = (count: number): string =>
    firstRows(visits, count)
      .map(({ items, left }) =>
        [...items.map((one) => one.scan.id), ...left.map(({ id }) => id)].join(''),
      )
      .join(' ');
  expect([0, 1, 2, 3, 4, 9].map(ids)).toEqual(['', '1', '12', '128', '128 3', '128 34']);
  expect(firstRows(visits, 1)[0]?.visit.items).toHaveLength(2);
});

test('a visit whose rows stay is the same object when others change: its rows are not shown anew', () => {
  const queue = queueOf();
  const shown = (): readonly unknown[] => firstRows(queue.visits, 9);
  const before = shown();
  const [first, second] = queue.items;
  if (first && second) queue.moveTo(first, second);
  expect([shown()[0] === before[0], shown()[1] === before[1]]).toEqual([false, true]);
  const moved = shown();
  const [last] = queue.items.slice(-1);
  if (last) queue.remove(last);
  expect([shown()[0] === moved[0], shown()[1] === moved[1]]).toEqual([true, false]);
  const removed = shown();
  const [left] = queue.left;
  if (left) queue.remove(left);
  expect(shown()[0]).not.toBe(removed[0]);
});
