/** Ports of a save in place with Node's own hash, which does not wait. */
import { createHash } from 'node:crypto';
import type { SwapPorts } from '../../../src/app/place/swap.ts';
import type { Store } from '../../../src/app/ports.ts';

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function portsOf(store: Store): SwapPorts {
  return { store, sha256: (bytes) => Promise.resolve(hashOf(bytes)) };
}
