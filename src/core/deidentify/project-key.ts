/** The project's key as a file holds it. */

const MIN_BYTES = 16;

/** 32 or more hexadecimal digits, or any 16 or more bytes; null where it is shorter. */
export function keyFrom(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const text = new TextDecoder('latin1').decode(bytes).trim();
  const isHex = /^(?:[0-9a-f]{2}){16,}$/i.test(text);
  const key = isHex
    ? Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
    : bytes;
  return key.length < MIN_BYTES ? null : key;
}

/** A key as the text of a file. */
export function keyText(key: Uint8Array): string {
  return `${Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('')}\n`;
}
