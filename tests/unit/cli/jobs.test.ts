/** The command with the network itself: several processes, and a run that is killed. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { decodeResult } from '../../../src/core/deface/kept-result.ts';
import { phantomDicom } from '../../../src/core/phantom/as-dicom.ts';
import { phantomNifti } from '../../../src/core/phantom/as-nifti.ts';
import { defaultGrid, makeHead, scanHead } from '../../../src/core/phantom/head.ts';
import type { Report } from '../../../src/core/report/report.ts';
import { keptTerminal } from '../../support/terminal.ts';

let root = '';
let argv: readonly string[] = [];
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-jobs-'));
  const head = await makeHead(5);
  const [ct, mr] = await Promise.all(
    (['CT', 'MR'] as const).map((kind) => scanHead(head, { seed: 5, kind, grid: defaultGrid(4) })),
  );
  if (!ct || !mr) throw new Error('no phantom');
  const heads = path.join(root, 'heads');
  await mkdir(path.join(heads, 'ct'), { recursive: true });
  for (const { path: name, bytes } of phantomDicom(ct)) {
    await mkdir(path.dirname(path.join(heads, 'ct', name)), { recursive: true });
    await writeFile(path.join(heads, 'ct', name), bytes);
  }
  await writeFile(path.join(heads, 'mr.nii'), phantomNifti(mr.volume));
  await writeFile(path.join(root, 'key'), 'a key that is long enough');
  argv = ['deface', heads, '--key', path.join(root, 'key'), '--accept-review', '--mask'];
}, 120_000);
afterAll(() => rm(root, { recursive: true }));

async function deface(out: string, more: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const terminal = keptTerminal();
  const place = path.join(root, out);
  const code = await run(
    [...argv, '--out', place, ...more],
    terminal,
    new AbortController().signal,
  );
  expect([code, terminal.kept.err]).toEqual([0, '']);
  return filesIn(place);
}

/** Contents by path, but for the report, which holds times. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'efface-report.json') continue;
    const place = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, place), (await readFile(place)).toString('base64'));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('with --jobs 2, and resumed after a kill, it writes the very bytes of --jobs 1', async () => {
  const alone = await deface('one', []);
  expect(alone.size).toBeGreaterThan(20);
  expect(await deface('two', ['--jobs', '2'])).toEqual(alone);

  // Killed when the first of two results was put aside.
  const out = path.join(root, 'killed');
  const hidden = path.join(out, '.efface-part-resume');
  const version = 'data:text/javascript,globalThis.__EFFACE_VERSION__="0.0.0-test"';
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', version, 'src/cli/main.ts', ...argv, '--out', out, '--resume'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const kept = async (): Promise<readonly string[]> =>
    (await readdir(hidden).catch(() => [])).filter((name) => name.endsWith('.gz'));
  const killed = new Promise((resolve) => {
    child.once('exit', (_, signal) => {
      resolve(signal);
    });
  });
  while ((await kept()).length === 0 && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  expect(await killed).toBe('SIGKILL');
  const [name = ''] = await kept();
  const packed = await readFile(path.join(hidden, name));
  const { timingsMs } = decodeResult(new Uint8Array(gunzipSync(packed)));

  expect(await deface('killed', ['--resume'])).toEqual(alone);
  expect((await readdir(out)).filter((one) => one.startsWith('.'))).toEqual([]);
  const report = JSON.parse(await readFile(path.join(out, 'efface-report.json'), 'utf8')) as Report;
  expect(report.series).toHaveLength(2);
  // What was done was not done again: it still has the time that it took then.
  const times = report.series.map((one) => one.timingsMs.segment);
  expect(times).toContain(Math.round(timingsMs.segment));
}, 240_000);
