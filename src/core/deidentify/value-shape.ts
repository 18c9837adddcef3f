/** What a value must look like to stay. */
import type { Element, Part10File } from '../dicom/element.ts';
import { asciiOf, bytesOf, codesOf, componentsOf } from './element-value.ts';
import { echoes, effectiveVr, foldAscii, type Identifiers } from './identifiers.ts';
import { isStandardTerm, isTechnicalText, isVendorName } from './vocabulary.ts';

export const MANUFACTURER = 0x00080070;

const BINARY_VRS: ReadonlySet<string> = new Set('US SS UL SL FL FD AT OW OB UN'.split(' '));
/** LUTs: (0028,3006) LUTData, (0040,9212) RealWorldValueLUTData. */
const LONG_BINARY: ReadonlySet<number> = new Set([0x00283006, 0x00409212]);

export function isBinary(element: Element): boolean {
  if (!BINARY_VRS.has(effectiveVr(element))) return false;
  return LONG_BINARY.has(element.tag) || element.dataEnd - element.dataStart <= 256;
}

/** DS and IS without a number of the patient or the order, which some sites put there. */
export function isNumber(file: Part10File, element: Element, identifiers: Identifiers): boolean {
  const text = asciiOf(bytesOf(file, element));
  if (!/^[-+0-9.eE\\ \0]*$/.test(text)) return false;
  return componentsOf(text).every(
    (value) => value.length <= 16 && (value.length < 5 || !identifiers.words.has(value)),
  );
}

/**
 * Coded strings that describe the pixels and their acquisition. Their terms of the
 * standard stay even if the patient is called like one of them (position HFS).
 */
// prettier-ignore
export const ESSENTIAL_CODES: ReadonlySet<number> = new Set([
  0x00080005, 0x00080008, 0x00080060, 0x00180020, 0x00180021, 0x00180022, 0x00180023, 0x00181312,
  0x00185100, 0x00200020, 0x00280004, 0x00280051, 0x00282110, 0x00282114, 0x00541000, 0x00541001,
  0x00541002, 0x00541102, 0x20500020,
]);

/** Whether a value may stay although it is a word of the patient's names or numbers. */
export function mayEcho(tag: number, value: string): boolean {
  if (tag === MANUFACTURER) return isVendorName(value);
  return ESSENTIAL_CODES.has(tag) && isStandardTerm(value.replace(/ /g, '_'));
}

const ESCAPE = '\x1b';

/** Text that a reader of the file can show: no control characters but escapes of character sets. */
export function isPlainText(text: string): boolean {
  return text.length <= 1024 && !/\p{Cc}/u.test(text.replaceAll(ESCAPE, ''));
}

/** Text a person typed that has technical words only, no day, and nothing of the patient. */
export function isCleanText(text: string, identifiers: Identifiers): boolean {
  return isTechnicalText(text) && !isDayLike(text) && !echoes(identifiers, text);
}

/** Numbers that may be a day or a year, whatever the order and the marks between. */
function isDayLike(text: string): boolean {
  return (
    /\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}/.test(text) ||
    /(?<!\d)(18|19|20)\d\d(?!\d)/.test(text)
  );
}

const CODING_SCHEMES: ReadonlySet<string> = new Set('SRT SCT SNM3 DCM UCUM RADLEX FMA'.split(' '));

export function hasTechnicalCodes(
  file: Part10File,
  element: Element,
  identifiers: Identifiers,
): boolean {
  return codesOf(file, element).every(
    ({ value, scheme, meaning }) =>
      CODING_SCHEMES.has(scheme) &&
      /^[A-Za-z0-9.[\]{}/*'%-]{1,16}$/.test(value) &&
      !identifiers.words.has(foldAscii(value)) &&
      isTechnicalText(meaning) &&
      !echoes(identifiers, meaning),
  );
}

/** Code, scheme and meaning of an entry that was found technical as a whole. */
export function isPartOfCode(tag: number): boolean {
  return tag === 0x00080100 || tag === 0x00080102 || tag === 0x00080104;
}
