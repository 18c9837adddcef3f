/**
 * The CSA image header of Siemens MR: a private binary list of named texts, of which a
 * few numbers say how the slices of a mosaic lie (dicom.md §2.6, §4.6).
 */

/** A tag of the list. */
export interface CsaField {
  readonly name: string;
  /** How many values it is said to have; the list may hold fewer, or empty ones. */
  readonly vm: number;
  readonly vr: string;
  /** Siemens' own number for the type of the values. */
  readonly syngoDt: number;
  /** Without the blanks around them; empty ones have their place. */
  readonly values: readonly string[];
}

/** Behind `SV10`: CSA2. Without it the older CSA1, which counts lengths in another way. */
const SV10 = 'SV10';
const TAG_BYTES = 84;
const ITEM_BYTES = 16;
const MAX_TAGS = 1000;
const MAX_ITEMS = 2000;
/** CSA1 has no signature: what stands behind the number of its tags is one of these. */
const MARKS: readonly number[] = [77, 205];

/** The fields in their order; null where the bytes are no such list, or damaged. */
export function readCsa(bytes: Uint8Array): readonly CsaField[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNew = bytes.length > 16 && latin(bytes, 0, 4) === SV10;
  let at = isNew ? 8 : 0;
  if (bytes.length < at + 8) return null;
  const count = view.getUint32(at, true);
  if (count === 0 || count > MAX_TAGS) return null;
  if (!isNew && !MARKS.includes(view.getUint32(at + 4, true))) return null;
  at += 8;
  const fields: CsaField[] = [];
  let firstItems: number | null = null;
  for (let n = 0; n < count; n++) {
    if (at + TAG_BYTES > bytes.length) return null;
    const field = {
      name: latin(bytes, at, 64),
      vm: view.getInt32(at + 64, true),
      vr: latin(bytes, at + 68, 4),
      syngoDt: view.getInt32(at + 72, true),
    };
    const items = view.getInt32(at + 76, true);
    if (items < 0 || items > MAX_ITEMS) return null;
    firstItems ??= items;
    at += TAG_BYTES;
    const values: string[] = [];
    for (let i = 0; i < items; i++) {
      if (at + ITEM_BYTES > bytes.length) return null;
      const length = isNew ? view.getInt32(at + 4, true) : view.getInt32(at, true) - firstItems;
      at += ITEM_BYTES;
      // CSA1 ends the list of a tag with lengths that make no sense.
      if (length < 0 || at + length > bytes.length) {
        if (isNew) return null;
        break;
      }
      values.push(latin(bytes, at, length).trim());
      at += Math.ceil(length / 4) * 4;
    }
    fields.push({ ...field, values });
  }
  return fields;
}

/** What a field says; nothing where there is none of that name. */
export function csaTexts(fields: readonly CsaField[] | null, name: string): readonly string[] {
  const field = fields?.find((one) => one.name === name);
  return field?.values.filter((value) => value !== '') ?? [];
}

/** Up to the first NUL. */
function latin(bytes: Uint8Array, start: number, length: number): string {
  const end = bytes.subarray(start, start + length).indexOf(0);
  const text = bytes.subarray(start, start + (end < 0 ? length : end));
  return String.fromCharCode(...text);
}
