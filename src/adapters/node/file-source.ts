/** A file on disk. It is opened for each read, so that thousands can be held at once. */
import { open } from 'node:fs/promises';
import { EffaceError } from '../../core/errors.ts';
import type { SourceFile } from '../../core/source-file.ts';

/** @param path where it is shown to lie; `file` is where it does. */
export function fileSource(file: string, size: number, path = file): SourceFile {
  return {
    path: path.replaceAll('\\', '/'),
    size,
    async read(start = 0, end = size) {
      try {
        const handle = await open(file, 'r');
        try {
          const from = Math.max(0, start);
          const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - from));
          let filled = 0;
          while (filled < bytes.length) {
            const { bytesRead } = await handle.read(
              bytes,
              filled,
              bytes.length - filled,
              from + filled,
            );
            if (bytesRead === 0) break;
            filled += bytesRead;
          }
          return filled === bytes.length ? bytes : bytes.slice(0, filled);
        } finally {
          await handle.close();
        }
      } catch (cause) {
        if (cause instanceof RangeError) {
          const needed = Math.ceil((end - start) / 2 ** 20);
          throw new EffaceError('job/memory', { needed }, { cause });
        }
        throw new EffaceError('file/unreadable', {}, { cause });
      }
    },
  };
}
