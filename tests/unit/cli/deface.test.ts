import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { unseal } from '../../../src/adapters/secrets/sealed.ts';
import { run } from '../../../src/cli/run.ts';
import { textAt } from '../../../src/core/deidentify/element-value.ts';
import type { Part10File } from '../../../src/core/dicom/element.ts';
import { parsePart10 } from '../../../src/core/dicom/part10.ts';
import { loadNiftiScan, readNifti } from '../../../src/core/nifti/read.ts';
import { phantomDicom } from '../../../src/core/phantom/as-dicom.ts';
import { phantomNifti } from '../../../src/core/phantom/as-nifti.ts';
import { defaultGrid, makeHead, scanHead } from '../../../src/core/phantom/head.ts';
import type { Report } from '../../../src/core/report/report.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { keptTerminal } from '../../support/terminal.ts';

const MARKER = 'QXJZ';

let root = '';
let heads = '';
let out = '';
let runs = 0;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-deface-'));
  heads = path.join(root, 'heads');
  await mkdir(heads);
  const head = await makeHead(3);
  const [ct, mr] = await Promise.all(
    (['CT', 'MR'] as const).map((kind) => scanHead(head, { seed: 3, kind, grid: defaultGrid(4) })),
  );
  if (!ct || !mr) throw new Error('no phantom');
  for (const { path: name, bytes } of phantomDicom(ct, { marker: MARKER })) {
    await put(path.join('heads/ct', name), bytes);
  }
  await put('heads/mr.nii.gz', gzipSync(phantomNifti(mr.volume)));
}, 120_000);
afterAll(() => rm(root, { recursive: true }));
beforeEach(() => {
  out = path.join(root, `out-${++runs}`);
});

async function put(name: string, bytes: Uint8Array | string): Promise<void> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

async function deface(
  argv: readonly string[],
  signal = new AbortController().signal,
): Promise<{ code: number; out: string; err: string }> {
  const terminal = keptTerminal();
  const code = await run(['deface', ...argv], terminal, signal);
  return { code, ...terminal.kept };
}

interface Printed {
  readonly series: readonly (Report['series'][number] & { readonly source: string[] })[];
  readonly skipped: readonly { readonly source: string }[];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** The first DICOM file below a folder of the test. */
async function firstFile(folder: string): Promise<Part10File> {
  const place = path.join(root, folder);
  const [name = ''] = (await filesIn(place)).filter((one) => one.endsWith('.dcm'));
  return parsePart10(new Uint8Array(await readFile(path.join(place, name))));
}

const textOf = (file: Part10File, tag: number): string => textAt(file, file.dataSet, tag);

async function volumeOf(file: string): Promise<Volume> {
  const source = memorySource('a', new Uint8Array(await readFile(file)));
  return loadNiftiScan(await readNifti(source, { id: '1', patient: 1, visit: 1 }));
}

describe('efface deface', () => {
  test('carries options, new IDs and the crosswalk the whole way', async () => {
    const id = textOf(await firstFile('heads/ct'), 0x00100020);
    await put('ids.csv', `old ID,new ID\n${id},S-001\n`);
    const who = path.join(root, `who-${runs}.json`);
    process.env['EFFACE_PASSPHRASE'] = 'correct horse';
    const end = await deface([
      ...[path.join(heads, 'ct'), '--out', out, '--json', '--accept-review'],
      ...['--shift-dates', '--retain', 'patient,descriptors'],
      ...['--ids', path.join(root, 'ids.csv'), '--crosswalk', who],
    ]).finally(() => {
      delete process.env['EFFACE_PASSPHRASE'];
    });
    const printed = JSON.parse(end.out) as Printed;

    expect(end.err).toBe('');
    expect(printed.series[0]?.deid?.options).toEqual([
      ...['113100', '113102', '113105', '113107', '113108'],
    ]);
    expect(printed.series[0]?.output[0]).toMatch(/^S-001\//);
    const written = await firstFile(path.join(path.basename(out), 'S-001'));
    const before = await firstFile('heads/ct');
    expect(textOf(written, 0x00100020)).toBe('S-001');
    expect(textOf(written, 0x00080020)).toMatch(/^\d{8}$/);
    expect(textOf(written, 0x00080020)).not.toBe(textOf(before, 0x00080020));
    expect(textOf(written, 0x00080030)).toBe(textOf(before, 0x00080030));
    const crosswalk = await unseal(await readFile(who, 'utf8'), 'correct horse');
    expect(crosswalk).toContain(`${id},S-001,-`);
    expect((await readFile(path.join(out, 'efface-report.json'), 'utf8')).includes(id)).toBe(false);
  }, 120_000);

  test('takes two heads and bad files the whole way', async () => {
    await put('heads/notes.dcm', 'no image');
    await put('heads/color.nii', niftiFile({ dim: [3, 9, 9, 9], datatype: 128 }));
    const before = createHash('sha256')
      .update(await readFile(`${heads}/mr.nii.gz`))
      .digest('hex');
    const policy = ['--approved-by-policy', 'ethics board, rule 7'];
    const end = await deface([
      heads,
      '--out',
      out,
      '--mask',
      '--accept-review',
      '--json',
      ...policy,
    ]);

    // 1: colors were refused. Everything else is written.
    expect(end.code).toBe(1);
    expect(end.err).toBe('');
    const printed = JSON.parse(end.out) as Printed;
    expect(
      printed.series.map(({ kind, decision, output }) => [
        kind,
        decision === 'refuse',
        output.length > 0,
      ]),
    ).toEqual([
      ['dicom', false, true],
      ['nifti', true, false],
      ['nifti', false, true],
    ]);
    expect(printed.series.map(({ source }) => source.length > 0)).toEqual([true, true, true]);
    expect(printed.skipped.map(({ source }) => path.basename(source))).toEqual(['notes.dcm']);
    expect(printed.series[0]?.approved).toEqual({ by: 'policy', note: 'ethics board, rule 7' });

    const files = await filesIn(out);
    expect(files).toContain('efface-report.json');
    const listed = printed.series.flatMap(({ output }) => output);
    expect(files.filter((file) => file !== 'efface-report.json')).toEqual([...listed].sort());
    const stored = await readFile(path.join(out, 'efface-report.json'), 'utf8');
    expect(stored).not.toContain('source');
    expect(stored).not.toContain('mr.nii');
    for (const file of files) {
      expect((await readFile(path.join(out, file))).includes(MARKER), file).toBe(false);
    }

    const image = listed.find((file) => file.endsWith('.nii.gz') && !file.includes('defacemask'));
    const [was, is, mask] = await Promise.all(
      [
        `${heads}/mr.nii.gz`,
        `${out}/${image ?? ''}`,
        `${out}/${image?.replace('.nii.gz', '_defacemask.nii.gz') ?? ''}`,
      ].map(volumeOf),
    );
    expect(is?.grid).toEqual(was?.grid);
    const changed = (is?.stored ?? new Uint8Array()).filter((value, v) => value !== was?.stored[v]);
    const outside = (is?.stored ?? new Uint8Array()).filter(
      (value, v) => !mask?.stored[v] && value !== was?.stored[v],
    );
    expect(changed.length).toBeGreaterThan(100);
    expect(outside.length).toBe(0);
    expect(
      createHash('sha256')
        .update(await readFile(`${heads}/mr.nii.gz`))
        .digest('hex'),
    ).toBe(before);
  }, 300_000);

  test('writes the report and ends with 3 where there is nothing to deface', async () => {
    await put('plain/notes.txt', 'hello');
    const end = await deface([path.join(root, 'plain'), '--out', out]);

    expect(end.code).toBe(3);
    expect(end.out).toContain('Nothing in there can be defaced.');
    expect(await filesIn(out)).toEqual(['efface-report.json']);
  });

  test('leaves out a volume without a head', async () => {
    await put('body/ramp.nii', niftiFile({ dim: [3, 30, 30, 30] }));
    const end = await deface([path.join(root, 'body'), '--out', `${out}.zip`]);

    expect(end.code).toBe(3);
    expect(end.out).toContain('No head was found.');
  }, 120_000);

  test('leaves nothing behind when it is cancelled on the way', async () => {
    const controller = new AbortController();
    const ended = deface([heads, '--out', path.join(out, 'deep')], controller.signal);
    setTimeout(() => {
      controller.abort();
    }, 1500);
    const { code, err } = await ended;

    expect([code, err]).toEqual([130, 'Cancelled. Nothing was written.\n']);
    expect(await readdir(root)).not.toContain(path.basename(out));
  }, 120_000);

  test('says when it is cancelled that --resume goes on, and it does', async () => {
    const controller = new AbortController();
    const argv = [heads, '--out', path.join(root, 'goes-on'), '--resume'];
    const ended = deface(argv, controller.signal);
    setTimeout(() => {
      controller.abort();
    }, 1500);
    const { code, err } = await ended;

    const said = 'Cancelled. Nothing was written yet; with the same command the run goes on.\n';
    expect([code, err]).toEqual([130, said]);
    // 1 for the bad files among them.
    expect((await deface(argv)).code).toBe(1);
    expect(await filesIn(path.join(root, 'goes-on'))).toContain('efface-report.json');
  }, 240_000);

  test('does not overwrite a ZIP that exists', async () => {
    await put('mine.zip', 'mine');
    const end = await deface([heads, '--out', path.join(root, 'mine.zip')]);

    expect(end.code).toBe(2);
    expect(await readFile(path.join(root, 'mine.zip'), 'utf8')).toBe('mine');
  });

  test('says so where a file stands in the place of the output folder', async () => {
    await put('mine.nii.gz', 'mine');
    for (const place of ['mine.nii.gz', 'mine.nii.gz/below']) {
      const end = await deface([heads, '--out', path.join(root, place)]);

      expect(end.code).toBe(2);
      expect(end.err).toMatch(/--out takes a folder, .*mine\.nii\.gz" is a file/);
    }
    expect(await readFile(path.join(root, 'mine.nii.gz'), 'utf8')).toBe('mine');
  });
});
