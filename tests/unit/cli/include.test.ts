/** `efface deface --include`: a localizer comes out without names, with its face, and the run says so. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { instanceBytes } from '../../support/dicom-instance.ts';
import { keptTerminal } from '../../support/terminal.ts';

let root = '';
let input = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-include-'));
  input = path.join(root, 'scout.dcm');
  const imageType = { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY\\LOCALIZER' };
  await writeFile(input, instanceBytes({ elements: [imageType] }));
});
afterAll(() => rm(root, { recursive: true }));

async function written(...include: readonly string[]): Promise<{ files: string[]; text: string }> {
  const out = await mkdtemp(path.join(root, 'out-'));
  const terminal = keptTerminal();
  const options = include.flatMap((one) => ['--include', one]);
  await run(['deface', input, '--out', out, ...options], terminal, new AbortController().signal);
  const files = await readdir(out, { recursive: true });
  return {
    files: files.filter((file) => file.endsWith('.dcm')).map((file) => path.join(out, file)),
    text: terminal.kept.out,
  };
}

test.each(['dicom/localizer', '1'])('lets it through by %s', async (include) => {
  const { files, text } = await written(include);
  expect(files).toHaveLength(1);
  expect(text).toContain('written with its face, because you asked for it');
  expect(text).toContain('Efface removes no face from such images');
  const bytes = await readFile(files[0] ?? '');
  expect(bytes.toString('latin1')).not.toMatch(/wernicke|0081531/i);
});

test.each([[[]], [['dicom/derived']], [['2']]])('leaves it out with %j', async (include) => {
  const { files, text } = await written(...include);
  expect(files).toEqual([]);
  expect(text).toContain('left out');
});
