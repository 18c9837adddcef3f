/** Reads an edited file again and holds it against what it was made from. */
import { assert } from '../errors.ts';
import type { EditList, Element, NewElement, Part10File, Span } from './element.ts';
import { padded } from './element-bytes.ts';
import { completeEdits, isGroupLength, isNew, mergeInserts, type CompleteEdits } from './edits.ts';
import { parsePart10 } from './part10.ts';

/**
 * Asserts that `after` has the same elements as `before` except for the edits, and that
 * every untouched one has the very bytes it had (header included).
 */
export function verifyEdited(
  before: Part10File,
  list: EditList,
  after: Uint8Array<ArrayBuffer>,
): void {
  const edits = completeEdits(before, list);
  const read = parsePart10(after);
  assert(
    read.transferSyntaxUID === edits.transferSyntaxUID,
    'the transfer syntax is the one asked for',
  );
  const files = { before: before.bytes, after: read.bytes, edits };
  verifyPreamble(before, read, edits);
  verifyList(before.meta, edits.insertMeta, read.meta, files);
  verifyList(before.dataSet, edits.insertDataSet, read.dataSet, files);
  const trailing = edits.dropTrailing ? null : before.trailing;
  assert(
    trailing === null
      ? read.trailing === null
      : read.trailing !== null && sameBytes(files, trailing, read.trailing),
    'trailing bytes are kept or dropped as asked',
  );
}

interface Files {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly edits: CompleteEdits;
}

function verifyPreamble(before: Part10File, after: Part10File, edits: CompleteEdits): void {
  assert(
    after.hasPreamble === (before.hasPreamble || edits.insertMeta.length > 0),
    'the preamble stays, and comes with a new meta group',
  );
  if (!after.hasPreamble) return;
  const kept = before.hasPreamble && !edits.zeroPreamble;
  for (let n = 0; n < 128; n++) {
    assert(
      after.bytes[n] === (kept ? before.bytes[n] : 0),
      'the preamble is kept or zeroed as asked',
    );
  }
}

function verifyList(
  elements: readonly Element[],
  inserts: readonly NewElement[],
  found: readonly Element[],
  files: Files,
): void {
  const expected = mergeInserts(elements, inserts, files.edits.edits);
  assert(expected.length === found.length, 'no element is lost or gained');
  expected.forEach((element, n) => {
    const read = found[n];
    assert(read?.tag === element.tag, 'the elements keep their order');
    if (!isGroupLength(element)) verifyElement(element, read, files);
  });
}

function verifyElement(element: Element | NewElement, read: Element, files: Files): void {
  if (isNew(element)) {
    verifyValue(element, read, files.after);
    return;
  }
  const edit = files.edits.edits.get(element);
  if (edit?.kind === 'rewrite') {
    verifyValue(edit.element, read, files.after);
  } else if (edit?.kind === 'replace') {
    verifyValue({ tag: element.tag, vr: element.vr ?? '', value: edit.value }, read, files.after);
  } else if (edit?.kind === 'refragment') {
    verifyFragments(edit.fragments, read, files.after);
  } else if (!files.edits.touched.has(element)) {
    const [was, is] = [element, read].map(({ headStart, end }) => ({ start: headStart, end }));
    assert(was && is && sameBytes(files, was, is), 'untouched elements keep their bytes');
  } else {
    const items = element.items ?? [];
    assert(items.length === read.items?.length, 'a touched sequence keeps its items');
    items.forEach((item, n) => {
      verifyList(item.elements, [], read.items?.[n]?.elements ?? [], files);
    });
  }
}

function verifyValue({ vr, value }: NewElement, read: Element, after: Uint8Array): void {
  if (!(value instanceof Uint8Array)) {
    assert(read.items?.length === value.length, 'a new sequence has its items');
    return;
  }
  const wanted = padded(value, vr === '' ? null : vr);
  assert(read.dataEnd - read.dataStart === wanted.length, 'a new value has its length');
  for (let n = 0; n < wanted.length; n++) {
    assert(after[read.dataStart + n] === wanted[n], 'a new value has its bytes');
  }
}

function verifyFragments(
  wanted: readonly Uint8Array[],
  { fragments }: Element,
  after: Uint8Array,
): void {
  assert(fragments?.length === wanted.length, 'new fragments are all there');
  wanted.forEach((bytes, n) => {
    const { start, end } = fragments[n] as Span;
    assert(end - start === bytes.length, 'a new fragment has its length');
    for (let at = 0; at < bytes.length; at++) {
      assert(after[start + at] === bytes[at], 'a new fragment has its bytes');
    }
  });
}

function sameBytes({ before, after }: Files, was: Span, is: Span): boolean {
  const length = was.end - was.start;
  if (is.end - is.start !== length) return false;
  for (let n = 0; n < length; n++) {
    if (before[was.start + n] !== after[is.start + n]) return false;
  }
  return true;
}
