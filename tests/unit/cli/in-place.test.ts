import { createHash } from 'node:crypto';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { phantomDicom } from '../../../src/core/phantom/as-dicom.ts';
import { defaultGrid, makeHead, scanHead } from '../../../src/core/phantom/head.ts';
import { keptTerminal } from '../../support/terminal.ts';

const UNDO = '_efface-undo-do-not-share';
/** Stands in every value of the header that may hold it; also a name of the folder. */
const MARKER = 'QXJZ';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-in-place-'));
  const head = await makeHead(3);
  const ct = await scanHead(head, { seed: 3, kind: 'CT', grid: defaultGrid(4) });
  for (const { path: name, bytes } of phantomDicom(ct, { marker: MARKER })) {
    await put(path.join('scans/visit', `${path.basename(name, '.dcm')}.dcm`), bytes);
  }
}, 120_000);
afterAll(() => rm(root, { recursive: true }));

async function put(name: string, bytes: Uint8Array | string): Promise<string> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return file;
}

async function efface(
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const terminal = keptTerminal();
  const code = await run(['deface', ...argv], terminal, new AbortController().signal);
  return { code, ...terminal.kept };
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    seen[path.relative(folder, file)] = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  }
  return Object.fromEntries(Object.entries(seen).sort());
}

describe('efface deface --in-place', () => {
  test('replaces, is refused twice, goes back, is renamed, and is finished', async () => {
    const scans = path.join(root, 'scans');
    const [first = ''] = (await readdir(path.join(scans, 'visit'))).sort();
    const firstFile = path.join(scans, 'visit', first);
    await chmod(firstFile, 0o640);
    await utimes(firstFile, 1_000_000, 1_000_000);
    await link(firstFile, path.join(root, 'elsewhere.dcm'));
    const before = await hashes(scans);

    const end = await efface(scans, '--in-place', '--accept-review');
    expect(end.err).toBe('');
    expect(end.code).toBe(0);
    expect(end.out).toContain(UNDO);
    expect(end.out).toContain('no secure erasure');
    expect(end.out).toContain('Files have a second name elsewhere (1).');
    const after = await hashes(scans);
    for (const file of Object.keys(before)) {
      expect(after[file], file).not.toBe(before[file]);
      expect((await readFile(path.join(scans, file))).includes(MARKER), file).toBe(false);
    }
    const { mode, mtimeMs, nlink } = await stat(firstFile);
    expect([mode & 0o777, mtimeMs, nlink]).toEqual([0o640, 1_000_000_000, 1]);
    expect(await readFile(path.join(scans, 'efface-report.json'), 'utf8')).not.toContain('visit/');

    const second = await efface(scans, '--in-place');
    expect(second.code).toBe(1);
    expect(second.err).toContain('originals of an earlier save');
    expect((await efface(scans, '--in-place', '--roll-back')).code).toBe(0);
    expect(await hashes(scans)).toEqual(before);
    expect((await efface(scans, '--in-place', '--finish')).code).toBe(3);

    await put(`scans/visit/${MARKER} report.txt`, 'letter');
    const named = await efface(scans, '--in-place', '--accept-review');
    expect(named.code).toBe(1);
    expect(named.err).toContain('Names of files or folders tell who the patient is');
    expect(Object.keys(await hashes(scans))).toHaveLength(Object.keys(before).length + 1);

    const renamed = await efface(scans, '--in-place', '--accept-review', '--rename', '--json');
    expect(renamed.code).toBe(0);
    expect(JSON.parse(renamed.out)).toMatchObject({
      totals: { filesWritten: Object.keys(before).length },
    });
    const finished = await efface(scans, '--in-place', '--finish');
    expect([finished.code, finished.out]).toEqual([0, expect.stringContaining('1 visit new')]);
    expect(Object.keys(await hashes(scans)).sort()).toEqual(
      [...Object.keys(before), 'efface-report.json', 'visit/file-1.txt'].sort(),
    );
  }, 300_000);

  test('refuses a ZIP, a link, and what lies in an undo folder or a half-new one', async () => {
    const zip = await put('a.zip', 'PK\u0003\u0004');
    expect((await efface(zip, '--in-place')).err).toContain(
      'ZIP archive cannot be changed in place',
    );
    await symlink(path.join(root, 'scans'), path.join(root, 'link'));
    expect((await efface(path.join(root, 'link'), '--in-place')).err).toContain(
      'A link was not followed',
    );
    await put(`undone/${UNDO}/backup/0`, 'face');
    const inside = path.join(root, 'undone', UNDO);
    const opened = await efface(inside, '--out', path.join(root, 'out'));
    expect(opened.err).toContain('never opened');
    expect((await efface(path.join(root, 'undone'), '--in-place', '--resume')).err).toContain(
      'cannot be understood',
    );
  });

  test('ends with 3 and changes nothing where there is nothing', async () => {
    const file = await put('plain/notes.txt', 'hello');
    await link(file, path.join(root, 'plain/second.txt'));
    const end = await efface(path.join(root, 'plain'), '--in-place');
    expect([end.code, end.err]).toEqual([3, '']);
    expect(await readdir(path.join(root, 'plain'))).toEqual(['notes.txt', 'second.txt']);
  });
});
