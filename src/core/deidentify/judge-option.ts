/**
 * What the options of the profile keep or clean (the columns of Table E.1-1). K of an
 * active "retain" comes before C of an active "clean", and both before the basic action.
 *
 * Stricter than the table: a kept value must have the shape of its VR and echo nothing of
 * the patient; the days of a device stay only as far as the options of dates let them; K
 * on a sequence means that its items are judged.
 */
import type { Element } from '../dicom/element.ts';
import { isLegal, isTemporal, pooledAge } from './dates.ts';
import { componentsOf, textOf } from './element-value.ts';
import { echoes, effectiveVr, hasWord } from './identifiers.ts';
import type { JudgeContext, Judgement } from './judgement.ts';
import type { DeidOption } from './options.ts';
import type { OptionAction, ProfileRow } from './profile.ts';
import { hasTechnicalCodes, isBinary, isCleanText, isNumber, isPlainText } from './value-shape.ts';

/** @returns null where no active option has a say, or the value may not stay */
export function judgeByOption(
  element: Element,
  { columns }: ProfileRow,
  context: JudgeContext,
): Judgement | null {
  const { options, identifiers } = context;
  if (isTemporal(effectiveVr(element))) {
    return columns.dates ? judgeTemporal(element, context) : null;
  }
  for (const column of ['uids', 'device', 'institution', 'patient'] as const) {
    const action = columns[column];
    if (action === undefined || !options.includes(column)) continue;
    const judgement = judgeRetained(element, column, action, context);
    if (judgement) return judgement;
  }
  if (columns.dates && (options.includes('dates') || options.includes('shifted-dates'))) {
    const option = options.includes('dates') ? 'dates' : 'shifted-dates';
    // TimezoneOffsetFromUTC; time stamps of other VRs cannot be read and go.
    const text = textOf(context.file, element);
    const isZone = /^[+-]\d{4}$/.test(text);
    if (isZone && !hasWord(identifiers, text))
      return { kind: 'keep', rule: { kind: 'option', option } };
  }
  if (columns.descriptors && options.includes('descriptors')) {
    return judgeRetained(element, 'descriptors', 'C', context);
  }
  return null;
}

function judgeTemporal(
  element: Element,
  { file, options, identifiers }: JudgeContext,
): Judgement | null {
  if (element.items) return null;
  if (options.includes('shifted-dates')) {
    return { kind: 'shift', rule: { kind: 'option', option: 'shifted-dates' } };
  }
  if (!options.includes('dates')) return null;
  const vr = effectiveVr(element);
  if (!isTemporal(vr)) return null;
  const values = componentsOf(textOf(file, element));
  // A number of the patient can look like a day or a time.
  const stays = values.every((value) => isLegal(value, vr) && !hasWord(identifiers, value));
  return stays ? { kind: 'keep', rule: { kind: 'option', option: 'dates' } } : null;
}

function judgeRetained(
  element: Element,
  option: DeidOption,
  action: OptionAction,
  context: JudgeContext,
): Judgement | null {
  const { file, identifiers } = context;
  const rule = { kind: 'option', option } as const;
  const keep: Judgement = { kind: 'keep', rule };
  if (element.items) {
    if (action === 'K') return { kind: 'items', codes: 'retained', rule };
    return hasTechnicalCodes(file, element, identifiers)
      ? { kind: 'items', codes: 'kept', rule }
      : null;
  }
  const text = textOf(file, element);
  const vr = effectiveVr(element);
  switch (vr) {
    case 'SQ':
      return element.dataEnd === element.dataStart ? keep : null;
    case 'UI':
      return keep;
    case 'AS': {
      const age = pooledAge(text);
      if (age === null || hasWord(identifiers, age)) return null;
      return age === text ? keep : { kind: 'text', text: age, rule };
    }
    case 'DS':
    case 'IS':
      return isNumber(file, element, identifiers) && !hasWord(identifiers, text) ? keep : null;
    case 'US':
      return isBinary(element) ? keep : null;
    case 'CS': {
      const legal = componentsOf(text).every((value) => /^[A-Z0-9 _]{0,16}$/.test(value));
      const clean = action === 'K' || isCleanText(text, identifiers);
      return legal && clean && !echoes(identifiers, text) ? keep : null;
    }
    case 'AE':
    case 'LO':
    case 'LT':
    case 'SH':
    case 'ST':
    case 'UC':
    case 'UT':
      if (action === 'C') return isCleanText(text, identifiers) ? keep : null;
      return isPlainText(text) && !echoes(identifiers, text) ? keep : null;
    default:
      return null;
  }
}
