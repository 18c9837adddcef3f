import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openResultFolder } from '../../../../src/adapters/node/result-folder.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'efface-kept-'));
});
afterEach(() => rm(out, { recursive: true }));

const BYTES = Uint8Array.from({ length: 5000 }, (_, n) => n % 7);
const inside = (name = ''): string => path.join(out, '.efface-part-resume', name);

test('keeps results and a key of its own until the end', async () => {
  const first = await openResultFolder(out, undefined);
  expect([first.isResumed, first.wasPlacing, first.key.length]).toEqual([false, false, 32]);
  await first.put('ab12', BYTES);
  await first.placing();
  await first.release();

  const second = await openResultFolder(out, undefined);
  expect([second.isResumed, second.wasPlacing]).toEqual([true, true]);
  expect(second.key).toEqual(first.key);
  expect(await second.get('ab12')).toEqual(BYTES);
  expect(await second.get('ab13')).toBeNull();
  expect((await stat(inside('key'))).mode & 0o077).toBe(0);
  await second.end();
  expect(await readdir(out)).toEqual([]);
});

test('writes no key where the project has its own', async () => {
  const key = new Uint8Array(16).fill(3);
  const folder = await openResultFolder(out, key);
  expect(folder.key).toBe(key);
  expect(await readdir(inside())).toEqual(['run']);
  await folder.end();
});

test('takes what was cut off as absent, and clears what a killed run had staged', async () => {
  const first = await openResultFolder(out, undefined);
  await first.put('ab12', BYTES);
  await first.release();
  const packed = await readFile(inside('ab12.gz'));
  await writeFile(inside('ab12.gz'), packed.subarray(0, packed.length - 3));
  await mkdir(path.join(out, '.efface-part-0123456789ab'));
  const second = await openResultFolder(out, undefined);
  expect(await second.get('ab12')).toBeNull();
  expect(await readdir(out)).toEqual(['.efface-part-resume']);
  await second.end();
});

test('refuses where another run is alive, and not where its number or its time has passed', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    await mkdir(inside());
    await writeFile(inside('run'), String(other.pid));
    await expect(openResultFolder(out, undefined)).rejects.toMatchObject({
      code: 'output/at-work',
    });
    // The number lives, but nobody has said so for an hour: it is another process by now.
    const before = new Date(Date.now() - 3_600_000);
    await utimes(inside('run'), before, before);
    await (await openResultFolder(out, undefined)).end();
  } finally {
    other.kill('SIGKILL');
  }
});
