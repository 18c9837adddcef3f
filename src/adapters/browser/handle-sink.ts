/**
 * Results into a folder the person picked (File System Access), or one of the origin's
 * own (OPFS). A picked folder cannot rename, so results are held as Blobs, which the
 * browser keeps on disk when they are large, until all of them are known to be right.
 */
import type { OutputSink } from '../../app/ports.ts';
import { assert, EffaceError } from '../../core/errors.ts';

export function createHandleSink(folder: FileSystemDirectoryHandle): OutputSink {
  const staged = new Map<string, Blob>();
  let committed = false;
  return {
    write(path, bytes) {
      assert(!staged.has(path), 'an output is written once');
      staged.set(path, new Blob([bytes]));
      return Promise.resolve();
    },
    async read(path) {
      const blob = staged.get(path);
      if (!blob) throw new EffaceError('output/verify');
      const source = committed ? await (await findFile(folder, path)).getFile() : blob;
      return new Uint8Array(await source.arrayBuffer());
    },
    remove(path) {
      staged.delete(path);
      return Promise.resolve();
    },
    async commit() {
      const made: Made[] = [];
      try {
        for (const path of staged.keys()) await refuseExisting(folder, path);
        for (const [path, blob] of staged) await writeFile(folder, path, blob, made);
      } catch (cause) {
        for (const { parent, name } of made.reverse()) {
          await parent.removeEntry(name).catch(() => undefined); // a folder others use by now
        }
        if (cause instanceof EffaceError) throw cause;
        throw new EffaceError('output/write', {}, { cause });
      }
      committed = true;
    },
    abort() {
      staged.clear();
      return Promise.resolve();
    },
  };
}

/** A file or folder that was not there before. */
interface Made {
  readonly parent: FileSystemDirectoryHandle;
  readonly name: string;
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  path: string,
  blob: Blob,
  made: Made[],
): Promise<void> {
  const { folders, name } = split(path);
  let parent = folder;
  for (const part of folders) {
    const known = await parent.getDirectoryHandle(part).catch(ifMissing);
    if (!known) made.push({ parent, name: part });
    parent = known ?? (await parent.getDirectoryHandle(part, { create: true }));
  }
  made.push({ parent, name });
  const handle = await parent.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  try {
    await stream.write(blob);
  } catch (error) {
    await stream.abort();
    throw error;
  }
  await stream.close();
}

/** @throws EffaceError `output/exists` */
async function refuseExisting(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
  const { folders, name } = split(path);
  let parent = folder;
  for (const part of folders) {
    const next = await parent.getDirectoryHandle(part).catch(ifMissing);
    if (!next) return;
    parent = next;
  }
  if (await parent.getFileHandle(name).catch(ifMissing)) throw new EffaceError('output/exists');
}

async function findFile(
  folder: FileSystemDirectoryHandle,
  path: string,
): Promise<FileSystemFileHandle> {
  const { folders, name } = split(path);
  let parent = folder;
  for (const part of folders) parent = await parent.getDirectoryHandle(part);
  return parent.getFileHandle(name);
}

function ifMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  // A file where a folder has to be, or the other way round: it is someone else's.
  if (error instanceof DOMException && error.name === 'TypeMismatchError') {
    throw new EffaceError('output/exists', {}, { cause: error });
  }
  throw error;
}

/** Path made by us: plain relative parts. */
function split(path: string): { folders: readonly string[]; name: string } {
  const parts = path.split('/');
  assert(
    parts.every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part)),
    'an output path has plain relative parts',
  );
  return { folders: parts.slice(0, -1), name: parts.at(-1) as string };
}
