/**
 * Writes a DICOM file with edits: everything untouched is copied as the bytes it was,
 * in as few ranges as possible; edited elements get a header in the form they had; and
 * the lengths that enclose them are made right (PS3.5 §7, PS3.10 §7.1).
 *
 * A re-serializing writer changes bytes nobody asked it to change (character sets,
 * sequence lengths, fragments): see docs/decisions. Deflated data sets that are edited
 * are deflated anew, so they keep their values but not their compressed bytes.
 */
import { deflateSync } from 'fflate';
import { assert, EffaceError } from '../errors.ts';
import {
  encodeElement,
  encodeFragments,
  innerSyntax,
  itemSyntax,
  padded,
  relengthened,
} from './element-bytes.ts';
import type { EditList, Element, NewElement, Part10File, Span } from './element.ts';
import { completeEdits, isGroupLength, isNew, mergeInserts, type CompleteEdits } from './edits.ts';
import { DEFLATED, syntaxOf, type Syntax } from './transfer-syntax.ts';
import { verifyEdited } from './verify-edited.ts';

const META_SYNTAX: Syntax = { explicit: true, littleEndian: true };

/**
 * The bytes of the file with the edits made; without any, the bytes it had. The result
 * is read again and compared with the source before it is handed out.
 *
 * @throws EffaceError `job/memory`; anything else is a broken promise of the caller or ours
 */
export function writeEdited(file: Part10File, list: EditList): Uint8Array<ArrayBuffer> {
  const edits = completeEdits(file, list);
  const same = edits.transferSyntaxUID === file.transferSyntaxUID;
  if (!same) {
    const { explicit, littleEndian } = syntaxOf(edits.transferSyntaxUID);
    assert(
      explicit === file.encoding.explicit && littleEndian === file.encoding.littleEndian,
      'a new transfer syntax writes elements as the old one did',
    );
  }
  const head = new Pieces();
  planPreamble(head, file, edits);
  planList(head, file.meta, edits.insertMeta, META_SYNTAX, { file, edits });
  const body = new Pieces();
  planList(body, file.dataSet, edits.insertDataSet, file.encoding, { file, edits });
  if (file.trailing && !edits.dropTrailing) body.copy(file.trailing);

  const after = assemble(file, edits, head, body);
  verifyEdited(file, list, after);
  return after;
}

/** What is written: ranges of the source, and new bytes. */
class Pieces {
  readonly list: (Span | Uint8Array)[] = [];
  size = 0;

  copy({ start, end }: Span): void {
    const last = this.list.at(-1);
    if (last && !(last instanceof Uint8Array) && last.end === start) {
      this.list[this.list.length - 1] = { start: last.start, end };
    } else if (end > start) {
      this.list.push({ start, end });
    }
    this.size += end - start;
  }

  add(bytes: Uint8Array): void {
    this.list.push(bytes);
    this.size += bytes.length;
  }

  append(other: Pieces): void {
    for (const piece of other.list) {
      if (piece instanceof Uint8Array) this.add(piece);
      else this.copy(piece);
    }
  }

  writeTo(target: Uint8Array, start: number, source: Uint8Array): void {
    let offset = start;
    for (const piece of this.list) {
      const bytes = piece instanceof Uint8Array ? piece : source.subarray(piece.start, piece.end);
      target.set(bytes, offset);
      offset += bytes.length;
    }
    assert(offset === start + this.size, 'the spans written add up');
  }
}

interface Context {
  readonly file: Part10File;
  readonly edits: CompleteEdits;
}

function planPreamble(pieces: Pieces, file: Part10File, edits: CompleteEdits): void {
  const needed = file.hasPreamble || edits.insertMeta.length > 0;
  if (!needed) return;
  if (file.hasPreamble && !edits.zeroPreamble) {
    pieces.copy({ start: 0, end: 132 });
    return;
  }
  const preamble = new Uint8Array(132);
  preamble.set([0x44, 0x49, 0x43, 0x4d], 128);
  pieces.add(preamble);
}

/** The elements of a data set or item, with group lengths of touched groups made right. */
function planList(
  into: Pieces,
  elements: readonly Element[],
  inserts: readonly NewElement[],
  syntax: Syntax,
  context: Context,
): void {
  const { edits } = context;
  const planned = mergeInserts(elements, inserts, edits.edits).map((element) => ({
    element,
    group: element.tag >>> 16,
    pieces: planElement(element, syntax, context),
  }));
  const touchedGroups = new Set([
    ...inserts.map(({ tag }) => tag >>> 16),
    ...elements.filter((element) => edits.touched.has(element)).map(({ tag }) => tag >>> 16),
  ]);
  planned.forEach(({ element, group, pieces }, n) => {
    if (isGroupLength(element) && touchedGroups.has(group)) {
      let length = 0;
      for (const later of planned.slice(n + 1)) {
        if (later.group === group) length += later.pieces.size;
      }
      into.append(groupLength(element, length, syntax));
    } else {
      into.append(pieces);
    }
  });
}

function planElement(element: Element | NewElement, syntax: Syntax, context: Context): Pieces {
  const { file, edits } = context;
  const pieces = new Pieces();
  if (isNew(element)) {
    pieces.add(encodeElement(element, syntax));
    return pieces;
  }
  const edit = edits.edits.get(element);
  const own = { ...syntax, explicit: element.form !== 'implicit' };
  if (edit?.kind === 'rewrite') {
    pieces.add(encodeElement(edit.element, own));
  } else if (edit?.kind === 'replace') {
    const value = padded(edit.value, element.vr);
    pieces.add(relengthened(file.bytes, element, value.length, syntax.littleEndian));
    pieces.add(value);
  } else if (edit?.kind === 'refragment') {
    pieces.copy({ start: element.headStart, end: element.dataStart });
    pieces.add(encodeFragments(edit.fragments, syntax));
  } else if (!edits.touched.has(element)) {
    pieces.copy({ start: element.headStart, end: element.end });
  } else {
    planSequence(pieces, element, syntax, context);
  }
  return pieces;
}

/** A sequence with an edit somewhere inside: only defined lengths change. */
function planSequence(into: Pieces, element: Element, syntax: Syntax, context: Context): void {
  const { bytes } = context.file;
  const inner = innerSyntax(element, syntax);
  const content = new Pieces();
  for (const item of element.items ?? []) {
    if (!context.edits.touched.has(item)) {
      content.copy({ start: item.headStart, end: item.end });
      continue;
    }
    const list = new Pieces();
    planList(list, item.elements, [], itemSyntax(item, inner), context);
    if (item.undefinedLength) content.copy({ start: item.headStart, end: item.dataStart });
    else content.add(relengthened(bytes, { ...item, form: 'item' }, list.size, inner.littleEndian));
    content.append(list);
    content.copy({ start: item.dataEnd, end: item.end });
  }
  if (element.undefinedLength) into.copy({ start: element.headStart, end: element.dataStart });
  else into.add(relengthened(bytes, element, content.size, syntax.littleEndian));
  into.append(content);
  into.copy({ start: element.dataEnd, end: element.end });
}

function groupLength(element: Element | NewElement, length: number, syntax: Syntax): Pieces {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, length, syntax.littleEndian);
  const pieces = new Pieces();
  if (isNew(element)) {
    pieces.add(encodeElement({ ...element, value }, syntax));
  } else {
    pieces.copy({ start: element.headStart, end: element.dataStart });
    pieces.add(value);
  }
  return pieces;
}

function assemble(
  file: Part10File,
  edits: CompleteEdits,
  head: Pieces,
  body: Pieces,
): Uint8Array<ArrayBuffer> {
  const source = file.bytes;
  if (edits.transferSyntaxUID !== DEFLATED) {
    const whole = allocate(head.size + body.size);
    head.writeTo(whole, 0, source);
    body.writeTo(whole, head.size, source);
    return whole;
  }
  const untouched = !edits.dataSetTouched && !(file.trailing && edits.dropTrailing);
  const deflated =
    untouched && file.encoding.deflated
      ? file.original.subarray(file.dataSetStart)
      : deflate(body, source);
  const whole = allocate(head.size + deflated.length);
  head.writeTo(whole, 0, source);
  whole.set(deflated, head.size);
  return whole;
}

/** PS3.5 §A.5: raw deflate, one NUL after it where the length would be odd. */
function deflate(body: Pieces, source: Uint8Array): Uint8Array {
  const plain = allocate(body.size);
  body.writeTo(plain, 0, source);
  return padded(deflateSync(plain), null);
}

function allocate(size: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (error) {
    throw new EffaceError('job/memory', { needed: Math.ceil(size / 1e6) }, { cause: error });
  }
}
