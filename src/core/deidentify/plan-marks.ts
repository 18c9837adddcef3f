/** Puts the marks of what was done (declare.ts) into the plan. */
import { formatTag } from '../dicom/dictionary.ts';
import type { Element, NewElement, Part10File } from '../dicom/element.ts';
import type { AttributeAction, HeaderPlan } from './actions.ts';
import { MARK_TAGS, marksOf, type MarkOptions } from './declare.ts';
import { asciiOf, textOf } from './element-value.ts';
import type { Identifiers } from './identifiers.ts';
import type { Rule } from './rules.ts';

/** Each mark takes the place of the first element of its tag; further ones go. */
export function planMarks(
  file: Part10File,
  plan: HeaderPlan,
  options: MarkOptions & { readonly identifiers: Identifiers },
): void {
  const basic = options.profile === 'basic';
  const marks = marksOf(file, options, basic ? options.identifiers : null);
  const rule: Rule = { kind: 'mark' };
  const open = new Map<number, NewElement>(marks.map((mark) => [mark.tag, mark]));
  for (const element of file.dataSet) {
    const { tag } = element;
    if (!MARK_TAGS.has(tag)) continue;
    const path = formatTag(tag);
    const mark = open.get(tag);
    open.delete(tag);
    if (mark) {
      plan.edits.set(element, { kind: 'rewrite', element: mark });
      plan.actions.push({ path, tag, element, action: 'replaced', after: shown(mark), rule });
    } else if (staysWithout(file, element, basic)) {
      plan.actions.push({ path, tag, element, action: 'kept', after: '', rule });
    } else {
      plan.edits.set(element, { kind: 'remove' });
      plan.actions.push({ path, tag, element, action: 'removed', after: '', rule });
    }
  }
  for (const mark of open.values()) {
    plan.insertDataSet.push(mark);
    plan.actions.push(added(mark));
  }
}

/** Marks we do not write: everything stays under `none`, and YES or NO in (0028,0302) under `basic`. */
function staysWithout(file: Part10File, element: Element, basic: boolean): boolean {
  if (!basic) return true;
  return element.tag === 0x00280302 && /^(YES|NO)$/.test(textOf(file, element).trim());
}

function added(mark: NewElement): AttributeAction {
  return {
    path: formatTag(mark.tag),
    tag: mark.tag,
    element: null,
    action: 'added',
    after: shown(mark),
    rule: { kind: 'mark' },
  };
}

/** A new element as a person reads it: text, or the meanings of its codes. */
function shown(mark: NewElement): string {
  if (mark.value instanceof Uint8Array) return asciiOf(mark.value).trim();
  const texts = mark.value.map((item) => {
    const meaning = item.find(({ tag }) => tag === 0x00080104 || tag === 0x00080070);
    return meaning && meaning.value instanceof Uint8Array ? asciiOf(meaning.value).trim() : '';
  });
  return texts.join(', ');
}
