/**
 * Results that are put aside while a run into a folder goes on, so that it can be stopped at any
 * point. They lie in a hidden folder of the output, under keyed names, packed; the folder goes
 * when the run has ended.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { KeptResults } from '../../app/ports.ts';
import { EffaceError } from '../../core/errors.ts';
import { STAGING } from './folder-sink.ts';
import { makeFolder } from './make-folder.ts';

const FOLDER = `${STAGING}resume`;
const KEY_BYTES = 32;
/** A run says that it is alive this often (ms); it is believed for a few times as long. */
const BEAT_MS = 10_000;
const BELIEVED_MS = 4 * BEAT_MS;

export interface ResultFolder extends KeptResults {
  /** Whether an earlier run left results. */
  readonly isResumed: boolean;
  /** Whether that one had begun to put its files in place: they are its own, and replaced. */
  readonly wasPlacing: boolean;
  /** The key of the run: the one given, else one that lies here until the run has ended. */
  readonly key: Uint8Array<ArrayBuffer>;
  /** Called just before files are put in place. */
  placing(): Promise<void>;
  /** Lets go; what was put aside stays. */
  release(): Promise<void>;
  /** Deletes all of it. */
  end(): Promise<void>;
}

/**
 * @param out folder of the results
 * @param given key of the project
 * @throws EffaceError `output/at-work` where another run works there, `output/write`
 */
export async function openResultFolder(
  out: string,
  given: Uint8Array<ArrayBuffer> | undefined,
): Promise<ResultFolder> {
  const place = path.join(path.resolve(out), FOLDER);
  const at = (name: string): string => path.join(place, name);
  const [run, marker, keyFile] = [at('run'), at('placing'), at('key')];
  await refuseLiving(run);
  const before = await readdir(place).catch(() => [] as string[]);
  const isResumed = before.some((name) => name.endsWith('.gz'));
  await writing(async () => {
    await makeFolder(place, 0o700);
    await writeFile(run, String(process.pid));
    // What the earlier run was writing when it was stopped.
    if (isResumed) await removeStaged(path.resolve(out));
  });
  const key = given ?? (await keyOf(keyFile));
  const beat = setInterval(() => {
    const now = new Date();
    utimes(run, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();

  return {
    isResumed,
    wasPlacing: before.includes('placing'),
    key,
    async get(name) {
      const packed = await readFile(at(`${name}.gz`)).catch(() => null);
      if (!packed) return null;
      try {
        return new Uint8Array(await promisify(gunzip)(packed));
      } catch {
        // Cut off, or damaged: as if it were not there.
        return null;
      }
    },
    async put(name, bytes) {
      const packed = await promisify(gzip)(bytes, { level: 1 });
      await writing(async () => {
        const part = at(`${name}.part`);
        await writeFile(part, packed, { mode: 0o600 });
        await rename(part, at(`${name}.gz`));
      });
    },
    placing: () => writing(() => writeFile(marker, '')),
    async release() {
      clearInterval(beat);
      await rm(run, { force: true });
    },
    async end() {
      clearInterval(beat);
      await rm(place, { recursive: true, force: true });
    },
  };
}

async function keyOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await readFile(file).catch(() => null);
  if (kept?.length === KEY_BYTES) return new Uint8Array(kept);
  const fresh = new Uint8Array(randomBytes(KEY_BYTES));
  await writing(() => writeFile(file, fresh, { mode: 0o600 }));
  return fresh;
}

/** A process of that number that also said lately that it is alive. */
async function refuseLiving(run: string): Promise<void> {
  const [pid, info] = await Promise.all([
    readFile(run, 'utf8').catch(() => null),
    stat(run).catch(() => null),
  ]);
  if (pid === null || !info || Number(pid) === process.pid) return;
  if (Date.now() - info.mtimeMs > BELIEVED_MS) return;
  try {
    process.kill(Number(pid), 0);
  } catch {
    return;
  }
  throw new EffaceError('output/at-work');
}

async function removeStaged(out: string): Promise<void> {
  for (const name of await readdir(out)) {
    if (!name.startsWith(STAGING) || name === FOLDER) continue;
    await rm(path.join(out, name), { recursive: true, force: true });
  }
}

async function writing<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw new EffaceError('output/write', {}, { cause });
  }
}
