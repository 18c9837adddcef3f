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
import { PROFILE_EDITION } from './profile.ts';
import { isTechnicalText } from './vocabulary.ts';

export interface MarkOptions {
  /** Version of Efface. */
  readonly version: string;
  /** `none`: only the pixels were changed; nothing may claim more. */
  readonly profile: 'basic' | 'none';
  /** Whether the face was removed from this series. */
  readonly defaced: boolean;
  /** Whether a person, or a policy that was named, approved the result. */
  readonly approved: boolean;
}

const DCM = 'DCM';
const BASIC_PROFILE: CodedEntry = {
  value: '113100',
  scheme: DCM,
  meaning: 'Basic Application Confidentiality Profile',
};
const CLEAN_FACE: CodedEntry = {
  value: '113102',
  scheme: DCM,
  meaning: 'Clean Recognizable Visual Features Option',
};
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
  const { profile, defaced, approved, version } = options;
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
  if (profile === 'basic' || (defaced && declared)) {
    marks.push(...methodMarks(file, options, identifiers));
  }
  marks.push({
    tag: 0x0018a001,
    vr: 'SQ',
    value: [...otherEquipment(file, profile), equipment(version, defaced, profile)],
  });
  if (defaced && approved) marks.push(textElement(0x00280302, 'CS', 'NO'));
  if (profile === 'basic') marks.push(textElement(0x00280303, 'CS', 'REMOVED'));
  return marks;
}

/** The tags that marks may be written under. */
export const MARK_TAGS: ReadonlySet<number> = new Set([
  0x00082111, 0x00089215, 0x00120062, 0x00120063, 0x00120064, 0x0018a001, 0x00280302, 0x00280303,
]);

function derivation(file: Part10File, { profile, version }: MarkOptions): string {
  const ours = `Face removed by Efface ${version}`;
  const found = profile === 'none' ? textAt(file, file.dataSet, 0x00082111).trim() : '';
  // ST holds at most 1024 characters (PS3.5 §6.2).
  return found === '' || found.length > 900 || found.includes(ours) || !/^[\x20-\x7e]*$/.test(found)
    ? ours
    : `${found}; ${ours}`;
}

function methodMarks(
  file: Part10File,
  { profile, defaced, version }: MarkOptions,
  identifiers: Identifiers | null,
): readonly NewElement[] {
  const { dataSet } = file;
  // Earlier steps stay told, unless their text could hold more than the step.
  const earlier = componentsOf(textAt(file, dataSet, 0x00120063)).filter(
    (text) =>
      text !== '' &&
      (!identifiers || OURS.test(text) || (isTechnicalText(text) && !echoes(identifiers, text))),
  );
  const ours = [`Efface ${version}`];
  if (profile === 'basic') ours.push(`DICOM PS3.15 ${PROFILE_EDITION} Basic Profile`);
  if (defaced) ours.push('Face removed (113102)');
  const listed = codesOf(file, find(dataSet, 0x00120064)).filter(
    ({ value, scheme }) => scheme === DCM && /^1131(0\d|1[0-2])$/.test(value),
  );
  const all = [...listed.filter(isStillTrue(profile))];
  if (profile === 'basic') all.push(BASIC_PROFILE);
  if (defaced) all.push(CLEAN_FACE);
  return [
    textElement(0x00120063, 'LO', [...new Set([...earlier, ...ours])].join('\\')),
    codes(0x00120064, all),
  ];
}

/** Lines of an earlier run of Efface. */
const OURS =
  /^(Efface [\w.+-]{1,32}|DICOM PS3\.15 \d{4}[a-e] Basic Profile|Face removed \(113102\))$/;

/** Options that kept something are no longer true once the Basic profile has removed it. */
function isStillTrue(profile: MarkOptions['profile']): (code: CodedEntry) => boolean {
  return ({ value }) => profile === 'none' || Number(value) <= 113105;
}

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

function equipment(
  version: string,
  defaced: boolean,
  profile: MarkOptions['profile'],
): readonly NewElement[] {
  const done = [defaced ? 'face removed' : '', profile === 'basic' ? 'identity removed' : ''];
  return [
    textElement(0x00080070, 'LO', 'Efface'),
    textElement(0x00081090, 'LO', 'Efface'),
    textElement(0x00181020, 'LO', version),
    textElement(0x0018a003, 'ST', done.filter((part) => part !== '').join(', ')),
    { tag: 0x0040a170, vr: 'SQ', value: [codeItem(DEIDENTIFIER)] },
  ];
}
