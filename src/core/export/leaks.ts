/**
 * Looks for what identifies the patient in the bytes of a written file: in every value,
 * and in the raw bytes, plain, in any case, and as UTF-16.
 */
import type { Element, Part10File } from '../dicom/element.ts';
import { formatTag, isPrivate } from '../dicom/dictionary.ts';
import { MARK_TAGS } from '../deidentify/declare.ts';
import { asciiOf, bytesOf, componentsOf, textOf } from '../deidentify/element-value.ts';
import { effectiveVr, formsOf, rawWords, type Identifiers } from '../deidentify/identifiers.ts';
import { keptKind } from '../deidentify/keep-list.ts';
import { mayEcho } from '../deidentify/value-shape.ts';

export interface LeakSearch {
  /** Where an identifier is left, as a tag or `bytes`; null where none is. */
  find(written: Part10File): string | null;
}

/** Phrases of fewer bytes occur in pixels by chance. */
const MIN_IN_PIXELS = 8;

/** What may stand in the output although the input had it. */
export interface Allowed {
  /** UIDs that the same key made. */
  readonly uids: ReadonlySet<string>;
  /** Days that dates of the series were moved to, YYYYMMDD. */
  readonly dates: ReadonlySet<string>;
  /** Pseudonyms that a person gave. */
  readonly pseudonyms: ReadonlySet<string>;
}

const NONE_ALLOWED: Allowed = { uids: new Set(), dates: new Set(), pseudonyms: new Set() };

/** Prepares the search for the identifiers of a series. */
export function searchFor(identifiers: Identifiers, own: Partial<Allowed> = {}): LeakSearch {
  const allowed: Allowed = { ...NONE_ALLOWED, ...own };
  const patterns = patternsOf(identifiers, allowed);
  return {
    find(written) {
      const exempt = ownSpans(written, allowed);
      return (
        inValues(written, identifiers, allowed) ??
        (inBytes(written, patterns, exempt) ? 'bytes' : null)
      );
    },
  };
}

interface Pattern {
  readonly bytes: Uint8Array;
  /** Only digits: a longer number around it is another number. */
  readonly digits: boolean;
  /** Long enough not to occur in pixels by chance; UTF-16 looks like 16-bit pixels. */
  readonly inPixels: boolean;
}

/** By the first two bytes, so that a position is looked at closer only rarely. */
type Patterns = ReadonlyMap<number, readonly Pattern[]>;

function patternsOf({ phrases, dates }: Identifiers, allowed: Allowed): Patterns {
  const byStart = new Map<number, Pattern[]>();
  const days = [...dates].filter((day) => !allowed.dates.has(day)).flatMap(formsOf);
  for (const phrase of [...phrases, ...days]) {
    const digits = /^\d+$/.test(phrase);
    for (const wide of [false, true]) {
      const bytes = new Uint8Array(wide ? 2 * phrase.length - 1 : phrase.length);
      for (let n = 0; n < phrase.length; n++) bytes[wide ? 2 * n : n] = phrase.charCodeAt(n);
      const key = (bytes[0] as number) * 256 + (bytes[1] as number);
      const list = byStart.get(key) ?? [];
      list.push({ bytes, digits, inPixels: !wide && phrase.length >= MIN_IN_PIXELS });
      byStart.set(key, list);
    }
  }
  return byStart;
}

function inValues(
  written: Part10File,
  { uids, words }: Identifiers,
  allowed: Allowed,
): string | null {
  const isLeft = (element: Element): boolean => {
    if (isPrivate(element.tag) || element.tag === 0x7fe00010) return false;
    if (isOurs(written, element, allowed)) return false;
    const vr = effectiveVr(element);
    const text = textOf(written, element);
    if (vr === 'UI') {
      return componentsOf(text).some((uid) => uids.has(uid) && !allowed.uids.has(uid));
    }
    const kind = keptKind(element.tag);
    if (kind === 'number' || kind === 'binary') return false;
    return componentsOf(text).some(
      (value) => !mayEcho(element.tag, value) && rawWords(value).some((word) => words.has(word)),
    );
  };
  const walk = (elements: readonly Element[], top: boolean): string | null => {
    for (const element of elements) {
      if (top && MARK_TAGS.has(element.tag)) continue;
      if (element.items) {
        for (const item of element.items) {
          const left = walk(item.elements, false);
          if (left !== null) return left;
        }
      } else if (isLeft(element)) return formatTag(element.tag);
    }
    return null;
  };
  return walk([...written.meta, ...written.dataSet], true) ?? embeddedUid(written, uids, allowed);
}

/** UIDs in the raw bytes outside the pixels, wherever they stand. */
function embeddedUid(
  written: Part10File,
  uids: ReadonlySet<string>,
  allowed: Allowed,
): string | null {
  const pixels = pixelSpan(written);
  const head = asciiOf(written.bytes.subarray(0, pixels.start));
  const tail = asciiOf(written.bytes.subarray(pixels.end));
  for (const part of [head, tail]) {
    for (const run of part.match(/[0-9.]{5,}/g) ?? []) {
      // A byte of the next header may look like a digit behind the UID.
      for (const uid of [run, run.slice(0, -1), run.replace(/\.+$/, '')]) {
        if (uids.has(uid) && !allowed.uids.has(uid)) return 'bytes';
      }
    }
  }
  return null;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function pixelSpan(file: Part10File): Range {
  const pixels = file.dataSet.find(({ tag }) => tag === 0x7fe00010);
  return pixels
    ? { start: pixels.dataStart, end: pixels.dataEnd }
    : { start: file.bytes.length, end: file.bytes.length };
}

/** What we write in the place of names, and our own name: a patient may be called like it. */
const OURS: ReadonlyMap<number, RegExp> = new Map([
  [0x00020013, /^EFFACE_/],
  [0x00080050, /^A[0-9A-Z]{12}$/],
  [0x00100010, /^EFF-[0-9A-Z]{10}$/],
  [0x00100020, /^EFF-[0-9A-Z]{10}$/],
]);

const PATIENT: ReadonlySet<number> = new Set([0x00100010, 0x00100020]);

function isOurs(written: Part10File, element: Element, { pseudonyms }: Allowed): boolean {
  const form = OURS.get(element.tag);
  if (!form) return false;
  const text = textOf(written, element);
  return form.test(text) || (PATIENT.has(element.tag) && pseudonyms.has(text));
}

/** Spans of text that is ours, or a term of the standard a patient may be called like. */
function ownSpans(written: Part10File, allowed: Allowed): readonly Range[] {
  const spans: Range[] = [];
  for (const element of [...written.meta, ...written.dataSet]) {
    const isMark = MARK_TAGS.has(element.tag) || isOurs(written, element, allowed);
    const isTerm =
      !element.items &&
      componentsOf(asciiOf(bytesOf(written, element).subarray(0, 256))).some(
        (value) => value !== '' && mayEcho(element.tag, value),
      );
    if (isMark || isTerm) spans.push({ start: element.headStart, end: element.end });
  }
  return spans;
}

function inBytes(written: Part10File, patterns: Patterns, exempt: readonly Range[]): boolean {
  if (patterns.size === 0) return false;
  const { bytes } = written;
  const pixels = pixelSpan(written);
  const first = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    for (const key of patterns.keys()) if (key >> 8 === FOLD[byte]) first[byte] = 1;
  }
  const last = bytes.length - 1;
  for (let at = 0; at < last; at++) {
    if (first[bytes[at] as number] === 0) continue;
    const key =
      ((FOLD[bytes[at] as number] as number) << 8) | (FOLD[bytes[at + 1] as number] as number);
    for (const pattern of patterns.get(key) ?? NONE) {
      if (!matches(bytes, at, pattern)) continue;
      const inPixels = at >= pixels.start && at < pixels.end;
      if (inPixels && !pattern.inPixels) continue;
      if (exempt.some(({ start, end }) => at >= start && at < end)) continue;
      return true;
    }
  }
  return false;
}

const NONE: readonly Pattern[] = [];

/** Bytes with A–Z made small. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);

function matches(bytes: Uint8Array, at: number, pattern: Pattern): boolean {
  const { length } = pattern.bytes;
  if (at + length > bytes.length) return false;
  for (let n = 0; n < length; n++) {
    if (FOLD[bytes[at + n] as number] !== pattern.bytes[n]) return false;
  }
  return !pattern.digits || !isWithinNumber(bytes, at, at + length);
}

/** Whether digits are part of a longer number, a decimal or a UID. */
function isWithinNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const isDigit = (at: number): boolean => {
    const byte = bytes[at] ?? 0;
    return byte >= 0x30 && byte <= 0x39;
  };
  const isPoint = (at: number): boolean => bytes[at] === 0x2e;
  return (
    isDigit(start - 1) ||
    isDigit(end) ||
    (isPoint(start - 1) && isDigit(start - 2)) ||
    (isPoint(end) && isDigit(end + 1))
  );
}
