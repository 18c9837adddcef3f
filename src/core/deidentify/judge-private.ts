/** Private elements of one data set or item: the safe ones stay, with their creators. */
import type { Element } from '../dicom/element.ts';
import { isPrivate, isPrivateCreator } from '../dicom/dictionary.ts';
import { EffaceError } from '../errors.ts';
import { MOSAIC_FIELDS, rebuiltCsa } from './csa.ts';
import { asciiOf, bytesOf, componentsOf, textAt, textOf } from './element-value.ts';
import { echoes } from './identifiers.ts';
import { rebuiltGeProtocol } from './ge-protocol.ts';
import type { JudgeContext, Judgement } from './judgement.ts';
import type { Rule } from './rules.ts';
import { safeElement, type SafeElement } from './safe-private.ts';
import { isNumber } from './value-shape.ts';
import { isTechnicalText } from './vocabulary.ts';

const REMOVE: Judgement = { kind: 'remove', rule: { kind: 'private' } };

/**
 * Judges the private elements of a list.
 *
 * @throws EffaceError `dicom/mosaic-header` where a mosaic has no header that can be made anew
 */
export function judgePrivate(
  elements: readonly Element[],
  context: JudgeContext,
): ReadonlyMap<Element, Judgement> {
  const judged = new Map<Element, Judgement>();
  const owners = new Map<number, Judgement>();
  for (const element of elements) {
    if (!isPrivate(element.tag) || isPrivateCreator(element.tag)) continue;
    const judgement = judgeOne(element, elements, context);
    judged.set(element, judgement);
    if (judgement.kind !== 'remove') owners.set(creatorTag(element.tag), judgement);
  }
  for (const element of elements) {
    if (!isPrivateCreator(element.tag)) continue;
    const owner = owners.get(element.tag);
    judged.set(element, owner ? { kind: 'keep', rule: owner.rule } : REMOVE);
  }
  return judged;
}

/** Asserts that a mosaic that is written can still be taken apart. */
export function checkMosaic(
  judged: ReadonlyMap<Element, Judgement>,
  { mosaic }: JudgeContext,
): void {
  if (!mosaic) return;
  const hasHeader = [...judged.values()].some(({ kind }) => kind === 'bytes');
  if (!hasHeader) throw new EffaceError('dicom/mosaic-header');
}

function creatorTag(tag: number): number {
  return ((tag & 0xffff0000) | ((tag >>> 8) & 0xff)) >>> 0;
}

function judgeOne(
  element: Element,
  elements: readonly Element[],
  context: JudgeContext,
): Judgement {
  if (element.items || element.fragments || (element.tag & 0xffff) < 0x1000) return REMOVE;
  const creator = textAt(context.file, elements, creatorTag(element.tag)).trim();
  const safe = safeElement(creator, element.tag);
  if (!safe) return REMOVE;
  const chosen = context.options.includes('private');
  if (!chosen && !(context.mosaic && safe.mosaic)) return REMOVE;
  const rule: Rule = chosen ? { kind: 'option', option: 'private' } : { kind: 'mosaic' };
  return judgeValue(element, safe, rule, context);
}

function judgeValue(
  element: Element,
  { kind, vr }: SafeElement,
  rule: Rule,
  { file, identifiers, options }: JudgeContext,
): Judgement {
  const keepIf = (fits: boolean): Judgement => (fits ? { kind: 'keep', rule } : REMOVE);
  const own = element.vr === null || element.vr === 'UN' ? vr : element.vr;
  const bytes = bytesOf(file, element);
  switch (kind) {
    case 'number':
      return keepIf((own === 'DS' || own === 'IS') && isNumber(file, element, identifiers));
    case 'binary':
      return keepIf(isNumbers(own, bytes.length));
    case 'code':
      return keepIf(
        componentsOf(textOf(file, element)).every(
          (value) => /^[A-Za-z0-9 _+-]{0,16}$/.test(value) && !echoes(identifiers, value),
        ),
      );
    case 'text': {
      const text = textOf(file, element);
      return keepIf(
        text.length <= 64 &&
          (isTechnicalText(text) || ACQUISITION.test(text)) &&
          !echoes(identifiers, text),
      );
    }
    case 'cleared':
      return { kind: 'empty', rule };
    case 'csa':
    case 'ge-protocol': {
      const fields = options.includes('private') ? null : MOSAIC_FIELDS;
      const value = kind === 'csa' ? rebuiltCsa(bytes, fields) : rebuiltGeProtocol(bytes);
      if (!value) return REMOVE;
      return asciiOf(value) === asciiOf(bytes) ? keepIf(true) : { kind: 'bytes', value, rule };
    }
  }
}

/** Matrix (`64p*64`), parallel imaging (`p2`, `p2 s3`), direction (`+LPH`), multi-band (`1\2\…`). */
const ACQUISITION =
  /^(\d{1,4}[ps]?\*\d{1,4}[ps]?|[ps]\d{1,2}( [a-z]\d{1,2})*|[+-][LRAPHF]{1,3}|[\d\\ .]{1,32})$/;

const SIZES: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 };
/** Slice times are the longest: one number a slice. */
const MAX_NUMBERS = 512;

function isNumbers(vr: string, bytes: number): boolean {
  const size = SIZES[vr];
  return size !== undefined && bytes % size === 0 && bytes / size <= MAX_NUMBERS;
}
