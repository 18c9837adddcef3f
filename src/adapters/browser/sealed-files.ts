/**
 * Files of this origin that are packed, and sealed with a key that lives no longer than the tab:
 * once it is closed nobody can read them, and the next start clears them away.
 */
import type { KeptFiles, KeptResults } from '../../app/ports.ts';

export interface SealedFiles extends KeptResults {
  /** Those of this key that begin so. */
  names(start: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
  /** Removes all files, or only those that another key sealed. */
  clear(which: 'all' | 'foreign'): Promise<void>;
}

const IV_BYTES = 12;

/** @param key 32 bytes; the first of its hash begin the names, so that others' files are known */
export async function createSealedFiles(
  files: KeptFiles,
  key: Uint8Array<ArrayBuffer>,
): Promise<SealedFiles> {
  const { subtle } = crypto;
  const sealing = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const hash = new Uint8Array(await subtle.digest('SHA-256', key));
  const own = Array.from(hash.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
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
    async clear(which) {
      for (const name of await files.names()) {
        if (which === 'all' || !name.startsWith(`${own}-`)) await files.remove(name);
      }
    },
  };
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
