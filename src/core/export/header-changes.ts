/** The table "Header changes" of the page: what becomes of each element of an instance. */
import { isPrivate, keywordOf } from '../dicom/dictionary.ts';
import type { Element, Part10File } from '../dicom/element.ts';
import { characterSetOf, numbersOf, rawValueOf, textOf } from '../dicom/values.ts';
import type { AttributeAction } from '../deidentify/actions.ts';
import { effectiveVr } from '../deidentify/identifiers.ts';
import type { Rule } from '../deidentify/rules.ts';

/** One row. `before` is patient data: for the person's own screen, never for a log or a file. */
export interface HeaderRow {
  /** With the sequences it is in: `(0008,1140)[1] (0008,1155)`. */
  readonly tag: string;
  readonly keyword: string;
  readonly before: string;
  readonly after: string;
  readonly action: 'removed' | 'replaced' | 'added' | 'kept';
  /** Which rule decided so. */
  readonly rule: Rule;
}

/** Longer values are cut (characters). */
const MAX_SHOWN = 96;

/** The rows of one instance, in tag order. */
export function headerRows(
  file: Part10File,
  actions: readonly AttributeAction[],
): readonly HeaderRow[] {
  const characterSet = characterSetOf(file, file.dataSet);
  return actions
    .map((action) => ({
      action,
      top: parseInt(action.path.slice(1, 5) + action.path.slice(6, 10), 16),
    }))
    .sort((a, b) => a.top - b.top)
    .map(({ action }) => {
      const before = action.element ? shown(file, action.element, characterSet) : '';
      return {
        tag: action.path,
        keyword: keywordOf(action.tag) ?? (isPrivate(action.tag) ? 'Private' : 'Unknown'),
        before,
        after: action.action === 'kept' ? before : cut(action.after),
        action: action.action,
        rule: action.rule,
      };
    });
}

const BINARY: ReadonlySet<string> = new Set('OB OD OF OL OV OW UN AT'.split(' '));
const NUMERIC: ReadonlySet<string> = new Set('US SS UL SL FL FD'.split(' '));

function shown(file: Part10File, element: Element, characterSet: readonly string[]): string {
  if (element.items) {
    return element.items.length === 1 ? '1 item' : `${element.items.length} items`;
  }
  const vr = effectiveVr(element);
  if (element.fragments || BINARY.has(vr)) return `${element.end - element.dataStart} bytes`;
  const value = { ...rawValueOf(file, element), vr };
  if (!NUMERIC.has(vr)) return cut(textOf(value, characterSet));
  return cut(numbersOf(value).slice(0, 16).map(String).join('\\'));
}

function cut(text: string): string {
  // Control characters would break the lines of a table.
  const plain = text.replace(/\p{Cc}/gu, ' ').trim();
  return plain.length > MAX_SHOWN ? `${plain.slice(0, MAX_SHOWN - 1)}…` : plain;
}
