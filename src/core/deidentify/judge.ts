/** What becomes of one element under the Basic profile and its options: table, keep list, value. */
import type { Element } from '../dicom/element.ts';
import { keywordOf } from '../dicom/dictionary.ts';
import { textOf } from './element-value.ts';
import { echoes, effectiveVr } from './identifiers.ts';
import { judgeByOption } from './judge-option.ts';
import { judgeKept } from './judge-kept.ts';
import { dropped, type JudgeContext, type Judgement } from './judgement.ts';
import { keptKind } from './keep-list.ts';
import type { DeidOption } from './options.ts';
import { profileRow, resolve, type OptionColumn, type ProfileRow } from './profile.ts';
import type { Rule } from './rules.ts';
import { isPartOfCode, isPlainText } from './value-shape.ts';

const PATIENT_NAME = 0x00100010;
const PATIENT_ID = 0x00100020;
const ACCESSION_NUMBER = 0x00080050;

/**
 * Judges one public element of a data set or of an item at any depth (judge-private.ts has
 * the private ones).
 *
 * Order: repeating groups go; an option that is on; the row of the table; every UID; the
 * keep list, if the value is what it should be and echoes nothing of the patient; the
 * rest goes.
 *
 * @param codes of the sequence it is in: whether parts of a code were found good already
 */
export function judge(
  element: Element,
  context: JudgeContext,
  codes: 'judged' | 'kept' | 'retained' = 'judged',
): Judgement {
  const { tag } = element;
  if ((tag & 0xffff) === 0) return { kind: 'remove', rule: { kind: 'group-length' } };
  if (isRepeatingGroup(tag)) return { kind: 'remove', rule: { kind: 'repeating-group' } };
  if (isPartOfCode(tag) && codes !== 'judged') {
    if (codes === 'kept' || isHarmless(element, context)) {
      return { kind: 'keep', rule: { kind: 'code' } };
    }
  }
  const row = profileRow(tag);
  const byOption = row ? judgeByOption(element, row, context) : null;
  if (byOption) return byOption;
  const refused = row && optionOver(row, context.options);
  const rule: Rule = refused
    ? { kind: 'refused', option: refused }
    : { kind: 'table', action: row?.basic ?? '' };
  if (tag === PATIENT_NAME || tag === PATIENT_ID) return { kind: 'patient', rule };
  if (tag === ACCESSION_NUMBER) return { kind: 'accession', rule };
  const action = row ? resolve(row, context.sopClassUID) : null;
  if (row && (action === 'X' || action === 'Z' || action === 'D')) {
    return dropped(element, context, rule);
  }
  if (effectiveVr(element) === 'UI')
    return judgeUid(element, row ? rule : { kind: 'uid' }, context);
  if (action === 'U') return { kind: 'remove', rule }; // a UID that is not of VR UI
  const kind = keptKind(tag);
  return kind === undefined
    ? dropped(element, context, { kind: 'not-listed' })
    : judgeKept(element, kind, context);
}

/** The option in the list that has a say over a row. */
function optionOver(
  { columns }: ProfileRow,
  options: readonly DeidOption[],
): DeidOption | undefined {
  return options.find((one) => columns[one === 'shifted-dates' ? 'dates' : (one as OptionColumn)]);
}

/** @param rule of its row, or that of all UIDs where it has none */
function judgeUid(element: Element, rule: Rule, { options }: JudgeContext): Judgement {
  if (keywordOf(element.tag) === null || element.items) return { kind: 'remove', rule };
  // UIDs without a row refer to others; one with a row and no K (signatures) is mapped.
  if (options.includes('uids') && rule.kind === 'uid') {
    return { kind: 'keep', rule: { kind: 'option', option: 'uids' } };
  }
  return { kind: 'uid', rule };
}

/** Curves (50xx) and overlays (60xx) can hold drawings, text and old pixels. */
function isRepeatingGroup(tag: number): boolean {
  const block = tag >>> 24;
  return block === 0x50 || block === 0x60;
}

function isHarmless(element: Element, { file, identifiers }: JudgeContext): boolean {
  const text = textOf(file, element);
  return !element.items && isPlainText(text) && !echoes(identifiers, text);
}
