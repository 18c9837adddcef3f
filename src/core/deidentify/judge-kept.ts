/** Attributes of the keep list: they stay if their value is what it should be. */
import type { Element } from '../dicom/element.ts';
import { componentsOf, textOf } from './element-value.ts';
import { echoes } from './identifiers.ts';
import { leastLeft } from './profile.ts';
import { dropped, type JudgeContext, type Judgement } from './judgement.ts';
import type { KeptKind } from './keep-list.ts';
import {
  ESSENTIAL_CODES,
  hasTechnicalCodes,
  isBinary,
  isNumber,
  MANUFACTURER,
  mayEcho,
} from './value-shape.ts';
import { isTechnicalText, isVendorName } from './vocabulary.ts';

const KEEP: Judgement = { kind: 'keep', rule: { kind: 'kept' } };
const BODY_PART_EXAMINED = 0x00180015;

export function judgeKept(element: Element, kind: KeptKind, context: JudgeContext): Judgement {
  const { file, identifiers } = context;
  const { tag } = element;
  const wrong = dropped(element, context, { kind: 'value' });
  const echo = dropped(element, context, { kind: 'echo' });
  if (kind === 'items' || kind === 'codes') return judgeSequence(element, kind, context);
  if (element.items) return { kind: 'remove', rule: { kind: 'value' } };
  switch (kind) {
    case 'pixels':
      return KEEP;
    case 'binary':
      return isBinary(element) ? KEEP : { kind: 'remove', rule: { kind: 'value' } };
    case 'number':
      return isNumber(file, element, identifiers) ? KEEP : wrong;
    case 'code':
      return judgeCode(element, context, { wrong, echo });
    case 'text': {
      const text = textOf(file, element);
      if (tag === MANUFACTURER && isVendorName(text)) return KEEP;
      if (!isTechnicalText(text)) return wrong;
      return echoes(identifiers, text) ? echo : KEEP;
    }
  }
}

function judgeSequence(
  element: Element,
  kind: 'items' | 'codes',
  context: JudgeContext,
): Judgement {
  const { file, identifiers, sopClassUID } = context;
  const isEmptied = leastLeft(element.tag, sopClassUID) === 'Z';
  const wrong: Judgement = { kind: isEmptied ? 'empty' : 'remove', rule: { kind: 'value' } };
  if (!element.items) return element.dataEnd === element.dataStart ? KEEP : wrong;
  const rule = { kind: 'kept' } as const;
  if (kind === 'items') return { kind: 'items', codes: 'judged', rule };
  return hasTechnicalCodes(file, element, identifiers)
    ? { kind: 'items', codes: 'kept', rule }
    : wrong;
}

function judgeCode(
  element: Element,
  { file, identifiers }: JudgeContext,
  { wrong, echo }: { readonly wrong: Judgement; readonly echo: Judgement },
): Judgement {
  const values = componentsOf(textOf(file, element));
  const essential = ESSENTIAL_CODES.has(element.tag);
  const shape = essential ? /^[A-Za-z0-9 _.+-]{0,16}$/ : /^[A-Z0-9 _]{0,16}$/;
  const mayStay = (value: string): boolean =>
    shape.test(value) && (mayEcho(element.tag, value) || !echoes(identifiers, value));
  if (element.tag === BODY_PART_EXAMINED && !isTechnicalText(values.join(' '))) return wrong;
  if (values.every(mayStay)) return KEEP;
  const rule = values.every((value) => shape.test(value)) ? echo : wrong;
  if (!essential) return rule;
  const text = values.map((value) => (mayStay(value) ? value : '')).join('\\');
  return { kind: 'text', text, rule: rule.rule };
}
