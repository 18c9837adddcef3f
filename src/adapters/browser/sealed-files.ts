/**
 * Files of this origin that are packed, and sealed with a key that lives no longer than the tab:
 * once it is closed nobody can read them, and the next start clears them away. Those of a tab
 * that is still open stay: it holds a lock for as long as it lives.
 */
import type { KeptFiles, KeptResults } from '../../app/ports.ts';

export interface SealedFiles extends KeptResults {
  /** Those of this key that begin so. */
  names(start: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
  /** Removes all own files. */
  clear(): Promise<void>;
  /**
   * Removes those of tabs that are not open, now and after a while (ms): one that is being
   * loaded anew holds no lock for a moment.
   */
  clearLeft(whileMs?: number): Promise<void>;
}

const IV_BYTES = 12;
const LOCK = 'efface-results-';
/** Bytes of the hash of the key with which names begin, so that others' files are known. */
const OWNER_BYTES = 6;

/** @param key 32 bytes */
export async function createSealedFiles(
  files: KeptFiles,
  key: Uint8Array<ArrayBuffer>,
): Promise<SealedFiles> {
  const { subtle } = crypto;
  const sealing = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const hash = new Uint8Array(await subtle.digest('SHA-256', key));
  const own = Array.from(hash.subarray(0, OWNER_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  hold(own);
  const named = (name: string): string => `${own}-${name}`;
  return {
    async get(name) {
      try {
        const sealed = new Uint8Array(await files.read(named(name)));
        const iv = sealed.subarray(0, IV_BYTES);
        const packed = await subtle.decrypt(
          { name: 'AES-GCM', iv },
          sealing,
          sealed.subarray(IV_BYTES),
        );
        return await through(new Uint8Array(packed), new DecompressionStream('gzip'));
      } catch {
        // Not there, cut off, or of another key: as if it were not there.
        return null;
      }
    },
    async put(name, bytes) {
      const packed = await through(bytes, new CompressionStream('gzip'));
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv }, sealing, packed));
      const whole = new Uint8Array(IV_BYTES + sealed.length);
      whole.set(iv);
      whole.set(sealed, IV_BYTES);
      await files.write(named(name), whole);
    },
    async names(start) {
      const all = await files.names();
      return all
        .filter((name) => name.startsWith(named(start)))
        .map((name) => name.slice(named('').length));
    },
    remove: (name) => files.remove(named(name)),
    async clear() {
      for (const name of await files.names()) {
        if (ownerOf(name) === own) await files.remove(name);
      }
    },
    async clearLeft(whileMs = 0) {
      const open = new Set([own, ...(await held())]);
      await new Promise((resolve) => setTimeout(resolve, whileMs));
      for (const owner of await held()) open.add(owner);
      for (const name of await files.names()) {
        if (!open.has(ownerOf(name))) await files.remove(name);
      }
    },
  };
}

function ownerOf(name: string): string {
  return name.slice(0, 2 * OWNER_BYTES);
}

/** For as long as this tab lives; where two hold the same (a tab that was duplicated) both do. */
function hold(owner: string): void {
  void locks()?.request(
    LOCK + owner,
    { mode: 'shared' },
    () => new Promise<never>(() => undefined),
  );
}

async function held(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return new Set(held.map(({ name = '' }) => name.slice(LOCK.length)));
}

/** Browsers that keep files have them; tests need not. */
function locks(): Locks | undefined {
  return (globalThis as { readonly navigator?: { readonly locks?: Locks } }).navigator?.locks;
}

/** As pages and workers have it (LockManager). */
interface Locks {
  request(
    name: string,
    options: { readonly mode: 'shared' },
    hold: () => Promise<never>,
  ): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
