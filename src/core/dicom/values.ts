/** Values of elements as text and numbers (PS3.5 §6.2). */
import { decodeText } from './character-set.ts';
import type { Element, Part10File } from './element.ts';
import { usesCharacterSet } from './value-representation.ts';

const CHARACTER_SET = 0x00080005;

/** A value that was not interpreted yet. */
export interface RawValue {
  readonly bytes: Uint8Array;
  readonly vr: string | null;
  readonly littleEndian: boolean;
}

/** The first element with a tag in a data set or item. */
export function findElement(elements: readonly Element[], tag: number): Element | undefined {
  return elements.find((element) => element.tag === tag);
}

/** The VR that stands in the file; null in implicit VR. */
export function writtenVr({ form, vr }: Element): string | null {
  return form === 'implicit' ? null : vr;
}

export function rawValueOf(file: Part10File, element: Element): RawValue {
  return {
    bytes: file.bytes.subarray(element.dataStart, element.dataEnd),
    vr: element.vr,
    littleEndian: element.tag >>> 16 === 2 || file.encoding.littleEndian,
  };
}

/**
 * The values of Specific Character Set in a data set or item; `outer` where it has none
 * of its own (PS3.3 C.12.1.1.2).
 */
export function characterSetOf(
  file: Part10File,
  elements: readonly Element[],
  outer: readonly string[] = [],
): readonly string[] {
  const element = findElement(elements, CHARACTER_SET);
  return element ? textsOf(rawValueOf(file, element)) : outer;
}

/** The whole value as text, padding taken off the end. */
export function textOf({ bytes, vr }: RawValue, characterSet: readonly string[] = []): string {
  // Where the VR is unknown (private, implicit) the character set is the better guess.
  const own = vr === null || vr === 'UN' || usesCharacterSet(vr) ? characterSet : [];
  return decodeText(bytes, own).replace(/[\0 ]+$/, '');
}

/** The values of a multi-valued text, each without blanks around it. */
export function textsOf(value: RawValue, characterSet: readonly string[] = []): readonly string[] {
  if (value.bytes.length === 0) return [];
  return textOf(value, characterSet)
    .split('\\')
    .map((text) => text.replace(/\0+$/, '').trim());
}

/** The numbers of a value, binary or decimal text; NaN where a text is no number. */
export function numbersOf(value: RawValue): readonly number[] {
  const read = value.vr === null ? undefined : READERS[value.vr];
  if (!read) return textsOf(value).map((text) => (text === '' ? NaN : Number(text)));
  const { bytes, littleEndian } = value;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: number[] = [];
  for (let at = 0; at + read.size <= bytes.length; at += read.size) {
    numbers.push(read.at(view, at, littleEndian));
  }
  return numbers;
}

interface Reader {
  readonly size: number;
  readonly at: (view: DataView, offset: number, littleEndian: boolean) => number;
}

const READERS: Readonly<Record<string, Reader>> = {
  US: { size: 2, at: (v, o, le) => v.getUint16(o, le) },
  OW: { size: 2, at: (v, o, le) => v.getUint16(o, le) },
  SS: { size: 2, at: (v, o, le) => v.getInt16(o, le) },
  UL: { size: 4, at: (v, o, le) => v.getUint32(o, le) },
  SL: { size: 4, at: (v, o, le) => v.getInt32(o, le) },
  FL: { size: 4, at: (v, o, le) => v.getFloat32(o, le) },
  OF: { size: 4, at: (v, o, le) => v.getFloat32(o, le) },
  FD: { size: 8, at: (v, o, le) => v.getFloat64(o, le) },
  OD: { size: 8, at: (v, o, le) => v.getFloat64(o, le) },
};
