/**
 * De-identification of one instance: a plan of edits for the span writer. Everything that
 * is not in the plan is copied byte for byte.
 */
import { formatTag, isPrivate } from '../dicom/dictionary.ts';
import type { Edit, Element, NewElement, Part10File } from '../dicom/element.ts';
import type { AttributeAction, HeaderPlan } from './actions.ts';
import { MARK_TAGS, marksOf, type MarkOptions } from './declare.ts';
import { asciiOf, encodeText, textAt, textOf } from './element-value.ts';
import { ACQUISITION_CONTEXT, enhancedDummy, isEnhanced } from './enhanced-dummies.ts';
import { effectiveVr, type Identifiers } from './identifiers.ts';
import { isPartOfCode, judge } from './judge.ts';
import { planMeta } from './meta.ts';
import { keptOfMosaic } from './mosaic-elements.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { replaceUids } from './uid-values.ts';

export interface DeidentifyOptions extends MarkOptions {
  readonly pseudonyms: Pseudonyms;
  /** What identifies the patient in all files of the series. */
  readonly identifiers: Identifiers;
  /** `none` only: SOP Instance UIDs of this run, whose references follow the new UIDs. */
  readonly exported: ReadonlySet<string>;
}

/**
 * Gone with the old pixels under any profile: small pictures of them, figures of them,
 * signatures over them, and values of the series that may no longer be true.
 */
// prettier-ignore
const GONE_WITH_PIXELS: ReadonlySet<number> = new Set([
  0x00280108, 0x00280109, 0x00280110, 0x00280111, 0x00603000, 0x00880200, 0x4ffe0001, 0xfffafffa,
]);

const SOP_INSTANCE = 0x00080018;
const REFERENCED_SOP_INSTANCE = 0x00081155;

/**
 * Plans the header of one instance.
 *
 * `basic`: PS3.15 Basic profile (profile.ts, keep-list.ts, judge.ts) at every depth, new
 * UIDs, marks. `none`: a new SOP Instance UID, and the marks of the defacing alone.
 */
export async function planHeader(
  file: Part10File,
  options: DeidentifyOptions,
): Promise<HeaderPlan> {
  const plan: HeaderPlan = { edits: new Map(), insertMeta: [], insertDataSet: [], actions: [] };
  await planMeta(file, plan, options);
  if (options.profile === 'basic') await planBasic(file, plan, options);
  else await planNone(file, plan, options);
  planMarks(file, plan, options);
  return plan;
}

interface Planner {
  readonly file: Part10File;
  readonly plan: HeaderPlan;
  readonly options: DeidentifyOptions;
  readonly patient: string;
}

async function planBasic(
  file: Part10File,
  plan: HeaderPlan,
  options: DeidentifyOptions,
): Promise<void> {
  const patient = await options.pseudonyms.patient(patientOf(file));
  const planner: Planner = { file, plan, options, patient };
  for (const element of file.dataSet) {
    if (MARK_TAGS.has(element.tag)) continue;
    const kept = keptOfMosaic(file, element);
    if (kept) keepValue(planner, element, kept);
    else await planElement(planner, element, '', false);
  }
}

/** Keeps an element with this value in it: its own, or what may stay of it. */
function keepValue(planner: Planner, element: Element, value: Uint8Array): void {
  const { file } = planner;
  const path = formatTag(element.tag);
  const found = file.bytes.subarray(element.dataStart, element.dataEnd);
  const isSame = found.length === value.length && found.every((byte, n) => byte === value[n]);
  if (isSame) keep(planner, element, path);
  else edit(planner, element, path, { kind: 'replace', value }, `${value.length} bytes`);
}

/** Who the patient is, for the pseudonym. */
export function patientOf(file: Part10File): { id: string; issuer: string; name: string } {
  return {
    id: textAt(file, file.dataSet, 0x00100020),
    issuer: textAt(file, file.dataSet, 0x00100021),
    name: textAt(file, file.dataSet, 0x00100010),
  };
}

async function planElement(
  planner: Planner,
  element: Element,
  within: string,
  inCode: boolean,
): Promise<void> {
  const { file, options } = planner;
  const path = `${within}${formatTag(element.tag)}`;
  if (inCode && isPartOfCode(element.tag)) {
    keep(planner, element, path);
    return;
  }
  const judgement = judge(file, element, options.identifiers);
  if (judgement.kind === 'remove' || judgement.kind === 'empty') {
    const dummy = enhancedDummy(file, element.tag);
    if (dummy !== undefined) {
      replaceText(planner, element, path, dummy);
      return;
    }
    if (element.tag === ACQUISITION_CONTEXT && isEnhanced(file)) {
      const empty: NewElement = { tag: element.tag, vr: 'SQ', value: [] };
      edit(planner, element, path, { kind: 'rewrite', element: empty }, '');
      return;
    }
  }
  switch (judgement.kind) {
    case 'keep':
      keep(planner, element, path);
      return;
    case 'remove':
      edit(planner, element, path, { kind: 'remove' }, '');
      return;
    case 'empty':
      replaceText(planner, element, path, '');
      return;
    case 'text':
      replaceText(planner, element, path, judgement.text);
      return;
    case 'patient':
      replaceText(planner, element, path, planner.patient);
      return;
    case 'accession': {
      const found = textOf(file, element).trim();
      const after = found === '' ? '' : await options.pseudonyms.accession(found);
      replaceText(planner, element, path, after);
      return;
    }
    case 'uid':
      replaceText(
        planner,
        element,
        path,
        await replaceUids(textOf(file, element), options.pseudonyms),
      );
      return;
    case 'items':
    case 'codes':
      for (const [n, item] of (element.items ?? []).entries()) {
        const prefix = `${path}[${n + 1}] `;
        for (const inner of item.elements) {
          await planElement(planner, inner, prefix, judgement.kind === 'codes');
        }
      }
  }
}

function keep({ plan }: Planner, element: Element, path: string): void {
  plan.actions.push({ path, tag: element.tag, element, action: 'kept', after: '' });
}

function edit(
  { plan }: Planner,
  element: Element,
  path: string,
  change: Edit,
  after: string,
): void {
  plan.edits.set(element, change);
  const action = change.kind === 'remove' ? 'removed' : 'replaced';
  plan.actions.push({ path, tag: element.tag, element, action, after });
}

function replaceText(planner: Planner, element: Element, path: string, text: string): void {
  const { file } = planner;
  const value = encodeText(text, effectiveVr(element));
  // Compared with the padding: it could hold a byte of something else.
  const found = asciiOf(file.bytes.subarray(element.dataStart, element.dataEnd));
  if (!element.items && found === asciiOf(value)) keep(planner, element, path);
  else if (!element.items) edit(planner, element, path, { kind: 'replace', value }, text);
  // A sequence where a text belongs: its items must go, and it cannot be emptied as text.
  else edit(planner, element, path, { kind: 'remove' }, '');
}

async function planNone(
  file: Part10File,
  plan: HeaderPlan,
  options: DeidentifyOptions,
): Promise<void> {
  const planner: Planner = { file, plan, options, patient: '' };
  const walk = async (elements: readonly Element[], within: string): Promise<void> => {
    for (const element of elements) {
      if (within === '' && MARK_TAGS.has(element.tag)) continue;
      const path = `${within}${formatTag(element.tag)}`;
      const { tag } = element;
      const isOwn = within === '' && tag === SOP_INSTANCE;
      if (options.defaced && (GONE_WITH_PIXELS.has(tag) || isThumbnail(file, elements, tag))) {
        edit(planner, element, path, { kind: 'remove' }, '');
      } else if (element.items) {
        for (const [n, item] of element.items.entries())
          await walk(item.elements, `${path}[${n + 1}] `);
      } else if (
        isOwn ||
        (tag === REFERENCED_SOP_INSTANCE && options.exported.has(textOf(file, element)))
      ) {
        const after = await replaceUids(textOf(file, element), options.pseudonyms);
        replaceText(planner, element, path, after);
      } else if (within === '') keep(planner, element, path);
    }
  };
  await walk(file.dataSet, '');
}

/** GE's private blocks `GEIIS` hold a picture of the picture. */
function isThumbnail(file: Part10File, elements: readonly Element[], tag: number): boolean {
  if (!isPrivate(tag) || (tag & 0xffff) < 0x1000) return false;
  const creator = ((tag & 0xffff0000) | ((tag & 0xff00) >>> 8)) >>> 0;
  return textAt(file, elements, creator).trim() === 'GEIIS';
}

/** Each mark takes the place of the first element of its tag; further ones go. */
function planMarks(file: Part10File, plan: HeaderPlan, options: DeidentifyOptions): void {
  const basic = options.profile === 'basic';
  const marks = marksOf(file, options, basic ? options.identifiers : null);
  const open = new Map<number, NewElement>(marks.map((mark) => [mark.tag, mark]));
  for (const element of file.dataSet) {
    const { tag } = element;
    if (!MARK_TAGS.has(tag)) continue;
    const path = formatTag(tag);
    const mark = open.get(tag);
    open.delete(tag);
    if (mark) {
      plan.edits.set(element, { kind: 'rewrite', element: mark });
      plan.actions.push({ path, tag, element, action: 'replaced', after: shown(mark) });
    } else if (staysWithout(file, element, basic)) {
      plan.actions.push({ path, tag, element, action: 'kept', after: '' });
    } else {
      plan.edits.set(element, { kind: 'remove' });
      plan.actions.push({ path, tag, element, action: 'removed', after: '' });
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
