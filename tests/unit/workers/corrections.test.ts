import { expect, test } from 'vitest';
import { sha256 } from '../../../src/adapters/secrets/web-crypto.ts';
import { CorrectionKeeper } from '../../../src/app/kept-corrections.ts';
import type { KeptFiles } from '../../../src/app/ports.ts';
import type { DefacedScan } from '../../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE, type DefaceOptions } from '../../../src/core/deface/options.ts';
import { applyChange } from '../../../src/core/edit/change.ts';
import { HAND, isTaken, Mark } from '../../../src/core/edit/marks.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { Corrections, type CorrectionBench } from '../../../workers/corrections.ts';
import { toyVolume } from '../../support/toy-cut.ts';
import {
  dab,
  IN_BRAIN,
  IN_NECK,
  seesNothing,
  toyHeadFound,
  toyRun,
} from '../../support/toy-correction.ts';

function memoryFiles(): KeptFiles & { readonly held: Map<string, Uint8Array<ArrayBuffer>> } {
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    held,
    names: () => Promise.resolve([...held.keys()]),
    read: (name) => Promise.resolve(held.get(name) ?? new Uint8Array()),
    write: (name, bytes) => Promise.resolve(void held.set(name, bytes)),
    remove: (name) => Promise.resolve(void held.delete(name)),
  };
}

function bench(volume: Volume = toyVolume, run: DefaceOptions = DEFAULT_DEFACE): CorrectionBench {
  return {
    load: () => Promise.resolve(volume),
    networks: () => Promise.resolve(seesNothing),
    chosen: () => run,
    seeded: (_scan, _volume, options) => Promise.resolve({ ...options, seed: [1] }),
    lent: () => null,
  };
}

/** The worker's corrections of the toy scan, as in a page that was just loaded. */
async function load(
  files: KeptFiles,
  volume: Volume = toyVolume,
  run: DefaceOptions = DEFAULT_DEFACE,
): Promise<{ corrections: Corrections; first: DefacedScan; restored: boolean }> {
  const corrections = new Corrections(bench(volume, run), new CorrectionKeeper(files, sha256));
  const automatic = {
    scan: '1',
    head: toyHeadFound,
    result: {},
    timingsMs: { segment: 1, deface: 1, verify: 1 },
  } as unknown as DefacedScan;
  const { defaced, restored } = await corrections.finish(volume, automatic, {});
  return { corrections, first: defaced, restored };
}

const count = (defaced: DefacedScan): number =>
  defaced.result?.region.voxels.reduce((sum, voxel) => sum + voxel, 0) ?? 0;

test('what the page painted is in the result, and is found again after a reload', async () => {
  const files = memoryFiles();
  const { corrections, restored } = await load(files);
  expect(restored).toBe(false);
  const { marks, settings } = await corrections.start('1', {});
  const plain = await corrections.apply('1', {});
  expect(files.held.size).toBe(0);

  expect(await corrections.mark('1', dab(marks, 'take', IN_NECK), settings)).toBe(true);
  const done = await corrections.apply('1', {});
  expect(count(done)).toBeGreaterThan(count(plain));
  expect([...files.held.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);

  const again = await load(files);
  expect(again.restored).toBe(true);
  expect(again.first.result?.region).toEqual(done.result?.region);
  expect(again.first.corrections).toEqual(done.corrections);
  const back = await again.corrections.start('1', {});
  expect(back.marks).toEqual(marks);
});

test('another scan of the same size gets nothing of it', async () => {
  const files = memoryFiles();
  const { corrections } = await load(files);
  const { marks, settings } = await corrections.start('1', {});
  await corrections.mark('1', dab(marks, 'take', IN_NECK), settings);
  const stored = toyVolume.stored.slice();
  stored[70_000] = (stored[70_000] as number) + 1;
  expect((await load(files, { ...toyVolume, stored })).restored).toBe(false);
});

test('the reason for overriding the guard is not kept: it holds again', async () => {
  const files = memoryFiles();
  const { corrections } = await load(files);
  const { marks, settings } = await corrections.start('1', {});
  const change = dab(marks, 'take', IN_BRAIN);
  await corrections.mark('1', change, { ...settings, guardReason: '  ' });
  expect((await corrections.apply('1', {})).checks?.brainVoxelsChanged).toBe(0);
  await corrections.mark('1', change, { ...settings, guardReason: 'Jane Doe said so' });
  expect((await corrections.apply('1', {})).checks?.brainVoxelsChanged).toBeGreaterThan(0);

  const [bytes] = files.held.values();
  expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/Jane/);
  const again = await load(files);
  expect(again.first.checks?.brainVoxelsChanged).toBe(0);
});

test('what the page says of plan and guard is not believed', async () => {
  const { corrections } = await load(memoryFiles());
  const { marks, settings } = await corrections.start('1', {});
  const before = marks.slice();
  // A page gone wrong: the guard taken away, and all painted.
  const runs = Uint32Array.of(0, marks.length);
  await corrections.mark(
    '1',
    { runs, before: Uint8Array.of(0), after: Uint8Array.of(Mark.take | Mark.claim) },
    settings,
  );
  const done = await corrections.apply('1', {});
  expect(done.checks?.brainVoxelsChanged).toBe(0);
  done.result?.region.voxels.forEach((taken, v) => {
    if (taken && (before[v] as number) & (Mark.guard | Mark.padding)) throw new Error('taken');
  });
});

test('other settings are planned anew under the strokes, and undone by what they changed', async () => {
  const { corrections } = await load(memoryFiles());
  const { marks, settings } = await corrections.start('1', {});
  await corrections.mark('1', dab(marks, 'take', IN_NECK), settings);
  const before = marks.slice();
  const deep = { ...settings, depth: 'deep', marginMm: 3 } as const;
  const recut = await corrections.recut('1', { kind: 'settings', settings: deep }, {});
  applyChange(marks, recut.change, 'after');
  expect(marks).not.toEqual(before);
  expect(marks.map((mark) => mark & HAND)).toEqual(before.map((mark) => mark & HAND));
  expect((await corrections.start('1', {})).marks).toEqual(marks);

  const wide = await corrections.apply('1', {});
  expect(wide.corrections).toMatchObject({ depth: 'deep', marginMm: 3 });
  applyChange(marks, recut.change, 'before');
  await corrections.mark(
    '1',
    { ...recut.change, before: recut.change.after, after: recut.change.before },
    settings,
  );
  const back = await corrections.apply('1', {});
  expect(back.corrections).toMatchObject({ depth: 'standard', marginMm: 0 });
  back.result?.region.voxels.forEach((taken, v) => {
    if ((taken === 1) !== isTaken(marks[v] as number, false)) throw new Error(`voxel ${v}`);
  });
});

test('growing and resetting are done by the worker and told to the page', async () => {
  const files = memoryFiles();
  const { corrections } = await load(files);
  const { marks } = await corrections.start('1', {});
  const plain = marks.slice();
  const grown = await corrections.recut('1', { kind: 'grow', mm: 5 }, {});
  applyChange(marks, grown.change, 'after');
  expect((await corrections.start('1', {})).marks).toEqual(marks);
  expect(files.held.size).toBe(1);

  const { change, settings } = await corrections.recut('1', { kind: 'reset' }, {});
  applyChange(marks, change, 'after');
  expect(marks).toEqual(plain);
  expect(settings).toEqual(toyRun);
  expect(files.held.size).toBe(0);
});

test('discarding goes back to what is in the result, here and in what is kept', async () => {
  const files = memoryFiles();
  const { corrections } = await load(files);
  const start = await corrections.start('1', {});
  await corrections.mark('1', dab(start.marks, 'take', IN_NECK), start.settings);
  await corrections.apply('1', {});
  const [kept] = files.held.values();
  const applied = start.marks.slice();
  await corrections.mark('1', dab(start.marks, 'take', IN_NECK, 30), start.settings);
  await corrections.discard('1');
  expect((await corrections.start('1', {})).marks).toEqual(applied);
  expect([...files.held.values()]).toEqual([kept]);
});

test('what was chosen for all scans since then is not undone by what was kept of one', async () => {
  const files = memoryFiles();
  const { corrections } = await load(files);
  const { settings } = await corrections.start('1', {});
  const own = { ...settings, regions: ['face'], marginMm: 2 } as const;
  await corrections.recut('1', { kind: 'settings', settings: own }, {});
  const same = await load(files);
  expect(same.first.corrections).toMatchObject({ regions: ['face'], marginMm: 2 });

  const other = await load(files, toyVolume, { ...DEFAULT_DEFACE, depth: 'deep' });
  expect(other.first.corrections).toMatchObject({
    regions: ['face', 'ears'],
    depth: 'deep',
    marginMm: 2,
  });
});

test('a browser that keeps nothing says so, and the work goes on', async () => {
  const fails = (): Promise<never> => Promise.reject(new Error('no storage'));
  const { corrections } = await load({ names: fails, read: fails, write: fails, remove: fails });
  const { marks, settings } = await corrections.start('1', {});
  expect(await corrections.mark('1', dab(marks, 'take', IN_NECK), settings)).toBe(false);
  expect((await corrections.apply('1', {})).corrections?.voxels.added).toBeGreaterThan(0);
});

test('the head is shown as the marks are now, coarse or fine, and painting goes on while it is planned', async () => {
  const { corrections } = await load(memoryFiles());
  const { marks, settings } = await corrections.start('1', {});
  const wish = { threshold: -300, isFine: false };
  const plain = await corrections.skin('1', wish, {});
  const fine = await corrections.skin('1', { ...wish, isFine: true }, {});
  expect(fine.after.triangles.length).toBeGreaterThan(2 * plain.after.triangles.length);

  await corrections.mark('1', dab(marks, 'take', IN_NECK, 30), settings);
  const painted = await corrections.skin('1', wish, {});
  expect(painted.removed.triangles.length).toBeGreaterThan(plain.removed.triangles.length);

  // A setting that is undone by the page is planned anew for the picture.
  const deep = { ...settings, depth: 'deep' } as const;
  await corrections.mark('1', dab(marks, 'protect', IN_BRAIN, 2), deep);
  const planning = corrections.skin('1', wish, {});
  await corrections.mark('1', dab(marks, 'take', [0, 60, -100], 8), deep);
  await planning;
  const now = (await corrections.start('1', {})).marks;
  expect(now.map((mark) => mark & HAND)).toEqual(marks.map((mark) => mark & HAND));
});

test('what was painted waits while another scan is corrected, also where nothing is kept', async () => {
  const fails = (): Promise<never> => Promise.reject(new Error('no storage'));
  const { corrections, first } = await load({
    names: fails,
    read: fails,
    write: fails,
    remove: fails,
  });
  await corrections.finish(toyVolume, { ...first, scan: '2' }, {});
  const { marks, settings } = await corrections.start('1', {});
  await corrections.mark('1', dab(marks, 'take', IN_NECK), settings);
  await corrections.start('2', {});
  const back = await corrections.start('1', {});
  expect(back.marks).toEqual(marks);
  expect(back.isApplied).toBe(false);
  await corrections.discard('1');
  expect((await corrections.start('1', {})).isApplied).toBe(true);
});

test('a scan in which the network sees no head is painted by hand, for reasons', async () => {
  const files = memoryFiles();
  const { corrections } = await load(files);
  const refused = { scan: '3', result: null } as unknown as DefacedScan;
  expect((await corrections.finish(toyVolume, refused, {})).restored).toBe(false);
  const { marks, settings, byHand } = await corrections.start('3', {});
  expect(byHand).toEqual({ hasGuard: false });
  expect(marks.some((mark) => (mark & (Mark.claim | Mark.guard)) !== 0)).toBe(false);
  expect(corrections.untouched('3').delta.values).toHaveLength(0);

  const reasoned = { ...settings, guardReason: 'a phantom has no brain' };
  await corrections.mark('3', dab(marks, 'take', [0, -80, -40], 15), settings);
  await expect(corrections.apply('3', {}, 'the nose is in view')).rejects.toMatchObject({
    code: 'edit/no-reason',
  });
  await corrections.recut('3', { kind: 'settings', settings: reasoned }, {});
  for (const says of [null, '', ' \n ', 'ok']) {
    await expect(corrections.apply('3', {}, says)).rejects.toMatchObject({
      code: 'edit/no-reason',
    });
  }
  const done = await corrections.apply('3', {}, 'the nose is in view');
  expect(done.decision).toBe('review');
  expect(done.reasons.map(({ code }) => code)).toEqual([
    'edit/mask-by-hand',
    'edit/no-brain',
    'segment/no-head',
    'check/failed',
  ]);
  expect(done.corrections).toMatchObject({
    byHand: 'the nose is in view',
    guardOverridden: 'a phantom has no brain',
  });
  expect(count(done)).toBe(done.corrections?.voxels.added);
  expect(done.result?.regions.face).toBeGreaterThan(0);
  expect(done.checks).toMatchObject({ mirror: null, shareMoved10mm: null });

  await corrections.recut('3', { kind: 'reset' }, {});
  await corrections.recut('3', { kind: 'settings', settings: reasoned }, {});
  await expect(corrections.apply('3', {}, 'nothing yet')).rejects.toMatchObject({
    code: 'edit/nothing-painted',
  });
});

test('strokes at a refused scan are found again in another tab, and wait for their reason', async () => {
  const files = memoryFiles();
  const refused = { scan: '3', result: null } as unknown as DefacedScan;
  const { corrections } = await load(files);
  await corrections.finish(toyVolume, refused, {});
  const { marks, settings } = await corrections.start('3', {});
  await corrections.mark('3', dab(marks, 'take', [0, -80, -40], 15), settings);
  expect(files.held.size).toBe(1);

  const again = new Corrections(bench(), new CorrectionKeeper(files, sha256));
  await again.finish(toyVolume, refused, {});
  const back = await again.start('3', {});
  expect(back.marks).toEqual(marks);
  expect(back.isApplied).toBe(false);
});

test('a result whose head was lent before a reload is not taken for a refused scan', async () => {
  const corrections = new Corrections(bench(), new CorrectionKeeper(memoryFiles(), sha256));
  corrections.resume({ scan: '4', result: {} } as unknown as DefacedScan, null);
  await expect(corrections.start('4', {})).rejects.toMatchObject({ code: 'edit/no-plan' });
  corrections.resume({ scan: '5', result: null } as unknown as DefacedScan, null);
  expect((await corrections.start('5', {})).byHand).toEqual({ hasGuard: false });
});
