/** Files that this origin keeps (OPFS), in a folder of their own; in a worker, where every browser can write them. */
import type { KeptFiles } from '../../app/ports.ts';

/** As workers have it; not in the types of pages. */
interface SyncAccess {
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(length: number): void;
  flush(): void;
  close(): void;
}

type Handle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

export function createKeptFiles(folder: string): KeptFiles {
  const open = async (): Promise<FileSystemDirectoryHandle> =>
    (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
  return {
    async names() {
      const names: string[] = [];
      for await (const name of (await open()).keys()) names.push(name);
      return names;
    },
    async read(name) {
      const file = await (await (await open()).getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    },
    async write(name, bytes) {
      const handle = (await (await open()).getFileHandle(name, { create: true })) as Handle;
      const access = await handle.createSyncAccessHandle();
      try {
        access.truncate(0);
        // A full disk can take a part without a word.
        if (access.write(bytes, { at: 0 }) < bytes.length) throw new Error('the file is cut off');
        access.flush();
      } finally {
        access.close();
      }
    },
    async remove(name) {
      const root = await open();
      try {
        await root.removeEntry(name);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
      }
    },
  };
}
