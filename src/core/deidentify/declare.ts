/**
 * The marks that say what was done (PS3.15 E.1.1, E.3.2; PS3.3 C.12.1.1, C.7.6.1): the same
 * in every instance of a series, whether its own pixels changed or not, because readers
 * group files by such attributes.
 */
import type { Element, NewElement, Part10File } from '../dicom/element.ts';
import {
  codeItem,
  codesOf,
  componentsOf,
  copyOf,
  find,
  textAt,
  textElement,
  type CodedEntry,
} from './element-value.ts';
import { echoes, type Identifiers } from './identifiers.ts';
import { isMosaic } from './judgement.ts';
import {
  BASIC_PROFILE,
  CLEAN_FACE,
  DCM,
  inOrder,
  optionCodes,
  type DeidentificationOptions,
  type DeidOption,
} from './options.ts';
import { PROFILE_EDITION } from './profile.ts';
import { isTechnicalText } from './vocabulary.ts';

export interface MarkOptions extends DeidentificationOptions {
  /** Version of Efface. */
  readonly version: string;
  /** Whether something was removed from the pixels of this series. */
  readonly defaced: boolean;
  /** Whether that was the face, not other regions alone. */
  readonly face: boolean;
  /** Whether a person, or a policy that was named, approved the result. */
  readonly approved: boolean;
}

/** CID 7203 Image Derivation. */
const PIXEL_MASK: CodedEntry = { value: '113047', scheme: DCM, meaning: 'Pixel by pixel mask' };
/** CID 7005 Contributing Equipment Purpose of Reference. */
const DEIDENTIFIER: CodedEntry = {
  value: '109104',
  scheme: DCM,
  meaning: 'De-identifying Equipment',
};

/**
 * The elements of the marks, complete: each takes the place of one found under its tag.
 *
 * @param identifiers of the series, or null where the header is left as it is
 */
export function marksOf(
  file: Part10File,
  options: MarkOptions,
  identifiers: Identifiers | null,
): readonly NewElement[] {
  const { profile, defaced, face, approved } = options;
  const { dataSet } = file;
  const marks: NewElement[] = [];
  if (defaced) {
    marks.push(
      textElement(0x00082111, 'ST', derivation(file, options)),
      codes(0x00089215, [...technicalCodes(file, 0x00089215, identifiers), PIXEL_MASK]),
    );
  }
  const declared = textAt(file, dataSet, 0x00120062).trim() === 'YES';
  if (profile === 'basic') marks.push(textElement(0x00120062, 'CS', 'YES'));
  if (profile === 'basic' || (face && declared)) {
    marks.push(...methodMarks(file, options, identifiers));
  }
  marks.push({
    tag: 0x0018a001,
    vr: 'SQ',
    value: [...otherEquipment(file, profile), equipment(options)],
  });
  if (face && approved) marks.push(textElement(0x00280302, 'CS', 'NO'));
  if (profile === 'basic') {
    marks.push(textElement(0x00280303, 'CS', temporal(file, options.options)));
  }
  return marks;
}

/** What (0028,0303) says, the least true first. */
const TEMPORAL = ['UNMODIFIED', 'MODIFIED', 'REMOVED'] as const;

/** What became of dates here or in an earlier step, whichever took more. */
function temporal(file: Part10File, options: readonly DeidOption[]): string {
  const ours = options.includes('dates') ? 0 : options.includes('shifted-dates') ? 1 : 2;
  const found = textAt(file, file.dataSet, 0x00280303).trim();
  const earlier = TEMPORAL.findIndex((value) => value === found);
  return TEMPORAL[Math.max(ours, earlier)] ?? 'REMOVED';
}

/** Options carried out in this file: a mosaic keeps the private elements of its geometry. */
function carriedOut(
  file: Part10File,
  { profile, options }: DeidentificationOptions,
): readonly DeidOption[] {
  if (profile === 'none') return [];
  const done = isMosaic(file) ? inOrder([...options, 'private']) : options;
  // Dates that an earlier step moved are kept as they are now, which is not "full dates".
  const isFull = temporal(file, options) === 'UNMODIFIED';
  return done.filter((option) => option !== 'dates' || isFull);
}

/** The tags that marks may be written under. */
export const MARK_TAGS: ReadonlySet<number> = new Set([
  0x00082111, 0x00089215, 0x00120062, 0x00120063, 0x00120064, 0x0018a001, 0x00280302, 0x00280303,
]);

/** Codes of CID 7050 that the marks of a defaced instance give. */
export function codesCarriedOut(
  file: Part10File,
  options: DeidentificationOptions,
  face: boolean,
): readonly string[] {
  if (options.profile === 'none') return [];
  const clean = face ? [CLEAN_FACE] : [];
  const all = [BASIC_PROFILE, ...clean, ...optionCodes(carriedOut(file, options))];
  return all.map(({ value }) => value);
}

function derivation(file: Part10File, { profile, face, version }: MarkOptions): string {
  const ours = `${face ? 'Face' : 'Parts of the head'} removed by Efface ${version}`;
  const found = profile === 'none' ? textAt(file, file.dataSet, 0x00082111).trim() : '';
  // ST holds at most 1024 characters (PS3.5 §6.2).
  return found === '' || found.length > 900 || found.includes(ours) || !/^[\x20-\x7e]*$/.test(found)
    ? ours
    : `${found}; ${ours}`;
}

function methodMarks(
  file: Part10File,
  options: MarkOptions,
  identifiers: Identifiers | null,
): readonly NewElement[] {
  const { profile, face, version } = options;
  const { dataSet } = file;
  const done = optionCodes(carriedOut(file, options));
  // Earlier steps stay told, unless their text could hold more than the step.
  const earlier = componentsOf(textAt(file, dataSet, 0x00120063)).filter(
    (text) =>
      text !== '' &&
      (!identifiers || OURS.test(text) || (isTechnicalText(text) && !echoes(identifiers, text))),
  );
  const ours = [`Efface ${version}`];
  if (profile === 'basic') ours.push(`DICOM PS3.15 ${PROFILE_EDITION} Basic Profile`);
  if (done.length > 0) ours.push(`Options ${done.map(({ value }) => value).join(' ')}`);
  if (face) ours.push('Face removed (113102)');
  const listed = codesOf(file, find(dataSet, 0x00120064)).filter(
    ({ value, scheme }) => scheme === DCM && /^1131(0\d|1[0-2])$/.test(value),
  );
  const all = [...listed.filter(isStillTrue(options))];
  if (profile === 'basic') all.push(BASIC_PROFILE);
  if (face) all.push(CLEAN_FACE);
  all.push(...done);
  return [
    textElement(0x00120063, 'LO', [...new Set([...earlier, ...ours])].join('\\')),
    codes(0x00120064, all),
  ];
}

/** Lines of an earlier run of Efface. */
const OURS =
  /^(Efface [\w.+-]{1,32}|DICOM PS3\.15 \d{4}[a-e] Basic Profile|Options [ \d]{6,56}|Face removed \(113102\))$/;

/** Options that kept something are no longer true once the Basic profile has removed it. */
function isStillTrue({ profile, options }: MarkOptions): (code: CodedEntry) => boolean {
  return ({ value }) =>
    profile === 'none' ||
    Number(value) <= 113105 ||
    (value === MODIFIED_DATES && options.includes('dates'));
}

const MODIFIED_DATES = '113107';

function technicalCodes(
  file: Part10File,
  tag: number,
  identifiers: Identifiers | null,
): readonly CodedEntry[] {
  return codesOf(file, find(file.dataSet, tag)).filter(
    ({ value, scheme, meaning }) =>
      value !== '' &&
      (identifiers === null ||
        (scheme === DCM &&
          /^\d{6}$/.test(value) &&
          isTechnicalText(meaning) &&
          !echoes(identifiers, meaning))),
  );
}

function codes(tag: number, entries: readonly CodedEntry[]): NewElement {
  const byCode = new Map(entries.map((entry) => [`${entry.scheme}\0${entry.value}`, entry]));
  return { tag, vr: 'SQ', value: [...byCode.values()].map(codeItem) };
}

/** Items of other equipment name sites and people: the Basic profile does not keep them. */
function otherEquipment(
  file: Part10File,
  profile: MarkOptions['profile'],
): readonly (readonly NewElement[])[] {
  if (profile === 'basic') return [];
  const items = find(file.dataSet, 0x0018a001)?.items ?? [];
  return items.map((item) =>
    item.elements.map((element: Element) => copyOf(file, element, element.vr ?? 'UN')),
  );
}

/**
 * Without a model and a software version of its own: converters that do not look at the
 * depth take them for the scanner's.
 */
function equipment({ version, defaced, face, profile }: MarkOptions): readonly NewElement[] {
  const pixels = face ? 'face removed' : defaced ? 'parts of the head removed' : '';
  const done = [pixels, profile === 'basic' ? 'identity removed' : ''];
  return [
    textElement(0x00080070, 'LO', 'Efface'),
    textElement(
      0x0018a003,
      'ST',
      `Efface ${version}: ${done.filter((part) => part !== '').join(', ')}`,
    ),
    { tag: 0x0040a170, vr: 'SQ', value: [codeItem(DEIDENTIFIER)] },
  ];
}
