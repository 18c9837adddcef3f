/** A File of the page as a source: its bytes stay on disk until asked for. */
import { EffaceError } from '../../core/errors.ts';
import type { SourceFile } from '../../core/source-file.ts';

/** A file the person picked or dropped; it can be sent to a worker, nothing is copied. */
export interface PickedFile {
  /** Where it lies under what was picked, with `/`. */
  readonly path: string;
  readonly file: File;
}

export function fileSource({ path, file }: PickedFile): SourceFile {
  return {
    path,
    size: file.size,
    async read(start = 0, end = file.size) {
      try {
        // Asking for a slice costs as much as reading half a megabyte.
        if (end >= file.size && start <= file.size / 4) {
          return new Uint8Array(await file.arrayBuffer(), start);
        }
        return new Uint8Array(await file.slice(start, end).arrayBuffer());
      } catch (cause) {
        throw new EffaceError('file/unreadable', {}, { cause });
      }
    },
  };
}
