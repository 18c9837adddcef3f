import { expect, test, vi } from 'vitest';
import type { SeededOptions } from '../../../src/core/deface/options.ts';
import type { Grid } from '../../../src/core/geometry/grid.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { Results } from '../../../workers/results.ts';
import { boxed } from '../../support/defaced.ts';
import { filesInMemory, keyOf, shelfIn } from '../../support/shelf.ts';

const GRID: Grid = {
  size: [24, 20, 16],
  affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] as unknown as Grid['affine'],
};
const VOLUME: Volume = {
  grid: GRID,
  modality: 'CT',
  stored: new Int16Array(24 * 20 * 16),
  rescale: [{ slope: 1, intercept: -1024 }],
  padding: null,
  air: [24],
};
const OPTIONS: SeededOptions = { regions: ['face'], depth: 'standard', method: 'blank', seed: [] };
const MODEL = { id: 'none', sha256: '' };
const DEFACED = boxed(GRID, { scan: '1', value: 24, like: VOLUME.stored });

async function resultsIn(...shelf: Parameters<typeof shelfIn>): Promise<Results> {
  const results = new Results();
  results.use(Promise.resolve(await shelfIn(...shelf)));
  return results;
}

test('are found again after a reload, by voxels and options only', async () => {
  const files = filesInMemory();
  const first = await resultsIn(files, keyOf(1));
  const name = await first.nameOf(VOLUME, OPTIONS, MODEL);
  if (name === null) throw new Error('no name');
  await first.hold(DEFACED, { name: name });
  expect(await first.get('1')).toEqual(DEFACED);

  const second = await resultsIn(files, keyOf(1));
  expect(await second.lying()).toBe(1);
  expect(await second.nameOf(VOLUME, OPTIONS, MODEL)).toBe(name);
  // Of what is held once only nothing is found again.
  await second.hold(DEFACED, { name, isOnce: true });
  expect(await second.lying()).toBe(1);
  expect(await second.earlier(name, '7')).toEqual({ ...DEFACED, scan: '7' });
  const others = [
    [{ ...VOLUME, stored: VOLUME.stored.map((_, v) => (v === 9 ? 1 : 0)) }, OPTIONS],
    [{ ...VOLUME, rescale: [{ slope: 2, intercept: 0 }] }, OPTIONS],
    [VOLUME, { ...OPTIONS, depth: 'deep' }],
    [VOLUME, { ...OPTIONS, seed: [1] }],
  ] as const;
  for (const [volume, options] of others) {
    const other = await second.nameOf(volume, options, MODEL);
    expect(other).not.toBe(name);
    expect(await second.earlier(other ?? '', '1')).toBeNull();
  }
  expect(await (await resultsIn(files, keyOf(2))).lying()).toBe(0);
});

test('have the same mark when they are found again, and another one where anything in them is', async () => {
  const files = filesInMemory();
  const first = await resultsIn(files, keyOf(1));
  await first.hold(DEFACED, { name: 'any' });
  const mark = first.markOf('1');
  expect(mark).toMatch(/^any [0-9a-f]{64}$/);

  const second = await resultsIn(files, keyOf(1));
  const found = await second.earlier('any', '7');
  if (!found) throw new Error('it was put aside');
  await second.hold({ ...found, timingsMs: { segment: 9, deface: 9, verify: 9 } }, { name: 'any' });
  expect(second.markOf('7')).toBe(mark);
  const note = { code: 'deface/lent', details: {} } as const;
  const others = [
    { ...DEFACED, notes: [note] },
    { ...DEFACED, decision: 'review' as const },
    boxed(GRID, { scan: '1', value: 25, like: VOLUME.stored }),
  ];
  for (const other of others) {
    await second.hold(other, { name: 'any', isOnce: true });
    expect(second.markOf('1')).not.toBe(mark);
  }
  // Without a place nothing is kept that a decision could be about.
  await second.hold(DEFACED, { name: null });
  expect(second.markOf('1')).toBeNull();
  second.drop('7');
  expect(second.markOf('7')).toBeNull();
});

test('can be read with no other key, which clears them away', async () => {
  const files = filesInMemory();
  const first = await resultsIn(files, keyOf(1));
  const name = (await first.nameOf(VOLUME, OPTIONS, MODEL)) ?? '';
  await first.hold(DEFACED, { name: name });
  const [bytes] = files.all.values();
  expect(new TextDecoder('latin1').decode(bytes)).not.toContain('deface');
  // A tenth of what it is in memory, and less.
  expect(bytes?.length).toBeLessThan(VOLUME.stored.length / 10);

  const second = await resultsIn(files, keyOf(2));
  expect(files.all.size).toBe(0);
  expect(await second.earlier(name, '1')).toBeNull();
});

test('of another tab stay as long as it is open', async () => {
  const held: { name: string }[] = [];
  const locks = {
    request: (name: string) => {
      held.push({ name });
      return new Promise(() => undefined);
    },
    query: () => Promise.resolve({ held }),
  };
  vi.stubGlobal('navigator', { locks });
  const files = filesInMemory();
  const first = await resultsIn(files, keyOf(1));
  await first.hold(DEFACED, { name: 'any' });
  const second = await resultsIn(files, keyOf(2));
  await second.hold(DEFACED, { name: 'any' });
  expect(files.all.size).toBe(2);
  await second.forget();
  expect(await first.get('1')).toEqual(DEFACED);

  // Closed.
  held.splice(0);
  await resultsIn(files, keyOf(3));
  expect(files.all.size).toBe(0);
  vi.unstubAllGlobals();
});

test('of corrections go with the session, and all where the person starts over', async () => {
  const files = filesInMemory();
  const results = await resultsIn(files, keyOf(1));
  const name = (await results.nameOf(VOLUME, OPTIONS, MODEL)) ?? '';
  await results.hold(DEFACED, { name: name });
  await results.hold({ ...DEFACED, scan: '2' }, { name: null });
  expect(files.all.size).toBe(2);
  await results.clear();
  expect([results.has('1'), files.all.size]).toEqual([false, 1]);
  await results.forget();
  expect(files.all.size).toBe(0);
});

test('that were cleared meanwhile say so', async () => {
  const files = filesInMemory();
  const results = await resultsIn(files, keyOf(1));
  await results.hold(DEFACED, { name: null });
  files.all.clear();
  await expect(results.get('1')).rejects.toMatchObject({ code: 'job/result-gone' });
});

test('lie in memory where the disk is full, or there is no place', async () => {
  for (const results of [await resultsIn(filesInMemory(true), keyOf(1)), new Results()]) {
    await results.hold(DEFACED, { name: 'any' });
    expect(await results.get('1')).toEqual(DEFACED);
    expect(results.tookFace('1')).toBe(true);
    results.drop('1');
    expect(await results.get('1')).toBeNull();
  }
});
