/** CSA image headers of Siemens MR made in memory, laid out as Siemens does. */

/** Behind `SV10`: CSA2. */
const SV10 = 'SV10';
const TAG_BYTES = 84;
const ITEM_BYTES = 16;

export interface CsaTag {
  readonly name: string;
  readonly vr: keyof typeof TYPES;
  readonly texts: readonly string[];
}

/** Siemens' own numbers for the types of values. */
const TYPES = { DS: 3, FD: 4, IS: 6, US: 10 } as const;
/** What stands behind counts: of tags with values, and of those without. */
const FILLED = 77;
const EMPTY = 205;
/** Items come in groups of so many; readers in C rely on it. */
const GROUP = 6;

/** Bytes of a CSA2 header with these tags, laid out as Siemens does. */
export function writeCsa(tags: readonly CsaTag[]): Uint8Array<ArrayBuffer> {
  const parts = tags.map((tag) => tagBytes(tag));
  const whole = new Uint8Array(16 + parts.reduce((sum, { length }) => sum + length, 0) + 4);
  const view = new DataView(whole.buffer);
  put(whole, 0, SV10);
  whole.set([4, 3, 2, 1], 4);
  view.setUint32(8, tags.length, true);
  view.setUint32(12, FILLED, true);
  let at = 16;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The older form (CSA1, syngo up to about 2005): no signature, and the length of each item is
 * counted from the number of items of the first tag.
 */
export function writeCsa1(tags: readonly CsaTag[]): Uint8Array<ArrayBuffer> {
  const first = Math.ceil((tags[0]?.texts.length ?? 0) / GROUP) * GROUP;
  const parts = tags.map((tag) => tagBytes(tag, first));
  const whole = new Uint8Array(8 + parts.reduce((sum, { length }) => sum + length, 0) + 4);
  const view = new DataView(whole.buffer);
  view.setUint32(0, tags.length, true);
  view.setUint32(4, FILLED, true);
  let at = 8;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param more what CSA1 adds to the first number of an item; the others say nothing then */
function tagBytes({ name, vr, texts }: CsaTag, more: number | null = null): Uint8Array {
  const count = Math.ceil(texts.length / GROUP) * GROUP;
  // With the NUL that readers in C look for.
  const sizes = texts.map((text) => Math.ceil((text.length + 1) / 4) * 4);
  const bytes = new Uint8Array(
    TAG_BYTES + count * ITEM_BYTES + sizes.reduce((sum, size) => sum + size, 0),
  );
  const view = new DataView(bytes.buffer);
  put(bytes, 0, name);
  view.setInt32(64, texts.length, true);
  put(bytes, 68, vr);
  view.setInt32(72, TYPES[vr], true);
  view.setInt32(76, count, true);
  view.setInt32(80, count > 0 ? FILLED : EMPTY, true);
  let at = TAG_BYTES;
  for (let n = 0; n < count; n++) {
    const text = texts[n];
    const length = text === undefined ? 0 : text.length + 1;
    const kind = text === undefined ? EMPTY : FILLED;
    const numbers =
      more === null ? [length, length, kind, length] : [length + more, 1_234_567, kind, 0];
    numbers.forEach((value, field) => {
      view.setInt32(at + 4 * field, value, true);
    });
    at += ITEM_BYTES;
    if (text !== undefined) put(bytes, at, text);
    at += sizes[n] ?? 0;
  }
  return bytes;
}

function put(bytes: Uint8Array, start: number, text: string): void {
  for (let n = 0; n < text.length; n++) bytes[start + n] = text.charCodeAt(n) & 0x7f;
}
