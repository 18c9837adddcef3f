import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileTarget } from '../../../../src/adapters/node/file-target.ts';
import { createFolderSink } from '../../../../src/adapters/node/folder-sink.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-folder-'));
});
afterEach(() => rm(root, { recursive: true }));

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const names = async (): Promise<string[]> => (await readdir(root, { recursive: true })).sort();

describe('createFolderSink', () => {
  test('refuses a folder that holds files', async () => {
    await writeFile(path.join(root, 'mine'), 'x');

    await expect(createFolderSink(root)).rejects.toMatchObject({ code: 'output/exists' });
    expect(await names()).toEqual(['mine']);
  });

  test('with force, replaces the files it writes and keeps the others', async () => {
    await mkdir(path.join(root, 'p1'));
    await writeFile(path.join(root, 'p1/1.dcm'), 'old');
    await writeFile(path.join(root, 'p1/mine'), 'kept');
    const sink = await createFolderSink(root, { force: true });
    await sink.write('p1/1.dcm', bytes('new'));
    await sink.commit();

    expect(await readFile(path.join(root, 'p1/1.dcm'), 'utf8')).toBe('new');
    expect(await names()).toEqual(['p1', 'p1/1.dcm', 'p1/mine']);
  });

  test('puts everything back when a file cannot take its place', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    await mkdir(path.join(root, 'b'));
    const sink = await createFolderSink(root, { force: true });
    await sink.write('a', bytes('new'));
    await sink.write('b', bytes('a file where a folder is'));

    await expect(sink.commit()).rejects.toMatchObject({ code: 'output/exists' });
    expect(await readFile(path.join(root, 'a'), 'utf8')).toBe('old');
    expect(await names()).toEqual(['a', 'b']);
  });

  test('does not overwrite what appeared while it worked', async () => {
    const sink = await createFolderSink(root);
    await sink.write('a', bytes('ours'));
    await writeFile(path.join(root, 'a'), 'theirs');

    await expect(sink.commit()).rejects.toMatchObject({ code: 'output/exists' });
    expect(await readFile(path.join(root, 'a'), 'utf8')).toBe('theirs');
  });

  test('takes back the folders it made when it is aborted', async () => {
    const sink = await createFolderSink(path.join(root, 'x/y/z'));
    await sink.write('a/b', bytes('1'));
    await sink.abort();

    expect(await names()).toEqual([]);
  });

  test.each(['../a', '/a', 'a/../../b', 'a//b', 'a b', 'A^B'])(
    'takes the path %j for a fault of ours',
    async (name) => {
      const sink = await createFolderSink(root);

      await expect(sink.write(name, bytes('x'))).rejects.toThrow(/broken promise/);
      await sink.abort();
    },
  );

  test('says in plain words that it cannot write', async () => {
    await writeFile(path.join(root, 'file'), 'x');

    await expect(createFolderSink(path.join(root, 'file/out'))).rejects.toMatchObject({
      code: 'output/write',
    });
  });
});

describe('createFileTarget', () => {
  test('refuses a file that exists, also one that appeared meanwhile', async () => {
    const file = path.join(root, 'out.zip');
    const target = await createFileTarget(file);
    await writeFile(file, 'theirs');

    await expect(createFileTarget(file)).rejects.toMatchObject({ code: 'output/exists' });
    await expect(target.close()).rejects.toMatchObject({ code: 'output/exists' });
    await target.discard();
    expect(await readFile(file, 'utf8')).toBe('theirs');
    expect(await names()).toEqual(['out.zip']);
  });

  test('replaces a file with force', async () => {
    const file = path.join(root, 'out.zip');
    await writeFile(file, 'old');
    const target = await createFileTarget(file, { force: true });
    await target.write(bytes('new'));
    await target.close();

    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await names()).toEqual(['out.zip']);
  });
});
