/**
 * A disk in memory that can fail: at the operation of a number, in every way a real one
 * does. Names that were changed are on the disk for good only after `sync`; bytes are as
 * soon as the file they are in has its name.
 */
import { assert, EffaceError } from '../../../src/core/errors.ts';
import type { Store, StoreEntry } from '../../../src/app/ports.ts';

export type Fault =
  | { readonly kind: 'error'; readonly code: string }
  /** Some bytes of what is written, then nothing works any more. */
  | { readonly kind: 'torn'; readonly bytes: number }
  /** Nothing works any more. */
  | { readonly kind: 'killed' }
  /** Nothing works any more, and of what was not synced only some is left. */
  | { readonly kind: 'unsynced'; readonly seed: number };

type Names = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
type Change = (names: Map<string, Uint8Array<ArrayBuffer>>) => void;

/** What lies on the disk; stores are made over it again and again. */
export class MemoryDisk {
  #names: Names;
  #synced: Names;
  #pending: Change[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.#names = new Map(
      Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]),
    );
    this.#synced = this.#names;
  }

  /** A copy that goes its own way. */
  fork(): MemoryDisk {
    const copy = new MemoryDisk();
    copy.#names = this.#names;
    copy.#synced = this.#synced;
    copy.#pending = [...this.#pending];
    return copy;
  }

  get files(): Readonly<Record<string, string>> {
    const texts = [...this.#names].map(
      ([path, bytes]) => [path, new TextDecoder().decode(bytes)] as const,
    );
    return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get names(): Names {
    return this.#names;
  }

  change(change: Change): void {
    const names = new Map(this.#names);
    change(names);
    this.#names = names;
    this.#pending.push(change);
  }

  sync(): void {
    this.#synced = this.#names;
    this.#pending = [];
  }

  /** The power goes: of the changes since the last sync, a part chosen by the seed is left. */
  cut(seed: number): void {
    const names = new Map(this.#synced);
    let state = seed * 2_654_435_761 + 1;
    for (const change of this.#pending) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      if (state & 0x10000) change(names);
    }
    this.#names = names;
    this.sync();
  }
}

export interface MemoryStore extends Store {
  /** Operations so far. */
  readonly operations: number;
  /** Names of the operations, for a failed test to tell. */
  readonly log: readonly string[];
}

/** @param faults operations, counted from 0, that fail, and how */
export function memoryStore(
  disk: MemoryDisk,
  faults: ReadonlyMap<number, Fault> = new Map(),
): MemoryStore {
  const log: string[] = [];
  let dead = false;
  let temporaries = 0;

  /** One operation of the disk; `bytes` are what a torn write leaves some of, under `name`. */
  const step = (what: string, name?: string, bytes?: Uint8Array): void => {
    if (dead) throw new Error('killed');
    const fault = faults.get(log.length);
    log.push(what);
    if (!fault) return;
    if (fault.kind === 'error') {
      throw Object.assign(new Error(fault.code), { code: fault.code, name: fault.code });
    }
    dead = true;
    if (fault.kind === 'torn' && name !== undefined && bytes) {
      disk.change((names) => names.set(name, Uint8Array.from(bytes.subarray(0, fault.bytes))));
    }
    if (fault.kind === 'unsynced') disk.cut(fault.seed);
    throw new Error('killed');
  };
  const fileAt = (path: string): Uint8Array<ArrayBuffer> => {
    const bytes = disk.names.get(path);
    if (!bytes) throw new EffaceError('file/unreadable');
    return bytes;
  };
  /** As the real ones do: a temporary file first, then its name. */
  const put = (path: string, bytes: Uint8Array<ArrayBuffer>): void => {
    assert(!path.split('/').includes('..'), 'a path of a store stays in its folder');
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const temporary = `${folder}.efface-tmp-${++temporaries}-${log.length}`;
    step(`write ${temporary}`, temporary, bytes);
    disk.change((names) => names.set(temporary, bytes));
    try {
      step(`rename to ${path}`);
    } catch (error) {
      if (!dead) disk.change((names) => names.delete(temporary));
      throw error;
    }
    disk.change((names) => {
      const moved = names.get(temporary);
      if (moved) names.set(path, moved);
      names.delete(temporary);
    });
  };
  // Each method is asynchronous, so that what it throws is a rejection.
  return {
    log,
    get operations() {
      return log.length;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async list(folder) {
      step(`list ${folder}`);
      const entries = new Map<string, StoreEntry>();
      const start = folder === '' ? '' : `${folder}/`;
      for (const path of disk.names.keys()) {
        if (!path.startsWith(start)) continue;
        const [name = '', ...inner] = path.slice(start.length).split('/');
        entries.set(name, { name, kind: inner.length > 0 ? 'folder' : 'file' });
      }
      return [...entries.values()];
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async stat(path) {
      step(`stat ${path}`);
      const bytes = disk.names.get(path);
      if (bytes) return { kind: 'file', size: bytes.length, links: 1 };
      const isFolder = [...disk.names.keys()].some((name) => name.startsWith(`${path}/`));
      return isFolder ? { kind: 'folder', size: 0, links: 1 } : null;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async read(path, start = 0, end = Infinity) {
      step(`read ${path}`);
      return fileAt(path).slice(start, end);
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async write(path, bytes) {
      put(path, bytes.slice());
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async append(path, bytes) {
      const before = disk.names.get(path) ?? new Uint8Array(0);
      const all = new Uint8Array(before.length + bytes.length);
      all.set(before);
      all.set(bytes, before.length);
      const torn = faults.get(log.length);
      const part = torn?.kind === 'torn' ? all.slice(0, before.length + torn.bytes) : all;
      // A torn append leaves what was there and a part of the new line.
      try {
        step(`append ${path}`);
      } catch (error) {
        if (torn?.kind === 'torn') disk.change((names) => names.set(path, part));
        throw error;
      }
      disk.change((names) => names.set(path, all));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async copy(from, to) {
      put(to, fileAt(from));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async move(from, to) {
      fileAt(from);
      step(`move ${from} to ${to}`);
      disk.change((names) => {
        const moved = names.get(from);
        if (moved) names.set(to, moved);
        names.delete(from);
      });
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async remove(path) {
      step(`remove ${path}`);
      disk.change((names) => names.delete(path));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- see above
    async sync() {
      step('sync');
      disk.sync();
    },
  };
}
