import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { walkFiles } from '../../../../src/adapters/node/folder-source.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-walk-'));
});
afterEach(async () => {
  await chmod(path.join(root, 'locked'), 0o700).catch(() => undefined);
  await rm(root, { recursive: true });
});

async function put(name: string, text = 'x'): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), text);
}

/** Paths found, relative to the root; skipped ones with their reason. */
async function walk(inputs = [root], except?: string): Promise<string[]> {
  const seen: string[] = [];
  for await (const found of walkFiles(inputs, except === undefined ? {} : { except })) {
    const name = path.posix.relative(root, found.path);
    seen.push('reason' in found ? `${name}: ${found.reason.code}` : name);
  }
  return seen;
}

describe('walkFiles', () => {
  test('finds files of all folders, 2 before 10', async () => {
    for (const name of ['b/10.dcm', 'b/2.dcm', 'a.dcm']) await put(name);

    expect(await walk()).toEqual(['a.dcm', 'b/2.dcm', 'b/10.dcm']);
  });

  test('passes over what systems put beside files, and half-written output', async () => {
    for (const name of ['.DS_Store', '._1.dcm', 'Thumbs.db', '.efface-part-ab/1.dcm', '1.dcm'])
      await put(name);

    expect(await walk()).toEqual(['1.dcm']);
  });

  test('gives each file once, however often it is named', async () => {
    await put('a/1.dcm');

    expect(await walk([root, path.join(root, 'a'), path.join(root, 'a/1.dcm')])).toEqual([
      'a/1.dcm',
    ]);
  });

  test('does not follow links out of the folder, and says so', async () => {
    await put('in/1.dcm');
    await put('out/2.dcm');
    await symlink(path.join(root, 'out'), path.join(root, 'in/link'));
    await symlink(path.join(root, 'in/1.dcm'), path.join(root, 'in/same'));

    expect(await walk([path.join(root, 'in')])).toEqual(['in/1.dcm', 'in/link: file/link-outside']);
  });

  test('ends where links go round in a circle', async () => {
    await put('a/1.dcm');
    await symlink(root, path.join(root, 'a/up'));

    expect(await walk()).toEqual(['a/1.dcm']);
  });

  test('says that a link leads nowhere', async () => {
    await symlink(path.join(root, 'gone'), path.join(root, 'link'));

    expect(await walk()).toEqual(['link: file/unreadable']);
  });

  test.skipIf(process.getuid?.() === 0)('names a folder it may not read and goes on', async () => {
    await put('locked/1.dcm');
    await put('z.dcm');
    await chmod(path.join(root, 'locked'), 0);

    expect(await walk()).toEqual(['locked: folder/unreadable', 'z.dcm']);
  });

  test('passes over the output folder within an input', async () => {
    await put('1.dcm');
    await put('out/2.dcm');

    expect(await walk([root], path.join(root, 'out'))).toEqual(['1.dcm']);
  });

  test('refuses an input that does not exist', async () => {
    await expect(walk([path.join(root, 'none')])).rejects.toMatchObject({
      code: 'file/unreadable',
    });
  });
});
