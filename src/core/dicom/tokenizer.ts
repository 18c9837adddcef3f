/**
 * Splits the bytes of a data set into elements (PS3.5 §7), recursively and without
 * copying: every length is checked against its enclosing span before anything is read,
 * so that a lying length costs nothing.
 *
 * Beyond the standard: sequences hidden in UN or in unknown implicit elements are
 * opened where they parse exactly to their end; items of an explicit file that turn out
 * to be implicit are read as such; duplicates and out-of-order elements are kept.
 */
import { EffaceError } from '../errors.ts';
import { vrOf } from './dictionary.ts';
import type { Element, Item, Span } from './element.ts';
import type { Syntax } from './transfer-syntax.ts';
import { isLongForm } from './value-representation.ts';

const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const PIXEL_DATA = 0x7fe00010;
/** Real structured reports nest about 20 deep; files beyond this are attacks on the stack. */
const MAX_DEPTH = 64;
const IMPLICIT: Syntax = { explicit: false, littleEndian: true };

/** The bytes being split, with one view on all of them. */
export interface Source {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
}

export function sourceOf(bytes: Uint8Array<ArrayBuffer>): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

interface Header {
  readonly tag: number;
  readonly vr: string | null;
  readonly form: Element['form'];
  readonly dataStart: number;
  readonly length: number;
}

/**
 * The element that starts at `start` and must end at or before `end`.
 *
 * @throws EffaceError `dicom/truncated`, `dicom/damaged`
 */
export function readElement(
  source: Source,
  start: number,
  end: number,
  syntax: Syntax,
  depth = 0,
): Element {
  if (depth > MAX_DEPTH) throw new EffaceError('dicom/damaged', { depth });
  const { tag, vr, form, dataStart, length } = readHeader(source, start, end, syntax);
  const head = { tag, vr, form, headStart: start, dataStart };
  if (length === UNDEFINED) return readUndefined(source, head, end, syntax, depth);

  const dataEnd = dataStart + length;
  if (dataEnd > end) throw overrun(source, end);
  const leaf = { ...head, dataEnd, end: dataEnd, undefinedLength: false, fragments: null };
  if (vr === 'SQ') {
    const { items } = readItems(source, dataStart, dataEnd, syntax, depth, true);
    return { ...leaf, items };
  }
  const mayHideItems = vr === 'UN' || vr === null;
  const inner = form === 'implicit' ? syntax : IMPLICIT;
  if (mayHideItems && length >= 8 && tagAt(source, dataStart, inner) === ITEM) {
    return {
      ...leaf,
      items: attempt(() => readItems(source, dataStart, dataEnd, inner, depth, true).items),
    };
  }
  return { ...leaf, items: null };
}

/** The tag at an offset, as an unsigned number. */
export function tagAt({ view }: Source, offset: number, { littleEndian }: Syntax): number {
  return view.getUint16(offset, littleEndian) * 0x10000 + view.getUint16(offset + 2, littleEndian);
}

/** Whether two capital letters, as every VR has, stand where an explicit VR would. */
export function hasVrAt({ bytes }: Source, elementStart: number): boolean {
  return isCapital(bytes[elementStart + 4]) && isCapital(bytes[elementStart + 5]);
}

function readHeader(source: Source, start: number, end: number, syntax: Syntax): Header {
  if (start + 8 > end) throw overrun(source, end);
  const { view, bytes } = source;
  const { littleEndian } = syntax;
  const tag = tagAt(source, start, syntax);
  if (tag >>> 16 === 0xfffe) {
    // A stray delimiter is kept as it is; anything else here means we lost the thread.
    const length = view.getUint32(start + 4, littleEndian);
    if (tag === ITEM || length !== 0) throw new EffaceError('dicom/damaged', { offset: start });
    return { tag, vr: null, form: 'implicit', dataStart: start + 8, length };
  }
  if (!syntax.explicit) {
    const length = view.getUint32(start + 4, littleEndian);
    return { tag, vr: vrOf(tag), form: 'implicit', dataStart: start + 8, length };
  }
  if (!hasVrAt(source, start)) throw new EffaceError('dicom/damaged', { offset: start });
  const vr = String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0);
  if (!isLongForm(vr)) {
    const length = view.getUint16(start + 6, littleEndian);
    return { tag, vr, form: 'short', dataStart: start + 8, length };
  }
  if (start + 12 > end) throw overrun(source, end);
  const length = view.getUint32(start + 8, littleEndian);
  return { tag, vr, form: 'long', dataStart: start + 12, length };
}

type Head = Pick<Element, 'tag' | 'vr' | 'form' | 'headStart' | 'dataStart'>;

function readUndefined(
  source: Source,
  head: Head,
  end: number,
  syntax: Syntax,
  depth: number,
): Element {
  const { tag, vr, form, dataStart } = head;
  const element = { ...head, undefinedLength: true };
  if (tag === PIXEL_DATA || vr === 'OB' || vr === 'OW') {
    const { fragments, dataEnd, next } = readFragments(source, dataStart, end, syntax);
    return { ...element, dataEnd, end: next, items: null, fragments };
  }
  if (form !== 'implicit' && vr !== 'SQ' && vr !== 'UN') {
    throw new EffaceError('dicom/damaged', { offset: head.headStart });
  }
  const read = (inner: Syntax): ItemsRead => readItems(source, dataStart, end, inner, depth, false);
  // UN of undefined length is implicit little endian (PS3.5 §6.2.2); older writers kept their own syntax.
  const { items, dataEnd, next } =
    vr === 'UN' ? (attempt(() => read(IMPLICIT)) ?? read(syntax)) : read(syntax);
  return { ...element, dataEnd, end: next, items, fragments: null };
}

interface ItemsRead {
  readonly items: readonly Item[];
  readonly dataEnd: number;
  readonly next: number;
}

/** Items up to `end` exactly, or up to the sequence delimiter. */
function readItems(
  source: Source,
  start: number,
  end: number,
  syntax: Syntax,
  depth: number,
  definedLength: boolean,
): ItemsRead {
  const items: Item[] = [];
  let offset = start;
  while (!definedLength || offset < end) {
    if (offset + 8 > end) throw overrun(source, end);
    const tag = tagAt(source, offset, syntax);
    const length = source.view.getUint32(offset + 4, syntax.littleEndian);
    if (!definedLength && tag === SEQUENCE_END) {
      return { items, dataEnd: offset, next: offset + 8 };
    }
    if (tag !== ITEM) throw new EffaceError('dicom/damaged', { offset });
    const item = readItem(source, offset, length, end, syntax, depth + 1);
    items.push(item);
    offset = item.end;
  }
  return { items, dataEnd: end, next: end };
}

function readItem(
  source: Source,
  headStart: number,
  length: number,
  end: number,
  outer: Syntax,
  depth: number,
): Item {
  const dataStart = headStart + 8;
  const undefinedLength = length === UNDEFINED;
  const limit = undefinedLength ? end : dataStart + length;
  if (limit > end) throw overrun(source, end);
  const elements: Element[] = [];
  let syntax = outer;
  let offset = dataStart;
  while (undefinedLength || offset < limit) {
    if (offset + 8 > limit) throw overrun(source, limit);
    const tag = tagAt(source, offset, outer);
    if (undefinedLength && tag === ITEM_END) {
      return { headStart, dataStart, dataEnd: offset, end: offset + 8, undefinedLength, elements };
    }
    if (
      offset === dataStart &&
      outer.explicit &&
      tag >>> 16 !== 0xfffe &&
      !hasVrAt(source, offset)
    ) {
      syntax = { ...outer, explicit: false };
    }
    const element = readElement(source, offset, limit, syntax, depth);
    elements.push(element);
    offset = element.end;
  }
  return { headStart, dataStart, dataEnd: limit, end: limit, undefinedLength, elements };
}

/** Fragments of encapsulated pixel data, the Basic Offset Table first (PS3.5 §A.4). */
export function readFragments(
  source: Source,
  start: number,
  end: number,
  syntax: Syntax,
): { fragments: readonly Span[]; dataEnd: number; next: number } {
  const fragments: Span[] = [];
  let offset = start;
  // Some writers leave the last delimiter out at the very end of the file.
  while (offset < end) {
    if (offset + 8 > end) throw overrun(source, end);
    const tag = tagAt(source, offset, syntax);
    const length = source.view.getUint32(offset + 4, syntax.littleEndian);
    if (tag === SEQUENCE_END) return { fragments, dataEnd: offset, next: offset + 8 };
    if (tag !== ITEM) throw new EffaceError('dicom/damaged', { offset });
    const fragment = { start: offset + 8, end: offset + 8 + length };
    if (fragment.end > end) throw overrun(source, end);
    fragments.push(fragment);
    offset = fragment.end;
  }
  if (fragments.length < 2 || end !== source.bytes.length) throw overrun(source, end);
  return { fragments, dataEnd: end, next: end };
}

/** The value, or null where the bytes do not parse; a file that nests too deep is refused all the same. */
function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof EffaceError && error.details['depth'] === undefined) return null;
    throw error;
  }
}

function overrun({ bytes }: Source, end: number): EffaceError {
  return new EffaceError(end === bytes.length ? 'dicom/truncated' : 'dicom/damaged', {
    offset: end,
  });
}

function isCapital(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}
