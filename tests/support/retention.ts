/** What an element is about, and how much of each kind stays as it was in a file. */
import { MARK_TAGS } from '../../src/core/deidentify/declare.ts';
import { bytesOf } from '../../src/core/deidentify/element-value.ts';
import { effectiveVr } from '../../src/core/deidentify/identifiers.ts';
import { profileRow } from '../../src/core/deidentify/profile.ts';
import { isPrivate } from '../../src/core/dicom/dictionary.ts';
import type { Element, Part10File } from '../../src/core/dicom/element.ts';

export const CATEGORIES = [
  'pixel description',
  'geometry',
  'acquisition',
  'other, not in the table',
  'dates and times',
  'patient',
  'device',
  'institution',
  'UIDs',
  'descriptions',
  'private',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The category of an element that says something technical; null for names and the like. */
export function categoryOf(element: Element): Category | null {
  const { tag } = element;
  if (isPrivate(tag)) return 'private';
  if ((tag & 0xffff) === 0) return null;
  const row = profileRow(tag);
  const vr = effectiveVr(element);
  if (row?.columns.dates) return 'dates and times';
  if (row?.columns.device) return 'device';
  if (row?.columns.institution) return 'institution';
  if (row?.columns.patient) return 'patient';
  if (vr === 'UI') return 'UIDs';
  if (row?.columns.descriptors) return 'descriptions';
  if (row && row.basic !== 'X/Z/U*') return null;
  if (tag >>> 16 === 0x0028 || tag === 0x7fe00010) return 'pixel description';
  if (tag >>> 16 === 0x0020) return 'geometry';
  return tag >>> 16 === 0x0018 ? 'acquisition' : 'other, not in the table';
}

export type Score = Map<Category, { of: number; kept: number }>;

export function emptyScore(): Score {
  return new Map(CATEGORIES.map((category) => [category, { of: 0, kept: 0 }]));
}

/**
 * Adds how many elements of `before` are in `after` at the same path with the same value; those
 * that say what was done to the file are not counted.
 */
export function addKept(score: Score, before: Part10File, after: Part10File): void {
  const values = new Map(
    [...leaves(after, after.dataSet, '')].map(([path, value]) => [path, value]),
  );
  for (const [path, value, element] of leaves(before, before.dataSet, '')) {
    const category = categoryOf(element);
    const entry = category && score.get(category);
    if (!entry) continue;
    entry.of += 1;
    if (values.get(path) === value) entry.kept += 1;
  }
}

/** Elements that are no sequence: path of tags and items, value without its padding. */
function* leaves(
  file: Part10File,
  elements: readonly Element[],
  above: string,
): Generator<readonly [path: string, value: string, element: Element]> {
  for (const element of elements) {
    if (above === '' && MARK_TAGS.has(element.tag)) continue;
    const path = `${above}/${element.tag.toString(16)}`;
    if (element.items) {
      for (const [n, item] of element.items.entries())
        yield* leaves(file, item.elements, `${path}[${n}]`);
    } else {
      const text = Buffer.from(bytesOf(file, element)).toString('latin1');
      yield [path, text.replace(/[\0 ]+$/, ''), element];
    }
  }
}
