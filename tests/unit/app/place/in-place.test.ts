import { describe, expect, test } from 'vitest';
import type { ExportItem } from '../../../../src/app/export-scans.ts';
import { openScans } from '../../../../src/app/open-scans.ts';
import { JOURNAL, UNDO } from '../../../../src/app/place/layout.ts';
import { planPlace } from '../../../../src/app/place/plan.ts';
import { finish, rollBack, undoState } from '../../../../src/app/place/recover.ts';
import { storeSources } from '../../../../src/app/place/store-files.ts';
import { textAt } from '../../../../src/core/deidentify/element-value.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { instanceBytes } from '../../../support/dicom-instance.ts';
import { nifti, seriesFiles } from '../../../support/export-fixture.ts';
import { MemoryDisk, memoryStore } from '../../../support/store/memory-disk.ts';
import { defaceInStore, put } from '../../../support/store/place-fixture.ts';
import { hashOf, portsOf } from '../../../support/store/node-digest.ts';
import { memoryFile } from '../../../support/shared-data.ts';

async function storeWith(files: Parameters<typeof put>[1]) {
  const disk = new MemoryDisk();
  const store = memoryStore(disk);
  await put(store, files);
  return { disk, store, hashes: () => hashesOf(disk) };
}

/** Path to hash of everything outside the undo folder. */
function hashesOf(disk: MemoryDisk): Record<string, string> {
  const seen = [...disk.names].filter(([path]) => !path.startsWith(UNDO));
  return Object.fromEntries(seen.map(([path, bytes]) => [path, hashOf(bytes)]));
}

const withheld = (item: ExportItem): ExportItem => ({
  ...item,
  defaced: { ...item.defaced, decision: 'refuse', result: null },
});

describe('saving in place', () => {
  test('replaces DICOM and NIfTI where they lie, and keeps what they were', async () => {
    const { disk, store, hashes } = await storeWith([...seriesFiles(1), nifti()]);
    const before = hashes();
    const { report } = await defaceInStore(store);

    const after = hashes();
    expect(Object.keys(after).sort()).toEqual(
      [...Object.keys(before), 'efface-report.json'].sort(),
    );
    for (const path of Object.keys(before)) expect(after[path], path).not.toBe(before[path]);
    const first = parsePart10(disk.names.get('WERNICKE/1/0') ?? new Uint8Array());
    expect(textAt(first, first.dataSet, 0x00280302)).toBe('NO');
    expect(report.series.map(({ output }) => output.length)).toEqual([9, 1]);
    const stored = disk.files['efface-report.json'] ?? '';
    expect(JSON.parse(stored)).toEqual(JSON.parse(JSON.stringify(report)));
    expect(stored).not.toMatch(/wernicke|jane|doe_/i);
    const kept = [...disk.names].filter(([path]) => path.startsWith(`${UNDO}/backup/`));
    expect(kept.map(([, bytes]) => hashOf(bytes)).sort()).toEqual(Object.values(before).sort());

    await rollBack(portsOf(store));
    expect(hashes()).toEqual(before);
    expect(Object.keys(disk.files).filter((path) => path.startsWith(UNDO))).toEqual([]);
  });

  test('can be finished, and begun anew, with the report of the first time as an original', async () => {
    const { disk, store } = await storeWith(seriesFiles(1));
    await defaceInStore(store);
    await expect(defaceInStore(store)).rejects.toMatchObject({ code: 'place/undo-kept' });
    await finish(portsOf(store));
    expect(Object.keys(disk.files).filter((path) => path.startsWith(UNDO))).toEqual([]);
    const before = disk.files['efface-report.json'];
    // The header of what was de-identified before is for the de-identification to judge.
    const { planned } = await defaceInStore(store, { change: withheld });
    expect(planned.manifest.files.at(-1)).toMatchObject({
      path: 'efface-report.json',
      sha256: hashOf(before ?? ''),
    });
  });

  test('replaces the copies of a slice, too', async () => {
    const files = seriesFiles(1);
    const copy = memoryFile('WERNICKE/1/copy', await files[4]!.read());
    const { store, hashes } = await storeWith([...files, copy]);
    const { report } = await defaceInStore(store);
    expect(report.totals.filesWritten).toBe(9);
    expect(hashes()['WERNICKE/1/copy']).toBe(hashes()['WERNICKE/1/4']);
  });
});

describe('the layout of a file', () => {
  test('without preamble and meta group stays so', async () => {
    const bare = await Promise.all(
      seriesFiles(1).map(async (file) => {
        const { bytes, dataSetStart } = parsePart10(await file.read());
        return memoryFile(file.path, bytes.slice(dataSetStart));
      }),
    );
    const { disk, store } = await storeWith(bare);
    const { report } = await defaceInStore(store);
    expect(report.series[0]?.reason).toBeNull();
    expect(report.totals.filesWritten).toBe(9);
    const written = parsePart10(disk.names.get('WERNICKE/1/0') ?? new Uint8Array());
    expect([written.hasPreamble, written.meta.length]).toEqual([false, 0]);
    expect(textAt(written, written.dataSet, 0x00120062)).toBe('YES');
  });
});

describe('a visit', () => {
  test('of which one series is withheld stays as it is, and the report says so', async () => {
    const { store, hashes } = await storeWith([...seriesFiles(1), ...seriesFiles(2)]);
    const before = hashes();
    const change = (item: ExportItem, n: number) => (n === 1 ? withheld(item) : item);
    const { report } = await defaceInStore(store, { change });

    expect(hashes()).toEqual(before);
    expect(await undoState(store)).toBe('none');
    expect(report.series.map(({ output, reason }) => [output.length, reason?.code])).toEqual([
      [0, 'place/visit-incomplete'],
      [0, undefined],
    ]);
    expect(report.series[0]?.reason?.why).toMatch(/\(9\)/);
  });

  test('is replaced in part where that is wanted, and never called whole', async () => {
    const { disk, store, hashes } = await storeWith([...seriesFiles(1), ...seriesFiles(2)]);
    const before = hashes();
    const change = (item: ExportItem, n: number) => (n === 1 ? withheld(item) : item);
    const { report } = await defaceInStore(store, { change, leaveRest: true });

    const changed = Object.keys(before).filter((path) => hashes()[path] !== before[path]);
    expect(changed).toHaveLength(9);
    expect(report.series[0]?.warnings.map(({ code }) => code)).toContain('place/rest-stays');
    expect(disk.files['efface-report.json']).toContain('place/rest-stays');
  });

  test('with a localizer or a damaged file in it is not whole', async () => {
    const cut = seriesFiles(3)[0]!;
    const damaged = memoryFile('WERNICKE/1/cut.dcm', (await cut.read()).slice(0, 700));
    const { store, hashes } = await storeWith([...seriesFiles(1), damaged]);
    const before = hashes();
    const { report, opened } = await defaceInStore(store);
    expect(opened.skipped.map(({ path }) => path)).toEqual(['WERNICKE/1/cut.dcm']);
    expect(report.series[0]?.reason?.code).toBe('place/visit-incomplete');
    expect(hashes()).toEqual(before);
  });

  test('with a file that someone changed after the plan stops; the others go on', async () => {
    const second = Array.from({ length: 9 }, (_, k) =>
      memoryFile(
        `WERNICKE/b/${k}`,
        instanceBytes({
          rows: 12,
          columns: 10,
          z: 12 * k,
          pixels: Array.from({ length: 120 }, (__, v) => 100 + v),
          sopInstanceUID: `1.3.12.2.1107.5.9.${k}`,
          seriesInstanceUID: '1.3.12.2.1107.5.9',
          elements: [
            { tag: 0x0020000d, vr: 'UI', value: '1.3.12.2.1107.5.99' },
            { tag: 0x00280030, vr: 'DS', value: '14\\14' },
          ],
        }),
      ),
    );
    const { disk, store, hashes } = await storeWith([...seriesFiles(1), ...second]);
    const before = hashes();
    const { report, planned } = await defaceInStore(store, {
      change: async (item, n) => {
        const mine = await store.read('WERNICKE/1/3');
        if (n === 0) await store.write('WERNICKE/1/3', Uint8Array.from([...mine, 0, 0]));
        return item;
      },
    });

    expect(planned.manifest.groups).toEqual(['visit', 'visit', 'others', 'report']);
    expect(report.series.map(({ output, reason }) => [output.length, reason?.code])).toEqual([
      [0, 'place/changed'],
      [9, undefined],
    ]);
    for (const [path, hash] of Object.entries(before)) {
      if (path === 'WERNICKE/1/3') expect(disk.names.get(path)?.at(-1)).toBe(0);
      else expect(hashes()[path] === hash, path).toBe(path.includes('/1/'));
    }
    // What went back is not asked for when the backups are to go.
    await finish(portsOf(store));
    expect(await undoState(store)).toBe('none');
  });
});

describe('names that identify', () => {
  test('stop it before anything is touched', async () => {
    const { disk, store } = await storeWith(seriesFiles(1));
    const before = disk.files;
    await expect(defaceInStore(store, { names: 'refuse' })).rejects.toMatchObject({
      code: 'place/names',
      details: { names: 1 },
    });
    expect(disk.files).toEqual(before);
  });

  test('become neutral where that is wanted, with everything that lies there', async () => {
    const { store, hashes } = await storeWith([
      ...seriesFiles(1),
      memoryFile('WERNICKE/notes about Wernicke.txt', new TextEncoder().encode('hello')),
      memoryFile('WERNICKE/plain.txt', new TextEncoder().encode('plain')),
    ]);
    const before = hashes();
    await defaceInStore(store, { names: 'rename' });
    const paths = Object.keys(hashes()).sort();
    expect(paths).toEqual([
      'efface-report.json',
      ...Array.from({ length: 9 }, (_, k) => `folder-1/1/${k}`),
      'folder-1/file-1.txt',
      'folder-1/plain.txt',
    ]);
    expect(hashes()['folder-1/plain.txt']).toBe(hashOf('plain'));
    await rollBack(portsOf(store));
    expect(hashes()).toEqual(before);
  });
});

describe('what the person has to know', () => {
  test('is told of NIfTI names that cannot be checked, and of the folder’s own name', async () => {
    const { store } = await storeWith([nifti()]);
    const { planned } = await defaceInStore(store, { names: 'refuse' });
    expect(planned.notes).toEqual([{ code: 'place/names-unchecked', details: { files: 1 } }]);
    await rollBack(portsOf(store));
    const { planned: renamed } = await defaceInStore(store, { names: 'rename' });
    expect(renamed.manifest.files[0]).toMatchObject({
      path: 'in/doe_jane.nii.gz',
      to: 'in/file-1.nii.gz',
    });
  });

  test('only what was named changes its name, and no name is taken twice', async () => {
    const store = memoryStore(new MemoryDisk());
    const files = seriesFiles(1).map((file, k) => ({ ...file, path: `a/WERNICKE ${k}.dcm` }));
    await put(store, [...files, { ...nifti(), path: 'other/WERNICKE.nii.gz' }]);
    await put(store, [memoryFile('a/FILE-1.dcm', new TextEncoder().encode('taken'))]);
    const opened = await openScans(storeSources(store, ['a']), {});
    const plan = await planPlace(opened, portsOf(store), {
      names: 'rename',
      rootName: 'root',
      companions: true,
      within: ['a'],
    });
    expect(plan.manifest.files.slice(0, -1).map(({ to }) => to)).toEqual(
      Array.from({ length: 9 }, (_, k) => `a/file-${k + 2}.dcm`),
    );
  });
});

describe('an undo folder', () => {
  test('is never opened, and a folder that is half new is refused as a whole', async () => {
    const { store } = await storeWith(seriesFiles(1));
    await defaceInStore(store);
    const everything = [];
    for (const path of [JOURNAL, `${UNDO}/backup/0`]) {
      everything.push(memoryFile(`in/${path}`, await store.read(path)));
    }
    const kept = await openScans([...everything, ...seriesFiles(2)], {});
    expect(kept.scans.map(({ files }) => files)).toEqual([9]);
    expect(kept.skipped).toEqual([]);

    const journal = await store.read(JOURNAL);
    const half = journal.slice(0, journal.lastIndexOf(10, journal.length - 2) + 1);
    await store.write(JOURNAL, half);
    const files = [memoryFile(`in/${JOURNAL}`, half), ...seriesFiles(2)];
    await expect(openScans(files, {})).rejects.toMatchObject({ code: 'place/unfinished' });
    await expect(defaceInStore(store)).rejects.toMatchObject({ code: 'place/unfinished' });
    const inner = memoryStore(new MemoryDisk());
    await inner.write(`deep/${JOURNAL}`, half);
    await expect(openScans(storeSources(inner), {})).rejects.toMatchObject({
      code: 'place/unfinished',
    });
  });
});
