/** Bytes into a Blob, which the browser keeps off the heap: what "Save as ZIP" gives. */
import { assert } from '../../core/errors.ts';

export interface BlobTarget {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Bytes [start, end) of what was written. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
  discard(): Promise<void>;
  /** The whole, after `close`. */
  blob(): Blob;
}

/** Small pieces are joined up to this, so that a Blob has few parts. */
const JOIN_BYTES = 4 * 2 ** 20;

export function createBlobTarget(type = 'application/zip'): BlobTarget {
  let done = new Blob([], { type });
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let pendingBytes = 0;
  let closed = false;
  const join = (): void => {
    done = new Blob([done, ...pending], { type });
    pending = [];
    pendingBytes = 0;
  };
  return {
    write(bytes) {
      pending.push(bytes.slice());
      pendingBytes += bytes.length;
      if (pendingBytes >= JOIN_BYTES) join();
      return Promise.resolve();
    },
    async read(start, end) {
      join();
      return new Uint8Array(await done.slice(start, end).arrayBuffer());
    },
    truncate(length) {
      join();
      done = done.slice(0, length, type);
      return Promise.resolve();
    },
    close() {
      join();
      closed = true;
      return Promise.resolve();
    },
    discard() {
      done = new Blob([], { type });
      pending = [];
      pendingBytes = 0;
      closed = false;
      return Promise.resolve();
    },
    blob() {
      assert(closed, 'an archive is taken when it is whole');
      return done;
    },
  };
}
