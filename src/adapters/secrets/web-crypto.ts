/** Keyed hashing by WebCrypto, which pages, workers and Node all have. */
import type { Digest, Secrets } from '../../app/ports.ts';

const KEY_BYTES = 32;

/**
 * @param key a project's own key, so that several runs give the same pseudonyms; random
 *   (and forgotten at the end) where none is given
 */
export async function createSecrets(key?: Uint8Array<ArrayBuffer>): Promise<Secrets> {
  const raw = key ?? crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign']);
  return {
    hmacSha256: async (text) =>
      new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text))),
  };
}

/** SHA-256 as 64 hexadecimal digits. */
export const sha256: Digest = async (bytes) => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
};
