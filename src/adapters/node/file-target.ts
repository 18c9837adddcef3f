/** Bytes into one file that appears under its name when it is whole (for a ZIP). */
import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { EffaceError } from '../../core/errors.ts';
import { makeFolder } from './make-folder.ts';

export interface FileTarget {
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes [start, end) of what was written. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  truncate(length: number): Promise<void>;
  /** Gives the file its name. */
  close(): Promise<void>;
  /** Leaves nothing behind; after `close` the file that was made goes too. */
  discard(): Promise<void>;
}

/** @throws EffaceError `output/exists` without `force`, `output/write` */
export async function createFileTarget(
  file: string,
  { force = false }: { readonly force?: boolean } = {},
): Promise<FileTarget> {
  const target = path.resolve(file);
  const folder = path.dirname(target);
  if (!force && (await exists(target))) throw new EffaceError('output/exists');
  const isNewFolder = !(await exists(folder));
  const staged = path.join(folder, `.efface-part-${randomBytes(6).toString('hex')}`);
  const handle = await writing(async () => {
    await makeFolder(folder);
    return open(staged, 'wx+');
  });
  let length = 0;
  let closed = false;
  let named = false;
  return {
    write: (bytes) =>
      writing(async () => {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, length);
          done += bytesWritten;
          length += bytesWritten;
        }
      }),
    async read(start, end) {
      const reader = closed ? await open(named ? target : staged, 'r') : handle;
      try {
        const bytes = new Uint8Array(Math.max(0, Math.min(end, length) - start));
        const { bytesRead } = await reader.read(bytes, 0, bytes.length, start);
        return bytes.slice(0, bytesRead);
      } catch (cause) {
        throw new EffaceError('output/verify', {}, { cause });
      } finally {
        if (closed) await reader.close();
      }
    },
    truncate: (to) =>
      writing(async () => {
        await handle.truncate(to);
        length = to;
      }),
    close: () =>
      writing(async () => {
        await handle.sync();
        await handle.close();
        closed = true;
        if (force) {
          await rename(staged, target);
        } else {
          // Unlike a rename, a link never replaces what came there in the meantime.
          await link(staged, target).catch(async (error: unknown) => {
            if (await exists(target)) throw new EffaceError('output/exists', {}, { cause: error });
            await rename(staged, target); // a disk without links (FAT)
          });
          await rm(staged, { force: true });
        }
        named = true;
      }),
    async discard() {
      if (!closed) await handle.close();
      closed = true;
      if (named) await rm(target, { force: true });
      await rm(staged, { force: true });
      if (isNewFolder) await rmdir(folder).catch(() => undefined);
    },
  };
}

async function exists(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    () => false,
  );
}

async function writing<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof EffaceError) throw cause;
    throw new EffaceError('output/write', {}, { cause });
  }
}
