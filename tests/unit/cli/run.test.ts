import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { dicomSeries } from '../../support/dicom-series.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { keptTerminal, type KeptTerminal } from '../../support/terminal.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-cli-'));
  await mkdir(path.join(root, 'in'));
});
afterEach(() => rm(root, { recursive: true }));

const put = (name: string, bytes: Uint8Array | string): Promise<void> =>
  writeFile(path.join(root, name), bytes);

async function start(
  argv: readonly string[],
  signal = new AbortController().signal,
): Promise<{ code: number } & KeptTerminal['kept']> {
  const terminal = keptTerminal();
  const code = await run(argv, terminal, signal);
  return { code, ...terminal.kept };
}

describe('efface', () => {
  test('explains itself', async () => {
    expect(await start(['--help'])).toMatchObject({ code: 0, err: '' });
    expect((await start(['--version'])).out).toBe('0.0.0-test\n');
  });

  test('ends with 2 and one sentence where it does not understand', async () => {
    const { code, out, err } = await start(['deface', 'in', '--out', 'x', '--backend', 'cpu']);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--backend cpu is not built yet.');
  });

  test('shows with --header what would become of each element, and by which rule', async () => {
    for (const [n, file] of dicomSeries().entries()) await put(`in/${n}.dcm`, await file.read());
    const plain = await start(['inspect', path.join(root, 'in'), '--header', '--retain', 'dates']);
    const json = await start(['inspect', path.join(root, 'in'), '--header', '--json']);
    const document = JSON.parse(json.out) as {
      schema: string;
      series: { elements: { keyword: string; rule: string }[] }[];
    };

    expect(plain.out).toMatch(/replaced \(0008,0018\) SOPInstanceUID: .* \[PS3.15 table: U\]/);
    expect(document.schema).toBe('efface-header/1');
    const row = document.series[0]?.elements.find(({ keyword }) => keyword === 'PatientName');
    expect(row?.rule).toBe('PS3.15 table: Z');
  });

  test('ends with 2 where new patient IDs cannot be used, and writes nothing', async () => {
    await put('in/a.nii', niftiFile());
    await put('ids.csv', 'A,S1\nB,S1\n');
    const argv = ['deface', path.join(root, 'in'), '--out', path.join(root, 'out')];
    const { code, err } = await start([...argv, '--ids', path.join(root, 'ids.csv')]);

    expect(code).toBe(2);
    expect(err).toContain('Two patients would get one new ID.');
    expect(await readdir(root)).toEqual(['ids.csv', 'in']);
  });

  test('ends with 2 where an input does not exist', async () => {
    expect((await start(['inspect', path.join(root, 'none')])).code).toBe(2);
  });

  test('ends with 2 where the output folder holds files, and leaves them alone', async () => {
    await put('in/a.nii', niftiFile());
    const { code, err } = await start(['deface', path.join(root, 'in'), '--out', root]);

    expect(code).toBe(2);
    expect(err).toContain('--force');
    expect(await readdir(root)).toEqual(['in']);
  });

  test('ends with 2 where the key is too short', async () => {
    await put('key', 'short');
    const key = path.join(root, 'key');
    const out = path.join(root, 'out');
    const { code, err } = await start([
      'deface',
      path.join(root, 'in'),
      '--out',
      out,
      '--key',
      key,
    ]);

    expect(code).toBe(2);
    expect(err).toContain('16 bytes');
    expect(await readdir(root)).toEqual(['in', 'key']);
  });
});

describe('efface inspect', () => {
  test('lists series and what is wrong with files, in words and as JSON', async () => {
    for (const file of dicomSeries({ slices: 9, folder: 'in', patient: 'SECRET' })) {
      await put(file.path, await file.read());
    }
    await put('in/note.txt', 'hello');
    await put('in/color.nii', niftiFile({ dim: [3, 9, 9, 9], datatype: 128 }));
    const words = await start(['inspect', path.join(root, 'in')]);
    const json = await start(['inspect', path.join(root, 'in'), '--json']);

    expect(words.code).toBe(1);
    expect(words.out).toContain('1  CT 5 × 4 × 9');
    expect(words.out).toContain('colors');
    expect(words.out).toContain('note.txt: The file is neither DICOM nor NIfTI.');
    expect(words.out).not.toContain('SECRET');
    const { series, skipped } = JSON.parse(json.out) as {
      series: { n: number; decision: string; source: string[] }[];
      skipped: unknown[];
    };
    expect(series.map(({ n, decision, source }) => [n, decision, source.length])).toEqual([
      [1, 'deface', 9],
      [2, 'refuse', 1],
    ]);
    expect(skipped.length).toBe(1);
    expect(json.err).toBe('');
  });

  test('ends with 3 where no file is an image', async () => {
    await put('in/note.txt', 'hello');
    const { code, out } = await start(['inspect', path.join(root, 'in')]);

    expect(code).toBe(3);
    expect(out).toContain('Nothing in there can be defaced.');
  });

  test('ends with 130 when it is cancelled', async () => {
    await put('in/a.nii', niftiFile());

    expect((await start(['inspect', root], AbortSignal.abort())).code).toBe(130);
  });
});
