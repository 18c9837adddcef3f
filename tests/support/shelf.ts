/** The place where results and decisions are put aside, in memory, as a page finds it. */
import { createSealedFiles } from '../../src/adapters/browser/sealed-files.ts';
import type { KeptFiles } from '../../src/app/ports.ts';
import type { Shelf } from '../../workers/results.ts';

export type FilesInMemory = KeptFiles & { readonly all: Map<string, Uint8Array> };

/** @param fails the disk is full */
export function filesInMemory(fails = false): FilesInMemory {
  const all = new Map<string, Uint8Array>();
  return {
    all,
    names: () => Promise.resolve([...all.keys()]),
    read: (name) => {
      const bytes = all.get(name);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error('not there'));
    },
    write: (name, bytes) => {
      if (fails) return Promise.reject(new Error('full'));
      all.set(name, bytes);
      return Promise.resolve();
    },
    remove: (name) => {
      all.delete(name);
      return Promise.resolve();
    },
  };
}

/** Of a tab. */
export const keyOf = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(fill);

/** As a page that was just loaded opens it: what others sealed and no longer have open goes. */
export async function shelfIn(files: KeptFiles, key: Uint8Array<ArrayBuffer>): Promise<Shelf> {
  const sealed = await createSealedFiles(files, key);
  await sealed.clearLeft();
  return { files: sealed, key };
}
