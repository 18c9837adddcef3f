/**
 * What tells who a patient is, collected from all files of a series: names, numbers,
 * places, dates and UIDs. Used twice: no text that echoes one of them is kept, and after
 * writing, no byte of the output may hold one.
 */
import type { Element, Part10File } from '../dicom/element.ts';
import { isPrivate, vrOf } from '../dicom/dictionary.ts';
import { asciiOf, bytesOf, componentsOf, textOf } from './element-value.ts';
import type { DeidOption } from './options.ts';
import { profileRow } from './profile.ts';
import { isStandardUid, trimUid } from './pseudonyms.ts';
import { isVocabularyWord } from './vocabulary.ts';

/** Attributes other than names, dates and UIDs that identify by themselves. */
// prettier-ignore
const IDENTIFYING: ReadonlySet<number> = new Set([
  0x00080050, 0x00080051, 0x00080080, 0x00080081, 0x00080092, 0x00080094, 0x00081000, 0x00081010,
  0x00081040, 0x00100020, 0x00100021, 0x00101000, 0x00101040, 0x00101050, 0x00101080, 0x00101081,
  0x00101090, 0x00102154, 0x00102155, 0x00102299, 0x00120010, 0x00120030, 0x00120031, 0x00120040,
  0x00120042, 0x00181000, 0x00181003, 0x00181005, 0x00181008, 0x00181009, 0x00200010, 0x00321001,
  0x00321021, 0x00380010, 0x00380060, 0x00400001, 0x00400006, 0x00400009, 0x00400011, 0x00400241,
  0x00400242, 0x00400243, 0x00400253, 0x00401001, 0x00402001, 0x00402008, 0x00402009, 0x00402010,
  0x00402016, 0x00402017, 0x00404036, 0x00020016, 0x00020017, 0x00020018,
]);

export interface Identifiers {
  readonly uids: ReadonlySet<string>;
  /** Words of names (3 letters or more) and of numbers and places (4 or more), lower case. */
  readonly words: ReadonlySet<string>;
  /** Whole values, lower case, one character a byte; 6 bytes or more. */
  readonly phrases: ReadonlySet<string>;
  /** Days, YYYYMMDD. */
  readonly dates: ReadonlySet<string>;
}

/** The forms in which a day may be written. */
export function formsOf(day: string): readonly string[] {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)];
  return [day, `${year}.${month}.${date}`, `${year}-${month}-${date}`];
}

export interface IdentifierCollector {
  /** Takes in everything one file says of the patient, at every depth, private parts too. */
  add(file: Part10File): void;
  readonly found: Identifiers;
}

/**
 * Collects over the files of a series.
 *
 * @param options what they keep is no identifier: a date, a device, an institution, a UID.
 *   A birth date always is one, and so is a name.
 */
export function collectIdentifiers(options: readonly DeidOption[] = []): IdentifierCollector {
  const uids = new Set<string>();
  const dates = new Set<string>();
  /** Days that an option keeps; whoever was born on one cannot be told by it. */
  const keptDates = new Set<string>();
  const personal = new Words();
  const places = new Words();
  const retained = new Words();

  const addUid = (text: string): void => {
    const uid = trimUid(text);
    if (uid.length >= 5 && uid.includes('.') && !isStandardUid(uid)) uids.add(uid);
  };
  const addId = (element: Element, values: readonly string[]): void => {
    const columns = profileRow(element.tag)?.columns ?? {};
    const place = columns.device ? 'device' : columns.institution ? 'institution' : null;
    const into = place === null ? personal : options.includes(place) ? retained : places;
    for (const value of values) into.addId(value);
  };
  const addDate = (element: Element, text: string): void => {
    const stays = options.includes('dates') && profileRow(element.tag)?.columns.dates;
    const [, year, month, day] = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})/.exec(text) ?? [];
    if (year && month && day) (stays ? keptDates : dates).add(`${year}${month}${day}`);
  };

  const take = (file: Part10File, element: Element): void => {
    if (element.items) {
      for (const item of element.items) for (const inner of item.elements) take(file, inner);
      return;
    }
    if (element.fragments || element.tag === 0x7fe00010) return;
    const vr = effectiveVr(element);
    const values = (): readonly string[] => componentsOf(textOf(file, element));
    if (vr === 'PN') {
      for (const name of values()) personal.addName(name);
    } else if (vr === 'DA' || vr === 'DT') {
      for (const value of values()) addDate(element, value);
    } else if (vr === 'UI') {
      if (!options.includes('uids')) values().forEach(addUid);
    } else if (IDENTIFYING.has(element.tag)) addId(element, values());
    else if (isPrivate(element.tag) && !options.includes('uids')) {
      embeddedUids(bytesOf(file, element)).forEach(addUid);
    }
  };

  return {
    add(file) {
      for (const element of file.meta) take(file, element);
      for (const element of file.dataSet) take(file, element);
    },
    get found() {
      // A station is called like the institution: what the one keeps the other need not hide.
      const without = (all: ReadonlySet<string>, stays: ReadonlySet<string>): string[] =>
        [...all].filter((one) => !stays.has(one));
      return {
        uids,
        dates: new Set(without(dates, keptDates)),
        words: new Set([...personal.words, ...without(places.words, retained.words)]),
        phrases: new Set([...personal.phrases, ...without(places.phrases, retained.phrases)]),
      };
    },
  };
}

/** Words and phrases of one kind of values. */
class Words {
  readonly words = new Set<string>();
  readonly phrases = new Set<string>();

  addName(name: string): void {
    for (const word of rawWords(name)) {
      if (word.length < 3 || /^\d{1,3}$/.test(word)) continue;
      this.words.add(word);
      this.#addPhrase(word);
    }
    if (rawWords(name).length > 1) this.#addPhrase(name);
  }

  addId(value: string): void {
    this.#addPhrase(value);
    for (const word of rawWords(value)) {
      if (word.length < 4 || isVocabularyWord(word)) continue;
      this.words.add(word);
      this.#addPhrase(word);
    }
  }

  #addPhrase(text: string): void {
    const phrase = foldAscii(text);
    if (phrase.length >= 6) this.phrases.add(phrase);
  }
}

/** Whether a text has a word that tells who the patient is. */
export function echoes(identifiers: Identifiers, text: string): boolean {
  const lower = foldAscii(text);
  if (hasWord(identifiers, lower)) return true;
  for (const word of identifiers.words) if (word.length >= 5 && lower.includes(word)) return true;
  for (const phrase of identifiers.phrases) if (lower.includes(phrase)) return true;
  if (!/\d{4}/.test(lower)) return false;
  for (const day of identifiers.dates) {
    if (formsOf(day).some((form) => lower.includes(form))) return true;
  }
  return false;
}

/** Whether one of the words of a text is one of the patient's, whole: for times and numbers. */
export function hasWord({ words }: Identifiers, text: string): boolean {
  return rawWords(text).some((word) => words.has(word));
}

/** The VR an element has, from the dictionary where the file does not say (implicit, UN). */
export function effectiveVr(element: Element): string {
  const { vr } = element;
  return (vr === null || vr === 'UN' ? vrOf(element.tag) : vr) ?? 'UN';
}

/** Words of bytes in any character set: every byte above ASCII counts as a letter. */
export function rawWords(text: string): readonly string[] {
  return foldAscii(text).match(/[a-z0-9\x80-\xff]+/g) ?? [];
}

/** Capitals A–Z as small letters; bytes of other character sets stay as they are. */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** UIDs in bytes of any kind, long enough not to be a version or a decimal: six numbers or more. */
function embeddedUids(bytes: Uint8Array): readonly string[] {
  const uids: string[] = [];
  let start = 0;
  let points = 0;
  // Private blocks are long: the bytes are looked at without making a text of them.
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === POINT) points++;
    else if (byte < ZERO || byte > NINE) {
      if (points >= 5) uids.push(asciiOf(bytes.subarray(start, at)).replace(/^\.+|\.+$/g, ''));
      start = at + 1;
      points = 0;
    }
  }
  return uids;
}

const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
