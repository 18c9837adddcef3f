/**
 * De-identification of one instance: a plan of edits for the span writer. Everything that
 * is not in the plan is copied byte for byte.
 */
import { formatTag, isPrivate } from '../dicom/dictionary.ts';
import type { Element, NewElement, Part10File } from '../dicom/element.ts';
import { EffaceError } from '../errors.ts';
import type { HeaderPlan } from './actions.ts';
import { isTemporal, shifted } from './dates.ts';
import { MARK_TAGS, type MarkOptions } from './declare.ts';
import { componentsOf, textAt, textOf } from './element-value.ts';
import { echoes, effectiveVr, hasWord, type Identifiers } from './identifiers.ts';
import { judge } from './judge.ts';
import { checkMosaic, judgePrivate } from './judge-private.ts';
import { judgeContext, type JudgeContext, type Judgement } from './judgement.ts';
import { planMeta } from './meta.ts';
import { edit, keep, replaceText } from './plan-edits.ts';
import { planMarks } from './plan-marks.ts';
import { planNone } from './plan-none.ts';
import { isKeyedPatient, type PatientIdentity, type Pseudonyms } from './pseudonyms.ts';
import { replaceUids } from './uid-values.ts';

export interface DeidentifyOptions extends MarkOptions {
  readonly pseudonyms: Pseudonyms;
  /** See `planMeta`. */
  readonly keepLayout?: boolean;
  /** What identifies the patient in all files of the series. */
  readonly identifiers: Identifiers;
  /** `none` only: SOP Instance UIDs of this run, whose references follow the new UIDs. */
  readonly exported: ReadonlySet<string>;
}

/**
 * Plans the header of one instance.
 *
 * `basic`: PS3.15 Basic profile with its options (profile.ts, keep-list.ts, judge.ts) at
 * every depth, new UIDs, marks. `none`: a new SOP Instance UID, and the marks of the
 * defacing alone.
 *
 * @throws EffaceError `dicom/mosaic-header`, `ids/echo`, `ids/shared`
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
  readonly context: JudgeContext;
  readonly patient: string;
  /** Days by which dates move under the option of shifted dates. */
  readonly days: number;
}

async function planBasic(
  file: Part10File,
  plan: HeaderPlan,
  options: DeidentifyOptions,
): Promise<void> {
  const { pseudonyms, identifiers } = options;
  const who = patientOf(file);
  const patient = await pseudonyms.patient(who);
  // Only an ID that a person gave can tell anything.
  if (!isKeyedPatient(patient) && echoes(identifiers, patient)) throw new EffaceError('ids/echo');
  const context = judgeContext(file, identifiers, options.options);
  const days = await pseudonyms.days(who);
  await planList({ file, plan, options, context, patient, days }, file.dataSet, '', 'judged');
}

/** Who the patient is, for the pseudonym. */
export function patientOf(file: Part10File): PatientIdentity {
  return {
    id: textAt(file, file.dataSet, 0x00100020),
    issuer: textAt(file, file.dataSet, 0x00100021),
    name: textAt(file, file.dataSet, 0x00100010),
  };
}

type Codes = 'judged' | 'kept' | 'retained';

/** The elements of the data set or of one item. */
async function planList(
  planner: Planner,
  elements: readonly Element[],
  within: string,
  codes: Codes,
): Promise<void> {
  const { context } = planner;
  const privates = elements.some(({ tag }) => isPrivate(tag))
    ? judgePrivate(elements, context)
    : NO_PRIVATES;
  const isTop = within === '';
  if (isTop) checkMosaic(privates, context);
  for (const element of elements) {
    if (isTop && MARK_TAGS.has(element.tag)) continue;
    const path = `${within}${formatTag(element.tag)}`;
    const judgement = privates.get(element) ?? judge(element, context, codes);
    await planElement(planner, element, path, judgement);
  }
}

const NO_PRIVATES: ReadonlyMap<Element, Judgement> = new Map();

async function planElement(
  planner: Planner,
  element: Element,
  path: string,
  judgement: Judgement,
): Promise<void> {
  const { file, options } = planner;
  const to = (text: string): void => {
    replaceText(planner, element, path, text, judgement.rule);
  };
  switch (judgement.kind) {
    case 'keep':
      keep(planner, element, path, judgement.rule);
      return;
    case 'remove':
      edit(planner, element, path, { kind: 'remove' }, '', judgement.rule);
      return;
    case 'empty':
      // A sequence of Type 2 stays, without items.
      if (element.items) {
        const none: NewElement = { tag: element.tag, vr: 'SQ', value: [] };
        edit(planner, element, path, { kind: 'rewrite', element: none }, '', judgement.rule);
      } else to('');
      return;
    case 'text':
      to(judgement.text);
      return;
    case 'bytes': {
      const { value, rule } = judgement;
      edit(planner, element, path, { kind: 'replace', value }, `${value.length} bytes`, rule);
      return;
    }
    case 'patient':
      to(planner.patient);
      return;
    case 'accession': {
      const found = textOf(file, element).trim();
      to(found === '' ? '' : await options.pseudonyms.accession(found));
      return;
    }
    case 'uid':
      to(await replaceUids(textOf(file, element), options.pseudonyms));
      return;
    case 'shift': {
      const vr = effectiveVr(element);
      const move = (value: string): string => {
        const moved = isTemporal(vr) ? shifted(value, vr, planner.days) : '';
        // A number of the patient can look like a day or a time.
        return hasWord(options.identifiers, moved) ? '' : moved;
      };
      to(componentsOf(textOf(file, element)).map(move).join('\\'));
      return;
    }
    case 'items':
      for (const [n, item] of (element.items ?? []).entries()) {
        await planList(planner, item.elements, `${path}[${n + 1}] `, judgement.codes);
      }
  }
}
