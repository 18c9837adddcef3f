/** Values of elements as bytes and as plain text, to judge them and to write new ones. */
import type { Element, NewElement, Part10File } from '../dicom/element.ts';

/** The value of an element, as it stands in the file (for SQ: its items with their headers). */
export function bytesOf(file: Part10File, element: Element): Uint8Array<ArrayBuffer> {
  return file.bytes.subarray(element.dataStart, element.dataEnd);
}

/** Bytes as text, one character each: right for ASCII, and never fails. */
export function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

/** The text of an element without its padding. */
export function textOf(file: Part10File, element: Element): string {
  return asciiOf(bytesOf(file, element)).replace(/[\0 ]+$/, '');
}

/** The values of a multi-valued text (PS3.5 §6.4), each without spaces around it. */
export function componentsOf(text: string): readonly string[] {
  return text.split('\\').map((value) => value.replace(/^[\0 ]+|[\0 ]+$/g, ''));
}

/** ASCII text padded to even length: with NUL for UI, with a space for the rest (PS3.5 §6.2). */
export function encodeText(text: string, vr: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length + (text.length % 2));
  bytes.fill(vr === 'UI' ? 0 : 0x20);
  for (let n = 0; n < text.length; n++) bytes[n] = text.charCodeAt(n) & 0x7f;
  return bytes;
}

/** A new element of ASCII text. */
export function textElement(tag: number, vr: string, text: string): NewElement {
  return { tag, vr, value: encodeText(text, vr) };
}

export interface CodedEntry {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** The item of a code sequence (PS3.3 §8.8). */
export function codeItem({ value, scheme, meaning }: CodedEntry): readonly NewElement[] {
  return [
    textElement(0x00080100, 'SH', value),
    textElement(0x00080102, 'SH', scheme),
    textElement(0x00080104, 'LO', meaning),
  ];
}

/** The first element of a tag, or undefined. */
export function find(elements: readonly Element[], tag: number): Element | undefined {
  return elements.find((element) => element.tag === tag);
}

/** The text of a tag, empty where it is absent. */
export function textAt(file: Part10File, elements: readonly Element[], tag: number): string {
  const element = find(elements, tag);
  return element ? textOf(file, element) : '';
}

/** The codes in the items of a code sequence. */
export function codesOf(file: Part10File, element: Element | undefined): readonly CodedEntry[] {
  return (element?.items ?? []).map(({ elements }) => ({
    value: textAt(file, elements, 0x00080100).trim(),
    scheme: textAt(file, elements, 0x00080102).trim(),
    meaning: textAt(file, elements, 0x00080104).trim(),
  }));
}

/** An element with all that is in it, to be written again inside a sequence of ours. */
export function copyOf(file: Part10File, element: Element, vr: string): NewElement {
  if (!element.items) return { tag: element.tag, vr, value: bytesOf(file, element) };
  return {
    tag: element.tag,
    vr: 'SQ',
    value: element.items.map((item) =>
      item.elements.map((inner) => copyOf(file, inner, inner.vr ?? 'UN')),
    ),
  };
}
