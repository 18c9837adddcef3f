/** What an edit list means for a file, agreed between the writer and its check. */
import { assert } from '../errors.ts';
import type { EditList, Element, Edit, Item, NewElement, Part10File } from './element.ts';

const META_LENGTH = 0x00020000;
const TRANSFER_SYNTAX = 0x00020010;
/** Retired, and wrong after any edit. */
const LENGTH_TO_END = 0x00080001;

export const NO_EDITS: EditList = {
  edits: new Map(),
  insertMeta: [],
  insertDataSet: [],
  zeroPreamble: false,
  dropTrailing: false,
};

/** An edit list with what must go with it, and which nodes it reaches. */
export interface CompleteEdits extends EditList {
  /** Elements and items that are edited or have an edited descendant. */
  readonly touched: ReadonlySet<Element | Item>;
  readonly metaTouched: boolean;
  readonly dataSetTouched: boolean;
  readonly transferSyntaxUID: string;
}

/** Adds the meta group length where it is missing, and removes Length to End. */
export function completeEdits(file: Part10File, list: EditList): CompleteEdits {
  const edits = new Map<Element, Edit>(list.edits);
  const touched = touchedBy(edits, [...file.meta, ...file.dataSet]);
  const metaTouched =
    list.insertMeta.length > 0 || file.meta.some((element) => touched.has(element));
  const dataSetTouched =
    list.insertDataSet.length > 0 || file.dataSet.some((element) => touched.has(element));
  const insertMeta = [...list.insertMeta];
  if (metaTouched && !file.meta.some(({ tag }) => tag === META_LENGTH)) {
    insertMeta.push({ tag: META_LENGTH, vr: 'UL', value: new Uint8Array(4) });
  }
  if (dataSetTouched) {
    for (const element of file.dataSet) {
      if (element.tag === LENGTH_TO_END) {
        edits.set(element, { kind: 'remove' });
        touched.add(element);
      }
    }
  }
  return {
    ...list,
    edits,
    insertMeta,
    touched,
    metaTouched,
    dataSetTouched,
    transferSyntaxUID: newTransferSyntax(file, list),
  };
}

/** Elements that stay, and new ones among them in tag order: before the first with a higher tag. */
export function mergeInserts(
  elements: readonly Element[],
  inserts: readonly NewElement[],
  edits: ReadonlyMap<Element, Edit>,
): readonly (Element | NewElement)[] {
  const merged: (Element | NewElement)[] = elements.filter(
    (element) => edits.get(element)?.kind !== 'remove',
  );
  for (const insert of [...inserts].sort((a, b) => a.tag - b.tag)) {
    const place = merged.findIndex(({ tag }) => tag > insert.tag);
    merged.splice(place < 0 ? merged.length : place, 0, insert);
  }
  return merged;
}

export function isNew(element: Element | NewElement): element is NewElement {
  return 'value' in element;
}

/** Whether it is a group length (gggg,0000) that the writer keeps right. */
export function isGroupLength(element: Element | NewElement): boolean {
  if ((element.tag & 0xffff) !== 0) return false;
  return isNew(element) || element.dataEnd - element.dataStart === 4;
}

function touchedBy(
  edits: ReadonlyMap<Element, Edit>,
  elements: readonly Element[],
): Set<Element | Item> {
  const touched = new Set<Element | Item>();
  let found = 0;
  const visit = (element: Element): boolean => {
    const own = edits.has(element);
    if (own) found++;
    let inner = false;
    for (const item of element.items ?? []) {
      // Every child is visited: `some` would stop at the first.
      if (item.elements.filter(visit).length === 0) continue;
      touched.add(item);
      inner = true;
    }
    assert(!(own && inner), 'an edited element has no edits inside');
    if (own || inner) touched.add(element);
    return own || inner;
  };
  elements.forEach(visit);
  assert(found === edits.size, 'every edit names an element of this file');
  return touched;
}

function newTransferSyntax(file: Part10File, { edits, insertMeta }: EditList): string {
  const element = file.meta.find(({ tag }) => tag === TRANSFER_SYNTAX);
  const edit = element && edits.get(element);
  const inserted = insertMeta.find(({ tag }) => tag === TRANSFER_SYNTAX)?.value;
  const rewritten = edit?.kind === 'rewrite' ? edit.element.value : undefined;
  const value = edit?.kind === 'replace' ? edit.value : (rewritten ?? inserted);
  if (!(value instanceof Uint8Array)) return file.transferSyntaxUID;
  return String.fromCharCode(...value).replace(/[\0 ]+$/, '');
}
