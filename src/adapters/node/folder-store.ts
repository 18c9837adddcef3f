/**
 * A folder on disk whose files are changed in place. New bytes go into a temporary file
 * beside their place, are flushed, and get their name by renaming, which is atomic on one
 * disk. Links are never followed: neither read nor written through.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  utimes,
} from 'node:fs/promises';
import path from 'node:path';
import type { Store, StoreEntry } from '../../app/ports.ts';
import { assert, EffaceError } from '../../core/errors.ts';

/** How long a file that another program holds is waited for (ms), try by try. */
const WAIT_MS = [10, 20, 50, 100, 200, 400, 800, 1200, 1600, 2000];

/** What the system reads in one go (bytes): below 2 GiB. */
const MOST_AT_ONCE = 2 ** 30;

export interface FolderStoreOptions {
  /** Lets time pass; tests bring their own. */
  readonly sleep?: (ms: number) => Promise<void>;
}

export function createFolderStore(root: string, options: FolderStoreOptions = {}): Store {
  return new FolderStore(path.resolve(root), options.sleep ?? sleepFor);
}

class FolderStore implements Store {
  readonly #root: string;
  readonly #sleep: (ms: number) => Promise<void>;
  /** Folders whose names changed since the last sync. */
  readonly #changed = new Set<string>();

  constructor(root: string, sleep: (ms: number) => Promise<void>) {
    this.#root = root;
    this.#sleep = sleep;
  }

  async list(folder: string): Promise<readonly StoreEntry[]> {
    const entries = await orNull(reading(() => readdir(this.#at(folder), { withFileTypes: true })));
    return (entries ?? []).map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  }

  async stat(file: string): ReturnType<Store['stat']> {
    const found = await orNull(reading(() => lstat(this.#at(file))));
    return found && { kind: kindOf(found), size: found.size, links: found.nlink };
  }

  read(file: string, start = 0, end = Infinity): Promise<Uint8Array<ArrayBuffer>> {
    return reading(async () => {
      const handle = await open(this.#at(file), constants.O_RDONLY | noFollow());
      try {
        const { size } = await handle.stat();
        const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
        let filled = 0;
        while (filled < bytes.length) {
          const rest = Math.min(bytes.length - filled, MOST_AT_ONCE);
          const { bytesRead } = await handle.read(bytes, filled, rest, start + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await handle.close();
      }
    });
  }

  async write(file: string, bytes: Uint8Array<ArrayBuffer>, like?: string): Promise<void> {
    const target = await this.#ready(file);
    await this.#throughTemporary(target, async (temporary) => {
      await writeFlushed(temporary, 'w', bytes);
      if (like !== undefined) await this.#alike(temporary, this.#at(like));
    });
  }

  async append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const target = await this.#ready(file);
    await this.#changing(() => writeFlushed(target, 'a', bytes));
  }

  async copy(from: string, to: string): Promise<void> {
    const source = this.#at(from);
    const target = await this.#ready(to);
    await this.#throughTemporary(target, async (temporary) => {
      // The same file under two names costs nothing and keeps all that belongs to it.
      if (await linked(source, temporary)) return;
      await copyFile(source, temporary);
      await flush(temporary);
      await this.#alike(temporary, source);
    });
  }

  async move(from: string, to: string): Promise<void> {
    const source = this.#at(from);
    const target = await this.#ready(to);
    try {
      await this.#changing(() => rename(source, target));
    } catch (error) {
      if (codeOf(error) !== 'EXDEV') throw error;
      await this.copy(from, to); // another disk within the folder
      await this.remove(from);
    }
    this.#changed.add(path.dirname(source));
  }

  async remove(file: string): Promise<void> {
    const place = this.#at(file);
    const found = await this.stat(file);
    if (!found) return;
    try {
      await this.#changing(() =>
        found.kind === 'folder' ? rmdir(place) : rm(place, { force: true }),
      );
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
    }
    this.#changed.add(path.dirname(place));
    this.#changed.delete(place);
  }

  async sync(): Promise<void> {
    for (const folder of this.#changed) {
      await flush(folder).catch((error: unknown) => {
        // A folder cannot be opened on Windows; one that is gone needs nothing.
        if (!['EISDIR', 'EPERM', 'EACCES', 'ENOENT', 'EINVAL'].includes(codeOf(error) ?? '')) {
          throw toldOf(error);
        }
      });
    }
    this.#changed.clear();
  }

  #at(file: string): string {
    const parts = file === '' ? [] : file.split('/');
    assert(
      parts.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0')),
      'a path of a store stays in its folder',
    );
    return path.join(this.#root, ...parts);
  }

  /** The place of a file, its folder made; never through a link. */
  async #ready(file: string): Promise<string> {
    const place = this.#at(file);
    let at = this.#root;
    for (const part of file.split('/').slice(0, -1)) {
      const parent = at;
      at = path.join(at, part);
      const found = await orNull(lstat(at));
      if (found && !found.isDirectory()) throw new EffaceError('place/link');
      if (found) continue;
      const folder = at;
      await this.#changing(() => mkdir(folder));
      this.#changed.add(parent);
    }
    const there = await orNull(lstat(place));
    if (there?.isSymbolicLink()) throw new EffaceError('place/link');
    this.#changed.add(path.dirname(place));
    return place;
  }

  async #throughTemporary(
    target: string,
    make: (temporary: string) => Promise<void>,
  ): Promise<void> {
    const name = `.efface-tmp-${randomBytes(6).toString('hex')}`;
    const temporary = path.join(path.dirname(target), name);
    try {
      await this.#changing(() => make(temporary));
      await this.#changing(() => rename(temporary, target));
    } finally {
      // Renaming one name of a file to another of the same file does nothing (POSIX).
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** Mode, owner (where that is allowed) and time of a file, for another. */
  async #alike(file: string, like: string): Promise<void> {
    const { mode, uid, gid, atime, mtime } = await lstat(like);
    await chown(file, uid, gid).catch(() => undefined);
    await chmod(file, mode & 0o7777);
    await utimes(file, atime, mtime);
  }

  /** Tries again where another program holds the file. */
  async #changing<Result>(action: () => Promise<Result>): Promise<Result> {
    for (const ms of WAIT_MS) {
      try {
        return await action();
      } catch (error) {
        if (!isLock(error)) throw toldOf(error);
      }
      await this.#sleep(ms);
    }
    return action().catch((error: unknown) => {
      throw toldOf(error);
    });
  }
}

async function writeFlushed(file: string, flags: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, flags);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flush(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** False where the disk has no hard links, or not across these places. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code))
      return false;
    throw error;
  }
}

function kindOf(entry: {
  isSymbolicLink(): boolean;
  isDirectory(): boolean;
  isFile(): boolean;
}): StoreEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

/** Windows has no such flag, and gives undefined for it. */
function noFollow(): number {
  return 'O_NOFOLLOW' in constants ? constants.O_NOFOLLOW : 0;
}

/** EBUSY is a lock everywhere; on Windows so are the others. */
function isLock(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return code === 'EBUSY' || (process.platform === 'win32' && ['EPERM', 'EACCES'].includes(code));
}

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof EffaceError ? error.cause : error;
  return (cause as NodeJS.ErrnoException | undefined)?.code;
}

async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  return asked.catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  });
}

async function reading<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw new EffaceError('file/unreadable', {}, { cause });
  }
}

/** What the system says, as an error a person can act on. */
function toldOf(cause: unknown): EffaceError {
  if (cause instanceof EffaceError) return cause;
  const code = codeOf(cause) ?? '';
  if (['ENOSPC', 'EDQUOT'].includes(code)) return new EffaceError('place/no-space', {}, { cause });
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) {
    return new EffaceError('place/not-allowed', {}, { cause });
  }
  if (['EBUSY', 'ETXTBSY'].includes(code)) return new EffaceError('place/busy', {}, { cause });
  return new EffaceError('output/write', {}, { cause });
}

function sleepFor(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
