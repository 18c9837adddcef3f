/** The three things that can be planned for an element found, each with the rule that acted. */
import type { Edit, Element, Part10File } from '../dicom/element.ts';
import type { HeaderPlan } from './actions.ts';
import { asciiOf, encodeText } from './element-value.ts';
import { effectiveVr } from './identifiers.ts';
import type { Rule } from './rules.ts';

export interface PlannedFile {
  readonly file: Part10File;
  readonly plan: HeaderPlan;
}

export function keep(
  { plan }: Pick<PlannedFile, 'plan'>,
  element: Element,
  path: string,
  rule: Rule,
): void {
  plan.actions.push({ path, tag: element.tag, element, action: 'kept', after: '', rule });
}

export function edit(
  { plan }: Pick<PlannedFile, 'plan'>,
  element: Element,
  path: string,
  change: Edit,
  after: string,
  rule: Rule,
): void {
  plan.edits.set(element, change);
  const action = change.kind === 'remove' ? 'removed' : 'replaced';
  plan.actions.push({ path, tag: element.tag, element, action, after, rule });
}

export function replaceText(
  planner: PlannedFile,
  element: Element,
  path: string,
  text: string,
  rule: Rule,
): void {
  const { file } = planner;
  const value = encodeText(text, effectiveVr(element));
  // Compared with the padding: it could hold a byte of something else.
  const found = asciiOf(file.bytes.subarray(element.dataStart, element.dataEnd));
  if (!element.items && found === asciiOf(value)) keep(planner, element, path, rule);
  else if (!element.items) edit(planner, element, path, { kind: 'replace', value }, text, rule);
  // A sequence where a text belongs: its items must go, and it cannot be emptied as text.
  else edit(planner, element, path, { kind: 'remove' }, '', rule);
}
