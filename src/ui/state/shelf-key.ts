/**
 * The key with which results are put aside: of this tab, gone when it is closed. A reload keeps
 * it, so that a long run goes on where it was.
 */
const NAME = 'efface-results-key';
const KEY_BYTES = 32;

/** null where the browser gives no place: results then stay in memory. */
export function shelfKey(
  give: () => Pick<Storage, 'getItem' | 'setItem'>,
): Uint8Array<ArrayBuffer> | null {
  try {
    // Asking for it throws where a person has forbidden it.
    const storage = give();
    const kept = /^[0-9a-f]{64}$/.exec(storage.getItem(NAME) ?? '')?.[0];
    if (kept) return Uint8Array.from(kept.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    storage.setItem(NAME, Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join(''));
    return key;
  } catch {
    return null;
  }
}
