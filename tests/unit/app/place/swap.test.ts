import { describe, expect, test } from 'vitest';
import { FOUND, JOURNAL, stagePath, UNDO } from '../../../../src/app/place/layout.ts';
import { finish, resume, rollBack } from '../../../../src/app/place/recover.ts';
import { MemoryDisk, memoryStore, type MemoryStore } from '../../../support/store/memory-disk.ts';
import { portsOf } from '../../../support/store/node-digest.ts';
import { JOB_FILES, ORIGINALS, runJob } from '../../../support/store/place-job.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function done(): Promise<{ disk: MemoryDisk; store: MemoryStore }> {
  const disk = new MemoryDisk(ORIGINALS);
  const store = memoryStore(disk);
  await runJob(portsOf(store));
  return { disk, store };
}

/** As it was killed before its last line. */
async function withoutLastLine(store: MemoryStore): Promise<void> {
  const journal = await store.read(JOURNAL);
  await store.write(JOURNAL, journal.slice(0, journal.lastIndexOf(10, journal.length - 2) + 1));
}

describe('bytes that are neither old nor new', () => {
  test('at the place of a file go aside, and its visit goes back', async () => {
    const { disk, store } = await done();
    await withoutLastLine(store);
    await store.write('one/b', bytes('half a fi'));
    const recovered = await resume(portsOf(store));
    expect(recovered).toMatchObject({ placed: 1, back: 1, reasons: [{ code: 'place/changed' }] });
    expect(disk.files).toMatchObject({
      'one/a': 'face of one/a',
      'one/b': 'face of one/b',
      'two/d': 'no face two/d',
      [`${FOUND}/1`]: 'half a fi',
    });
    // A report of two visits would not be true.
    expect(disk.files).not.toHaveProperty(['efface-report.json']);
    await finish(portsOf(store));
    expect(Object.keys(disk.files).filter((path) => path.startsWith(UNDO))).toEqual([`${FOUND}/1`]);
  });

  test('that someone wrote after the end are not lost by rolling back', async () => {
    const { disk, store } = await done();
    await store.write('one/a', bytes('edited later'));
    await rollBack(portsOf(store));
    expect(disk.files).toEqual({ ...ORIGINALS, [`${FOUND}/0`]: 'edited later' });
  });

  test('keep the backups from being deleted', async () => {
    const { disk, store } = await done();
    await store.write('one/a', bytes('lost by the disk'));
    const before = disk.files;
    await expect(finish(portsOf(store))).rejects.toMatchObject({
      code: 'place/not-as-written',
      details: { files: 1 },
    });
    expect(disk.files).toEqual(before);
  });

  test('in a backup that is needed stop rolling back before anything is changed', async () => {
    const { disk, store } = await done();
    await store.write(`${UNDO}/backup/1`, bytes('spoiled'));
    const before = disk.files;
    await expect(rollBack(portsOf(store))).rejects.toMatchObject({
      code: 'place/cannot-roll-back',
    });
    expect(disk.files).toEqual(before);
  });
});

test('a journal that is lost while backups are there is never guessed at', async () => {
  const { disk, store } = await done();
  await store.remove(JOURNAL);
  const before = disk.files;
  for (const act of [resume, rollBack, finish]) {
    await expect(act(portsOf(store))).rejects.toMatchObject({ code: 'place/damaged' });
  }
  expect(disk.files).toEqual(before);
});

test('an empty file that a page left at a new name is in nobody’s way', async () => {
  const { disk, store } = await done();
  await withoutLastLine(store);
  const n = JOB_FILES.findIndex(({ path }) => path === 'DOE/c');
  await store.write(stagePath(n), bytes(JOB_FILES[n]?.fresh ?? ''));
  await store.write('folder-1/c', new Uint8Array(0));
  await store.write('DOE/c', bytes('face of DOE/c'));
  expect(await resume(portsOf(store))).toMatchObject({ placed: 2 });
  expect(disk.files).toMatchObject({ 'folder-1/c': 'no face DOE/c' });
});
