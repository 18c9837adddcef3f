/**
 * The CSA image header of Siemens MR: a private binary list of named texts, of which a
 * few numbers say how the slices of a mosaic lie (dicom.md §2.6, §4.6).
 */

/** Behind `SV10`: CSA2. Without it the older CSA1, which counts lengths in another way. */
const SV10 = 'SV10';
const TAG_BYTES = 84;
const ITEM_BYTES = 16;
const MAX_TAGS = 1000;

/** The texts of each tag by its name; null where the bytes are no such list. */
export function readCsa(bytes: Uint8Array): ReadonlyMap<string, readonly string[]> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNew = bytes.length > 16 && latin(bytes, 0, 4) === SV10;
  let at = isNew ? 8 : 0;
  if (bytes.length < at + 8) return null;
  const count = view.getUint32(at, true);
  if (count === 0 || count > MAX_TAGS) return null;
  at += 8;
  const found = new Map<string, readonly string[]>();
  let firstItems: number | null = null;
  for (let n = 0; n < count; n++) {
    if (at + TAG_BYTES > bytes.length) return null;
    const name = latin(bytes, at, 64);
    const items = view.getInt32(at + 76, true);
    if (items < 0 || at + TAG_BYTES + items * ITEM_BYTES > bytes.length) return null;
    firstItems ??= items;
    at += TAG_BYTES;
    const texts: string[] = [];
    for (let i = 0; i < items; i++) {
      if (at + ITEM_BYTES > bytes.length) return null;
      const length = isNew ? view.getInt32(at + 4, true) : view.getInt32(at, true) - firstItems;
      at += ITEM_BYTES;
      // CSA1 ends the list of a tag with lengths that make no sense.
      if (length < 0 || at + length > bytes.length) {
        if (isNew) return null;
        break;
      }
      const text = latin(bytes, at, length).trim();
      if (text !== '') texts.push(text);
      at += Math.ceil(length / 4) * 4;
    }
    found.set(name, texts);
  }
  return found;
}

/** Up to the first NUL. */
function latin(bytes: Uint8Array, start: number, length: number): string {
  const end = bytes.subarray(start, start + length).indexOf(0);
  const text = bytes.subarray(start, start + (end < 0 ? length : end));
  return String.fromCharCode(...text);
}
