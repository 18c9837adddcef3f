/** A place for results in memory: for tests and for rounds that nobody keeps. */
import type { OutputSink } from '../../app/ports.ts';
import { EffaceError } from '../../core/errors.ts';

export interface MemorySink extends OutputSink {
  /** What is visible: empty before `commit`. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

export function createMemorySink(): MemorySink {
  const staged = new Map<string, Uint8Array<ArrayBuffer>>();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    files,
    write(path, bytes) {
      if (staged.has(path)) return Promise.reject(new EffaceError('output/exists'));
      staged.set(path, bytes.slice());
      return Promise.resolve();
    },
    read(path) {
      const bytes = staged.get(path);
      return bytes
        ? Promise.resolve(bytes.slice())
        : Promise.reject(new EffaceError('output/verify'));
    },
    remove(path) {
      staged.delete(path);
      return Promise.resolve();
    },
    commit() {
      for (const [path, bytes] of staged) files.set(path, bytes);
      return Promise.resolve();
    },
    abort() {
      staged.clear();
      files.clear();
      return Promise.resolve();
    },
  };
}
