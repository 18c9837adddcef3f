import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crosswalk } from '../../../src/cli/commands/crosswalk.ts';
import { reserveCrosswalk } from '../../../src/cli/crosswalk-file.ts';
import { readPassphrase } from '../../../src/cli/passphrase.ts';
import { keptTerminal } from '../../support/terminal.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-crosswalk-'));
});
afterEach(() => rm(root, { recursive: true }));
const at = (name: string): string => path.join(root, name);
const out = (name: string) => ({ kind: 'folder' as const, path: at(name) });
const ENTRY = {
  kind: 'patient' as const,
  issuer: '',
  original: 'Wernicke',
  replacement: 'S-1',
  days: -371,
};

describe('the file of the crosswalk', () => {
  test('is sealed, only for its owner, and opened by "efface crosswalk"', async () => {
    const file = await reserveCrosswalk(at('who.json'), out('out'), 'correct horse');
    await file.write([ENTRY]);
    await file.close();
    const terminal = keptTerminal();
    const environment = { EFFACE_PASSPHRASE: 'correct horse' };

    expect(await readFile(at('who.json'), 'utf8')).not.toContain('Wernicke');
    expect(
      await crosswalk({ kind: 'crosswalk', file: at('who.json') }, terminal, environment),
    ).toBe(0);
    expect(terminal.kept.out).toContain('patient,,Wernicke,S-1,-371');
  });

  test('leaves nothing behind where the run failed', async () => {
    await (await reserveCrosswalk(at('who.json'), out('out'), 'correct horse')).close();

    expect(await readdir(root)).toEqual([]);
  });

  test('never lies in the output, by another name of the folder either', async () => {
    await mkdir(at('out'));
    await symlink(at('out'), at('link'));
    for (const place of ['out/who.json', 'link/deep/who.json', 'x/../out/who.json']) {
      await expect(reserveCrosswalk(at(place), out('out'), 'x')).rejects.toMatchObject({
        code: 'crosswalk/inside-output',
      });
    }
    const zip = { kind: 'zip' as const, path: at('a.zip') };
    await expect(reserveCrosswalk(at('a.zip'), zip, 'x')).rejects.toMatchObject({
      code: 'crosswalk/inside-output',
    });
  });

  test('never replaces a file', async () => {
    await writeFile(at('who.json'), 'old');

    await expect(reserveCrosswalk(at('who.json'), out('out'), 'x')).rejects.toMatchObject({
      code: 'crosswalk/write',
    });
    expect(await readFile(at('who.json'), 'utf8')).toBe('old');
  });
});

describe('the passphrase', () => {
  const answering = (...answers: string[]) => ({
    ...keptTerminal(),
    ask: () => Promise.resolve(answers.shift() ?? ''),
  });

  test('comes from the environment or the terminal', async () => {
    expect(await readPassphrase(keptTerminal(), { EFFACE_PASSPHRASE: 'from the env' }, true)).toBe(
      'from the env',
    );
    expect(await readPassphrase(answering('typed well', 'typed well'), {}, true)).toBe(
      'typed well',
    );
  });

  test('is refused where it is missing, short, or typed in two ways', async () => {
    await expect(readPassphrase(keptTerminal(), {}, true)).rejects.toThrow(/EFFACE_PASSPHRASE/);
    await expect(readPassphrase(answering('short'), {}, true)).rejects.toThrow(/8 characters/);
    await expect(readPassphrase(answering('typed well', 'typed ill'), {}, true)).rejects.toThrow(
      /differ/,
    );
  });
});
