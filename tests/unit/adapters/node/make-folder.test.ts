import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../../../../src/adapters/node/make-folder.ts';

describe('a folder with those above it', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'efface-folder-'));
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  test('is made, and may be there already', async () => {
    const deep = path.join(root, 'a', 'b', 'c');
    await Promise.all([makeFolder(deep, 0o700), makeFolder(path.join(root, 'a', 'b', 'd'))]);
    await makeFolder(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  test('is not made below a file', async () => {
    writeFileSync(path.join(root, 'file'), '');
    await expect(makeFolder(path.join(root, 'file', 'x'))).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  // In a process of its own: what never ends would hold this one up.
  test.skipIf(!existsSync('/proc'))(
    'that the system refuses ends with an error',
    () => {
      const module = path.resolve('src/adapters/node/make-folder.ts');
      const code = `import(${JSON.stringify(module)}).then((m) => m.makeFolder('/proc/efface/x')).catch((e) => console.log(e.code))`;
      const run = spawnSync('npx', ['tsx', '-e', code], { timeout: 60_000, encoding: 'utf8' });
      expect(run.stdout.trim()).toBe('ENOENT');
    },
    70_000,
  );
});
