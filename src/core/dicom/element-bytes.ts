/** Bytes of new elements, and of headers with another length (PS3.5 §7.1). */
import { assert } from '../errors.ts';
import type { Element, Item, NewElement } from './element.ts';
import type { Syntax } from './transfer-syntax.ts';
import { isLongForm, padByte } from './value-representation.ts';

/** Largest even length of an explicit VR header with 16 bits for it. */
const MAX_SHORT = 65534;

/** A whole element: header and value, sequences with defined lengths. */
export function encodeElement(element: NewElement, syntax: Syntax): Uint8Array<ArrayBuffer> {
  const { tag, vr, value } = element;
  const body =
    value instanceof Uint8Array
      ? padded(value, vr)
      : concat(value.map((item) => encodeItem(item, syntax)));
  return concat([headerOf(tag, vr, body.length, syntax), body]);
}

/** Fragments as items, and the delimiter behind them (PS3.5 §A.4). */
export function encodeFragments(
  fragments: readonly Uint8Array[],
  syntax: Syntax,
): Uint8Array<ArrayBuffer> {
  const parts = fragments.flatMap((fragment) => {
    assert(fragment.length % 2 === 0, 'a fragment has an even length');
    return [itemHead(0xfffee000, fragment.length, syntax), fragment];
  });
  return concat([...parts, itemHead(0xfffee0dd, 0, syntax)]);
}

/** A value made even: text with a space, everything else with NUL (PS3.5 §6.2). */
export function padded(value: Uint8Array, vr: string | null): Uint8Array {
  if (value.length % 2 === 0) return value;
  const even = new Uint8Array(value.length + 1);
  even.set(value);
  even[value.length] = padByte(vr);
  return even;
}

/** The header of an element or item as it stands, with a new defined length. */
export function relengthened(
  bytes: Uint8Array,
  node: Pick<Element, 'headStart' | 'dataStart'> & { readonly form: Element['form'] | 'item' },
  length: number,
  littleEndian: boolean,
): Uint8Array {
  const header = bytes.slice(node.headStart, node.dataStart);
  const view = new DataView(header.buffer);
  if (node.form === 'short') {
    assert(length <= MAX_SHORT, 'a value of a short VR fits 16 bits');
    view.setUint16(6, length, littleEndian);
  } else {
    view.setUint32(node.form === 'long' ? 8 : 4, length, littleEndian);
  }
  return header;
}

/** How the content of an element's items is written: sequences inside UN keep their own syntax. */
export function innerSyntax(element: Element, outer: Syntax): Syntax {
  if (element.vr !== 'UN' || !hasImplicitContent(element.items)) return outer;
  return { explicit: false, littleEndian: true };
}

/** Some items of an explicit file turn out to be implicit. */
export function itemSyntax(item: Item, outer: Syntax): Syntax {
  return outer.explicit && hasImplicitContent([item]) ? { ...outer, explicit: false } : outer;
}

function hasImplicitContent(items: readonly Item[] | null): boolean {
  const first = items?.flatMap(({ elements }) => elements).find(({ tag }) => tag >>> 16 !== 0xfffe);
  return first?.form === 'implicit';
}

function encodeItem(elements: readonly NewElement[], syntax: Syntax): Uint8Array<ArrayBuffer> {
  const body = concat(elements.map((element) => encodeElement(element, syntax)));
  return concat([itemHead(0xfffee000, body.length, syntax), body]);
}

function itemHead(tag: number, length: number, syntax: Syntax): Uint8Array {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  setTag(view, tag, syntax);
  view.setUint32(4, length, syntax.littleEndian);
  return head;
}

function headerOf(tag: number, vr: string, length: number, syntax: Syntax): Uint8Array {
  const long = syntax.explicit && isLongForm(vr);
  const header = new Uint8Array(long ? 12 : 8);
  const view = new DataView(header.buffer);
  setTag(view, tag, syntax);
  if (!syntax.explicit) {
    view.setUint32(4, length, syntax.littleEndian);
    return header;
  }
  header[4] = vr.charCodeAt(0);
  header[5] = vr.charCodeAt(1);
  if (long) {
    view.setUint32(8, length, syntax.littleEndian);
  } else {
    assert(length <= MAX_SHORT, 'a value of a short VR fits 16 bits');
    view.setUint16(6, length, syntax.littleEndian);
  }
  return header;
}

function setTag(view: DataView, tag: number, { littleEndian }: Syntax): void {
  view.setUint16(0, tag >>> 16, littleEndian);
  view.setUint16(2, tag & 0xffff, littleEndian);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
