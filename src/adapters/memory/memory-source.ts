/** A file that lies in memory: for tests, the demo head, and archives in archives. */
import type { SourceFile } from '../../core/source-file.ts';

export function memorySource(path: string, bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path,
    size: bytes.length,
    read: (start = 0, end = bytes.length) => Promise.resolve(bytes.slice(start, end)),
  };
}
