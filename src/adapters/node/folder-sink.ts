/**
 * Results into a folder. They are staged in a hidden folder on the same disk and moved
 * into place by renaming, so that what is visible is whole.
 */
import { randomBytes } from 'node:crypto';
import { lstat, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OutputSink } from '../../app/ports.ts';
import { assert, EffaceError } from '../../core/errors.ts';
import { makeFolder } from './make-folder.ts';

/** Names of hidden folders of work that has not ended begin so. */
export const STAGING = '.efface-part-';

export interface FolderSinkOptions {
  /** Replaces files that exist already; without it the folder has to be empty or new. */
  readonly force?: boolean;
}

/** @throws EffaceError `output/exists` where the folder holds files, `output/write` */
export async function createFolderSink(
  folder: string,
  { force = false }: FolderSinkOptions = {},
): Promise<OutputSink> {
  const target = path.resolve(folder);
  const existing = await entriesOf(target);
  if (existing?.length && !force) throw new EffaceError('output/exists');
  const created = await firstMissing(target);
  const staging = path.join(target, STAGING + randomBytes(6).toString('hex'));
  await writing(() => makeFolder(staging));

  const staged = new Set<string>();
  let committed = false;
  const stagedPath = (name: string): string => path.join(staging, ...safeParts(name));
  const cleanUp = async (): Promise<void> => {
    await rm(staging, { recursive: true, force: true });
    if (created && !committed) await removeEmpty(target, path.dirname(created));
  };

  return {
    async write(name, bytes) {
      assert(!staged.has(name.toLowerCase()), 'an output is written once');
      const file = stagedPath(name);
      await writing(async () => {
        await makeFolder(path.dirname(file));
        await writeFile(file, bytes, { flag: 'wx' });
      });
      staged.add(name.toLowerCase());
    },
    async read(name) {
      const file = committed ? path.join(target, ...safeParts(name)) : stagedPath(name);
      try {
        return new Uint8Array(await readFile(file));
      } catch (cause) {
        throw new EffaceError('output/verify', {}, { cause });
      }
    },
    async remove(name) {
      const file = stagedPath(name);
      await writing(() => rm(file, { force: true }));
      staged.delete(name.toLowerCase());
      await removeEmpty(path.dirname(file), staging);
    },
    async commit() {
      const journal = new Journal();
      try {
        await moveInto(staging, target, path.join(staging, '.replaced'), force, journal);
      } catch (cause) {
        await journal.undo();
        await cleanUp();
        if (cause instanceof EffaceError) throw cause;
        throw new EffaceError('output/write', {}, { cause });
      }
      committed = true;
      await cleanUp();
    },
    abort: cleanUp,
  };
}

/** Renames that were made, so that they can be undone when a later one is refused. */
class Journal {
  readonly #moves: { from: string; to: string }[] = [];

  async move(from: string, to: string): Promise<void> {
    await rename(from, to);
    this.#moves.push({ from, to });
  }

  async undo(): Promise<void> {
    for (const { from, to } of this.#moves.reverse()) await rename(to, from);
  }
}

/** Moves what is in `from` into `to`; whole folders at once where `to` has none of that name. */
async function moveInto(
  from: string,
  to: string,
  replaced: string,
  force: boolean,
  journal: Journal,
): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (source === replaced) continue;
    const target = path.join(to, entry.name);
    const there = await lstat(target).catch(() => null);
    if (!there) {
      await journal.move(source, target);
    } else if (entry.isDirectory() && there.isDirectory()) {
      await moveInto(source, target, replaced, force, journal);
    } else {
      // Someone put it there since we looked, or a file stands where a folder has to go.
      if (!force || entry.isDirectory() || !there.isFile()) throw new EffaceError('output/exists');
      await makeFolder(replaced);
      await journal.move(target, path.join(replaced, randomBytes(8).toString('hex')));
      await journal.move(source, target);
    }
  }
}

/** Names in a folder, without what another run is staging; null where there is no folder. */
async function entriesOf(folder: string): Promise<string[] | null> {
  const info = await lstat(folder).catch(() => null);
  if (!info) return null;
  return writing(async () => (await readdir(folder)).filter((name) => !name.startsWith(STAGING)));
}

/** The topmost folder that has to be made for `folder` to exist; null where it exists. */
async function firstMissing(folder: string): Promise<string | null> {
  let missing: string | null = null;
  for (let at = folder; ; at = path.dirname(at)) {
    if (await lstat(at).catch(() => null)) return missing;
    missing = at;
    if (at === path.dirname(at)) return missing;
  }
}

/** Removes `folder` and its parents below `above`, as far as they are empty. */
async function removeEmpty(folder: string, above: string): Promise<void> {
  for (let at = folder; at !== above; at = path.dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return; // not empty: it holds what others put there
    }
  }
}

/** The parts of a relative path made by us: nothing that leads elsewhere. */
function safeParts(name: string): string[] {
  const parts = name.split('/');
  assert(
    parts.every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part)),
    'an output path has plain relative parts',
  );
  return parts;
}

async function writing<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw new EffaceError('output/write', {}, { cause });
  }
}
