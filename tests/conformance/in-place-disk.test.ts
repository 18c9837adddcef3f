/** Saving in place on a real disk: killed processes, a full disk, a read-only one, links. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderStore } from '../../src/adapters/node/folder-store.ts';
import { finish, resume, rollBack, undoState } from '../../src/app/place/recover.ts';
import { createRandom } from '../../src/core/random.ts';
import { judgeFiles } from '../support/store/judge.ts';
import { portsOf } from '../support/store/node-digest.ts';
import { ORIGINALS, runJob } from '../support/store/place-job.ts';

let root = '';
let script = '';
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-disk-'));
  script = path.join(root, 'killed-job.mjs');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.resolve(import.meta.dirname, '../support/store/killed-job.ts'),
      outDir: root,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'killed-job.mjs' } },
    },
  });
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function newJob(within = root): Promise<string> {
  const folder = path.join(within, `job-${++count}`);
  for (const [name, text] of Object.entries(ORIGINALS)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const seen: [string, string][] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    seen.push([path.relative(folder, file), await readFile(file, 'utf8')]);
  }
  return Object.fromEntries(seen.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function judge(folder: string, mayForget = false): Promise<number> {
  const state = await undoState(createFolderStore(folder));
  return judgeFiles(await filesIn(folder), state, mayForget);
}

/** Gives the operations of the work where it was not killed, null where it was. */
function child(folder: string, work: string, at: number, when: string): number | null {
  const done = spawnSync(process.execPath, [script, folder, work, String(at), when]);
  if (done.signal === 'SIGKILL') return null;
  expect(done.stderr.toString()).toBe('');
  expect(done.status).toBe(0);
  return Number(done.stdout.toString());
}

describe('a process killed with SIGKILL', () => {
  test('at 100 positions of the job, and again in the recovery: nothing is lost or mixed', async () => {
    const total = child(await newJob(), 'job', -1, 'never') ?? 0;
    expect(total).toBeGreaterThan(100);
    const generator = createRandom(9);
    const random = (): number => generator.uniform();
    const ends = { fresh: 0, old: 0 };
    for (let n = 0; n < 100; n++) {
      const folder = await newJob();
      const when = n % 2 === 0 ? 'before' : 'within';
      expect(child(folder, 'job', Math.floor(random() * total), when)).toBeNull();
      const how = n % 3 === 0 ? 'rollBack' : 'resume';
      child(folder, how, Math.floor(random() * 60), when);
      const ports = portsOf(createFolderStore(folder));
      await (how === 'resume' ? resume(ports) : rollBack(ports));
      const visits = await judge(folder);
      const before = await filesIn(folder);
      await (how === 'resume' ? resume(ports) : rollBack(ports));
      expect(await filesIn(folder)).toEqual(before);
      if (how === 'rollBack') expect(visits).toBe(0);
      ends[visits > 0 ? 'fresh' : 'old']++;
      if (visits > 0) {
        child(folder, 'finish', Math.floor(random() * 40), when);
        await finish(ports);
        expect(await judge(folder, true)).toBe(visits);
      }
      await rm(folder, { recursive: true });
    }
    console.log(`killed 100 times: ${ends.fresh} ended new, ${ends.old} as they were, 0 mixed`);
  }, 400_000);
});

describe('a disk', () => {
  /** A small disk of its own; null where mounting is not allowed. */
  const mounted = (size: string): string | null => {
    const place = path.join(root, `disk-${++count}`);
    try {
      execFileSync('mkdir', [place]);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place], {
        stdio: 'pipe',
      });
      return place;
    } catch {
      return null;
    }
  };

  test('that is full leaves the originals as they were', async (context) => {
    const disk = mounted('256k');
    if (!disk) context.skip('mounting a small disk is not allowed here');
    try {
      for (let kilobytes = 0; kilobytes < 256; kilobytes += 8) {
        const folder = await newJob(disk ?? '');
        const filler = path.join(disk ?? '', 'filler');
        await writeFile(filler, new Uint8Array(kilobytes * 1024)).catch(() => undefined);
        const error = await runJob(portsOf(createFolderStore(folder))).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        await rm(filler, { force: true });
        if (error && (await undoState(createFolderStore(folder))) !== 'none') {
          await resume(portsOf(createFolderStore(folder)));
        }
        const visits = await judge(folder);
        if (error) expect(visits).toBe(0);
        if (kilobytes > 240) expect(error).toMatchObject({ code: 'place/no-space' });
        await rm(folder, { recursive: true });
      }
    } finally {
      execFileSync('umount', [disk ?? '']);
    }
  });

  test('that is read-only says so', async (context) => {
    const disk = mounted('1m');
    if (!disk) context.skip('mounting a small disk is not allowed here');
    try {
      const folder = await newJob(disk ?? '');
      execFileSync('mount', ['-o', 'remount,ro', disk ?? '']);
      await expect(runJob(portsOf(createFolderStore(folder)))).rejects.toMatchObject({
        code: 'place/not-allowed',
      });
      expect(await judge(folder)).toBe(0);
    } finally {
      execFileSync('umount', [disk ?? '']);
    }
  });

  test('with another disk in the folder is swapped by copying', async (context) => {
    const folder = await newJob();
    const inner = path.join(folder, 'two');
    try {
      await rm(inner, { recursive: true });
      execFileSync('mkdir', [inner]);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', inner], { stdio: 'pipe' });
    } catch {
      context.skip('mounting a small disk is not allowed here');
    }
    try {
      for (const [name, text] of Object.entries(ORIGINALS)) {
        if (name.startsWith('two/')) await writeFile(path.join(folder, name), text);
      }
      await runJob(portsOf(createFolderStore(folder)));
      expect(await judge(folder)).toBe(2);
      await rollBack(portsOf(createFolderStore(folder)));
      expect(await judge(folder)).toBe(0);
    } finally {
      execFileSync('umount', [inner]);
    }
  });
});

describe('a store of a folder', () => {
  test('neither reads nor writes through a link', async () => {
    const outside = path.join(root, 'outside');
    await mkdir(outside);
    await writeFile(path.join(outside, 'face'), 'face');
    const folder = await newJob();
    await symlink(path.join(outside, 'face'), path.join(folder, 'link'));
    await symlink(outside, path.join(folder, 'linked'));
    const store = createFolderStore(folder);
    expect((await store.stat('link'))?.kind).toBe('link');
    await expect(store.read('link')).rejects.toMatchObject({ code: 'file/unreadable' });
    for (const name of ['link', 'linked/face', 'linked/new']) {
      await expect(store.write(name, new Uint8Array(1))).rejects.toMatchObject({
        code: 'place/link',
      });
    }
    expect(await readFile(path.join(outside, 'face'), 'utf8')).toBe('face');
    expect(await readdir(outside)).toEqual(['face']);
  });

  test('waits for a file that is in use, and says so when it stays in use', async () => {
    const waits: number[] = [];
    const folder = await newJob();
    const store = createFolderStore(folder, {
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    let mount = true;
    try {
      // A place where a disk is mounted cannot be removed: EBUSY.
      await mkdir(path.join(folder, 'busy'));
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', path.join(folder, 'busy')], { stdio: 'pipe' });
    } catch {
      mount = false;
      console.log('mounting is not allowed here: a file in use was not tried');
    }
    if (!mount) return;
    try {
      await expect(store.remove('busy')).rejects.toMatchObject({ code: 'place/busy' });
      expect(waits).toHaveLength(10);
      expect(Math.max(...waits)).toBe(2000);
    } finally {
      execFileSync('umount', [path.join(folder, 'busy')]);
    }
  });

  test('keeps the inode of the original in the backup, with all that belongs to it', async () => {
    const folder = await newJob();
    const { ino } = await stat(path.join(folder, 'one/a'));
    await runJob(portsOf(createFolderStore(folder)));
    expect((await stat(path.join(folder, '_efface-undo-do-not-share/backup/0'))).ino).toBe(ino);
  });
});
