/**
 * A folder of the page whose files are changed in place: one the person picked (File System
 * Access) or one of the origin (OPFS). Nothing can be renamed there, so a name is given by
 * writing anew: the browser writes into a file of its own and swaps it in when it is whole.
 * There is no way to flush, so `sync` promises nothing.
 */
import type { Store, StoreEntry } from '../../app/ports.ts';
import { assert, EffaceError } from '../../core/errors.ts';

export function createHandleStore(root: FileSystemDirectoryHandle): Store {
  const folderAt = async (
    folder: string,
    create: boolean,
  ): Promise<FileSystemDirectoryHandle | null> => {
    let at = root;
    for (const part of partsOf(folder)) {
      const next = await at.getDirectoryHandle(part, { create }).catch(nullIfMissing);
      if (!next) return null;
      at = next;
    }
    return at;
  };
  const fileAt = async (path: string): Promise<File | null> => {
    const { folder, name } = split(path);
    const handle = await (await folderAt(folder, false))?.getFileHandle(name).catch(nullIfMissing);
    return (await handle?.getFile().catch(nullIfMissing)) ?? null;
  };
  const fileThere = async (path: string): Promise<File> => {
    const file = await reading(() => fileAt(path));
    if (!file) throw new EffaceError('file/unreadable');
    return file;
  };
  const write = (path: string, data: Blob | Uint8Array<ArrayBuffer>, at?: number): Promise<void> =>
    changing(async () => {
      const { folder, name } = split(path);
      const parent = await folderAt(folder, true);
      assert(parent, 'a folder is made where it is needed');
      const known = await parent.getFileHandle(name).catch(nullIfMissing);
      const handle = known ?? (await parent.getFileHandle(name, { create: true }));
      try {
        const stream = await handle.createWritable({ keepExistingData: at !== undefined });
        try {
          await stream.write(at === undefined ? data : { type: 'write', position: at, data });
        } catch (error) {
          await stream.abort().catch(() => undefined);
          throw error;
        }
        await stream.close();
      } catch (error) {
        // A name that was made for it is empty until it is closed.
        if (!known) await parent.removeEntry(name).catch(() => undefined);
        throw error;
      }
    });
  const copy = async (from: string, to: string): Promise<void> => {
    const source = await fileThere(from);
    await write(to, source);
    const written = await fileThere(to);
    if (!(await sameBytes(source, written))) throw new EffaceError('output/verify');
  };
  const remove = (path: string): Promise<void> =>
    changing(async () => {
      const { folder, name } = split(path);
      const parent = await folderAt(folder, false);
      await parent?.removeEntry(name).catch((error: unknown) => {
        if (!isNamed(error, 'NotFoundError', 'InvalidModificationError')) throw error;
      });
    });
  return {
    list: (folder) =>
      reading(async () => {
        const entries: StoreEntry[] = [];
        const found = await folderAt(folder, false);
        if (!found) return entries;
        for await (const [name, { kind }] of found.entries()) {
          entries.push({ name, kind: kind === 'file' ? 'file' : 'folder' });
        }
        return entries;
      }),
    stat: (path) =>
      reading(async () => {
        const { folder, name } = split(path);
        const parent = await folderAt(folder, false);
        if (!parent) return null;
        const file = await parent.getFileHandle(name).catch(nullIfMissing);
        if (file) {
          const { size } = await file.getFile();
          return { kind: 'file', size, links: 1 } as const;
        }
        const inner = await parent.getDirectoryHandle(name).catch(nullIfMissing);
        return inner && ({ kind: 'folder', size: 0, links: 1 } as const);
      }),
    async read(path, start, end) {
      const file = await fileThere(path);
      return reading(async () => new Uint8Array(await file.slice(start, end).arrayBuffer()));
    },
    write: (path, bytes) => write(path, bytes),
    async append(path, bytes) {
      const before = await reading(() => fileAt(path));
      await write(path, bytes, before?.size ?? 0);
    },
    copy,
    async move(from, to) {
      await copy(from, to);
      await remove(from);
    },
    remove,
    sync: () => Promise.resolve(),
  };
}

/** In pieces, so that two large files are never in memory. */
async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
  const PIECE = 8 * 2 ** 20;
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += PIECE) {
    const [one, two] = await Promise.all(
      [a, b].map(async (blob) => new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer())),
    );
    if (!one || !two?.every((byte, n) => byte === one[n])) return false;
  }
  return true;
}

function partsOf(path: string): readonly string[] {
  const parts = path === '' ? [] : path.split('/');
  assert(
    parts.every((part) => part !== '' && part !== '.' && part !== '..'),
    'a path of a store stays in its folder',
  );
  return parts;
}

function split(path: string): { readonly folder: string; readonly name: string } {
  const parts = partsOf(path);
  const name = parts.at(-1);
  assert(name !== undefined, 'a file has a name');
  return { folder: parts.slice(0, -1).join('/'), name };
}

function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof DOMException && names.includes(error.name);
}

/** A file where a folder was looked for, or the other way round, is not what was looked for. */
function nullIfMissing(error: unknown): null {
  if (isNamed(error, 'NotFoundError', 'TypeMismatchError')) return null;
  throw error;
}

async function reading<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof EffaceError) throw cause;
    throw new EffaceError('file/unreadable', {}, { cause });
  }
}

/** An AbortError of a virus check is no cancel: nothing of the browser gets out as it is. */
async function changing(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    if (cause instanceof EffaceError) throw cause;
    if (isNamed(cause, 'QuotaExceededError'))
      throw new EffaceError('place/no-space', {}, { cause });
    if (isNamed(cause, 'NotAllowedError'))
      throw new EffaceError('place/not-allowed', {}, { cause });
    if (isNamed(cause, 'NoModificationAllowedError')) {
      throw new EffaceError('place/busy', {}, { cause });
    }
    if (isNamed(cause, 'AbortError')) throw new EffaceError('place/refused', {}, { cause });
    throw new EffaceError('output/write', {}, { cause });
  }
}
