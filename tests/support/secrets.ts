/** HMAC-SHA-256 by Node's own crypto, for tests of what is keyed. */
import { createHmac } from 'node:crypto';

export function hmacWith(key: string): (text: string) => Promise<Uint8Array> {
  return (text) => Promise.resolve(new Uint8Array(createHmac('sha256', key).update(text).digest()));
}
