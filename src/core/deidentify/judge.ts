/** What becomes of one element under the Basic profile: by table, by keep list, by value. */
import type { Element, Part10File } from '../dicom/element.ts';
import { isPrivate, keywordOf } from '../dicom/dictionary.ts';
import { asciiOf, bytesOf, codesOf, componentsOf, textOf } from './element-value.ts';
import { echoes, effectiveVr, foldAscii, type Identifiers } from './identifiers.ts';
import { keptKind, type KeptKind } from './keep-list.ts';
import { mustStayAtLeastEmpty, profileAction } from './profile.ts';
import { isStandardTerm, isTechnicalText, isVendorName } from './vocabulary.ts';

export type Judgement =
  | {
      readonly kind:
        'keep' | 'remove' | 'empty' | 'uid' | 'patient' | 'accession' | 'items' | 'codes';
    }
  /** Coded strings of which some values had to go. */
  | { readonly kind: 'text'; readonly text: string };

const KEEP: Judgement = { kind: 'keep' };
const REMOVE: Judgement = { kind: 'remove' };
const EMPTY: Judgement = { kind: 'empty' };

/**
 * Judges one element of a data set or of an item at any depth.
 *
 * Order: private and repeating groups go; the table of the profile; UIDs; the keep list,
 * if the value is what it should be and echoes nothing of the patient; the rest goes.
 */
export function judge(file: Part10File, element: Element, identifiers: Identifiers): Judgement {
  const { tag } = element;
  if (isPrivate(tag) || isRepeatingGroup(tag) || (tag & 0xffff) === 0) return REMOVE;

  const action = profileAction(tag);
  if (action === 'X') return REMOVE;
  if (action === 'Z') return EMPTY;
  if (action === 'patient' || action === 'accession') return { kind: action };

  if (effectiveVr(element) === 'UI') {
    return keywordOf(tag) !== null && !element.items ? { kind: 'uid' } : REMOVE;
  }
  if (action === 'U') return REMOVE; // a UID that is not of VR UI

  const kind = keptKind(tag);
  if (kind === undefined) return REMOVE;
  return judgeKept(file, element, kind, identifiers);
}

/** Code, scheme and meaning of an entry that was found technical as a whole. */
export function isPartOfCode(tag: number): boolean {
  return tag === 0x00080100 || tag === 0x00080102 || tag === 0x00080104;
}

/** Curves (50xx) and overlays (60xx) can hold drawings, text and old pixels. */
function isRepeatingGroup(tag: number): boolean {
  const block = tag >>> 24;
  return block === 0x50 || block === 0x60;
}

function judgeKept(
  file: Part10File,
  element: Element,
  kind: KeptKind,
  identifiers: Identifiers,
): Judgement {
  const { tag } = element;
  const drop = mustStayAtLeastEmpty(tag) ? EMPTY : REMOVE;
  if (kind === 'items' || kind === 'codes') {
    if (!element.items) return element.dataEnd === element.dataStart ? KEEP : REMOVE;
    if (kind === 'items') return { kind: 'items' };
    return hasTechnicalCodes(file, element, identifiers) ? { kind: 'codes' } : REMOVE;
  }
  if (element.items) return REMOVE;
  switch (kind) {
    case 'pixels':
      return KEEP;
    case 'binary':
      return isBinary(element) ? KEEP : REMOVE;
    case 'number':
      return isNumber(file, element, identifiers) ? KEEP : drop;
    case 'code':
      return judgeCode(file, element, identifiers, drop);
    case 'text': {
      const text = textOf(file, element);
      if (tag === MANUFACTURER && isVendorName(text)) return KEEP;
      return isTechnicalText(text) && !echoes(identifiers, text) ? KEEP : drop;
    }
  }
}

const MANUFACTURER = 0x00080070;
const BODY_PART_EXAMINED = 0x00180015;

const BINARY_VRS: ReadonlySet<string> = new Set([
  'US',
  'SS',
  'UL',
  'SL',
  'FL',
  'FD',
  'AT',
  'OW',
  'OB',
  'UN',
]);
/** LUTs: (0028,3006) LUTData, (0040,9212) RealWorldValueLUTData. */
const LONG_BINARY: ReadonlySet<number> = new Set([0x00283006, 0x00409212]);

function isBinary(element: Element): boolean {
  if (!BINARY_VRS.has(effectiveVr(element))) return false;
  return LONG_BINARY.has(element.tag) || element.dataEnd - element.dataStart <= 256;
}

function isNumber(file: Part10File, element: Element, identifiers: Identifiers): boolean {
  const text = asciiOf(bytesOf(file, element));
  if (!/^[-+0-9.eE\\ \0]*$/.test(text)) return false;
  // Some sites put the number of the patient or the order where a counter belongs.
  return componentsOf(text).every(
    (value) => value.length <= 16 && (value.length < 5 || !identifiers.words.has(value)),
  );
}

/**
 * Coded strings that describe the pixels and their acquisition. Their terms of the
 * standard stay even if the patient is called like one of them (position HFS).
 */
// prettier-ignore
const ESSENTIAL_CODES: ReadonlySet<number> = new Set([
  0x00080005, 0x00080008, 0x00080060, 0x00180020, 0x00180021, 0x00180022, 0x00180023, 0x00181312,
  0x00185100, 0x00200020, 0x00280004, 0x00282110, 0x00282114, 0x20500020,
]);

/** Whether a value may stay although it is a word of the patient's names or numbers. */
export function mayEcho(tag: number, value: string): boolean {
  if (tag === MANUFACTURER) return isVendorName(value);
  return ESSENTIAL_CODES.has(tag) && isStandardTerm(value.replace(/ /g, '_'));
}

function judgeCode(
  file: Part10File,
  element: Element,
  identifiers: Identifiers,
  drop: Judgement,
): Judgement {
  const values = componentsOf(textOf(file, element));
  const essential = ESSENTIAL_CODES.has(element.tag);
  const shape = essential ? /^[A-Za-z0-9 _.+-]{0,16}$/ : /^[A-Z0-9 _]{0,16}$/;
  const mayStay = (value: string): boolean =>
    shape.test(value) && (mayEcho(element.tag, value) || !echoes(identifiers, value));
  if (element.tag === BODY_PART_EXAMINED && !isTechnicalText(values.join(' '))) return drop;
  if (values.every(mayStay)) return KEEP;
  if (!essential) return drop;
  return { kind: 'text', text: values.map((value) => (mayStay(value) ? value : '')).join('\\') };
}

const CODING_SCHEMES: ReadonlySet<string> = new Set([
  'SRT',
  'SCT',
  'SNM3',
  'DCM',
  'UCUM',
  'RADLEX',
  'FMA',
]);

function hasTechnicalCodes(file: Part10File, element: Element, identifiers: Identifiers): boolean {
  return codesOf(file, element).every(
    ({ value, scheme, meaning }) =>
      CODING_SCHEMES.has(scheme) &&
      /^[A-Za-z0-9.[\]{}/*'%-]{1,16}$/.test(value) &&
      !identifiers.words.has(foldAscii(value)) &&
      isTechnicalText(meaning) &&
      !echoes(identifiers, meaning),
  );
}
