/**
 * Bytes of an archive into a file of the origin (OPFS), in a worker: Blobs of more than some
 * hundred MB are not safe in every browser, and a file takes no memory. It stays until the
 * next archive is begun or the worker ends, because the download reads from it.
 */
import { assert } from '../../core/errors.ts';
import type { BlobTarget } from './blob-target.ts';

const FOLDER = 'efface-archives';

/** As workers have it; not in the types of pages. */
interface SyncAccess {
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(length: number): void;
  flush(): void;
  close(): void;
}

type Handle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

let release: () => void = () => undefined;

/** @throws whatever the browser has against it: a Blob is the other way then */
export async function createOpfsTarget(type = 'application/zip'): Promise<BlobTarget> {
  release();
  const folder = await clearArchives();
  const name = crypto.randomUUID();
  await hold(name);
  const handle = (await folder.getFileHandle(name, { create: true })) as Handle;
  const access = await handle.createSyncAccessHandle();
  let length = 0;
  let isOpen = true;
  let made: Blob | null = null;
  const close = (): void => {
    if (isOpen) access.close();
    isOpen = false;
  };
  return {
    write(bytes) {
      const written = access.write(bytes, { at: length });
      // A full disk can take a part without a word.
      if (written < bytes.length) return Promise.reject(new Error('the archive is cut off'));
      length += bytes.length;
      return Promise.resolve();
    },
    async read(start, end) {
      if (made) return new Uint8Array(await made.slice(start, end).arrayBuffer());
      const bytes = new Uint8Array(Math.max(0, Math.min(end, length) - start));
      return bytes.subarray(0, access.read(bytes, { at: start }));
    },
    truncate(to) {
      access.truncate(to);
      length = to;
      return Promise.resolve();
    },
    async close() {
      access.flush();
      close();
      made = (await handle.getFile()).slice(0, length, type);
    },
    async discard() {
      close();
      made = null;
      await folder.removeEntry(name).catch(() => undefined);
      release();
    },
    blob() {
      assert(made, 'an archive is taken when it is whole');
      return made;
    },
  };
}

/** Keeps the file of this name from being removed by other tabs, until `release`. */
function hold(name: string): Promise<void> {
  return new Promise((held, failed) => {
    navigator.locks
      .request(lockOf(name), () => {
        held();
        return new Promise<void>((done) => {
          release = done;
        });
      })
      .catch(failed);
  });
}

/** Removes archives that no tab holds any more; gives the folder they lie in. */
export async function clearArchives(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  const names: string[] = [];
  for await (const [name] of folder.entries()) names.push(name);
  for (const name of names) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock) await folder.removeEntry(name).catch(() => undefined);
    });
  }
  return folder;
}

function lockOf(name: string): string {
  return `${FOLDER} ${name}`;
}
