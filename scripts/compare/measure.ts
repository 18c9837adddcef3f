/** What a de-identifier left of a folder of files, and what it broke. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { find, textAt, textElement } from '../../src/core/deidentify/element-value.ts';
import { collectIdentifiers, type Identifiers } from '../../src/core/deidentify/identifiers.ts';
import { isVocabularyWord } from '../../src/core/deidentify/vocabulary.ts';
import type { NewElement, Part10File } from '../../src/core/dicom/element.ts';
import { NO_EDITS } from '../../src/core/dicom/edits.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { writeEdited } from '../../src/core/dicom/span-writer.ts';
import { affineOf, converted, newErrors } from '../../tests/support/programs.ts';
import { addKept, type Score } from '../../tests/support/retention.ts';
import { filesBelow, readBytes } from '../../tests/support/shared-data.ts';

const REFERENCED_IMAGES = 0x00081140;
const SOP_INSTANCE = 0x00080018;
const GROUPING = [0x0020000d, 0x0020000e, 0x00200052];

/** The file with a reference to another instance, in a sequence that it has not yet. */
export function withReference(
  bytes: Uint8Array<ArrayBuffer>,
  to: Part10File,
): Uint8Array<ArrayBuffer> {
  const file = parsePart10(bytes);
  if (find(file.dataSet, REFERENCED_IMAGES)) return bytes;
  const item: readonly NewElement[] = [
    textElement(0x00081150, 'UI', textAt(to, to.dataSet, 0x00080016)),
    textElement(0x00081155, 'UI', textAt(to, to.dataSet, SOP_INSTANCE)),
  ];
  const sequence = { tag: REFERENCED_IMAGES, vr: 'SQ', value: [item] };
  return writeEdited(file, { ...NO_EDITS, insertDataSet: [sequence] });
}

export interface Left {
  uids: number;
  phrases: number;
  days: number;
}

/** Distinct identifiers of the input that are in any byte of the output. */
export function identifiersLeft(identifiers: Identifiers, files: readonly string[]): Left {
  const texts = files.map((file) => Buffer.from(readBytes(file)).toString('latin1').toLowerCase());
  const count = (values: Iterable<string>): number =>
    [...values].filter((value) => {
      // Digits alone occur by chance in the long numbers of new UIDs.
      const alone = /^[\d.]+$/.test(value)
        ? new RegExp(`(?<![0-9.])${value.replaceAll('.', '\\.')}(?![0-9.])`)
        : null;
      return texts.some((text) => (alone ? alone.test(text) : text.includes(value)));
    }).length;
  const phrases = [...identifiers.phrases].filter((phrase) => !isVocabularyWord(phrase));
  return { uids: count(identifiers.uids), phrases: count(phrases), days: count(identifiers.dates) };
}

export function identifiersOf(files: readonly string[]): Identifiers {
  const collector = collectIdentifiers();
  for (const file of files) collector.add(parsePart10(readBytes(file)));
  return collector.found;
}

export interface Broken {
  refused: number;
  /** Groups (study, series, frame of reference) that are not one any more. */
  groups: number;
  /** References to a file of the folder: how many there were, are gone, lead nowhere. */
  references: { all: number; gone: number; wrong: number };
  errors: number;
  volumes: readonly [before: number, after: number];
  affine: boolean;
  voxels: boolean;
}

export function broken(from: string, to: string, score: Score): Broken {
  const pairs = filesBelow(from).map((file) => [file, path.join(to, path.basename(file))] as const);
  const written = pairs.filter(([, after]) => existsSync(after));
  const [before, after] = [0, 1].map((n) =>
    written.map((pair) => parsePart10(readBytes(pair[n] ?? ''))),
  ) as [Part10File[], Part10File[]];
  const middle = Math.floor(written.length / 2);
  const [one, two] = [before[middle], after[middle]];
  if (one && two) addKept(score, one, two);
  const some = new Set([0, middle, written.length - 1]);
  const [old, now] = [converted(from).volumes, converted(to).volumes];
  const same = (of: (n: number) => boolean): boolean =>
    old.length === now.length && old.every((_, n) => of(n));
  return {
    refused: pairs.length - written.length,
    groups: GROUPING.filter((tag) => distinct(before, tag) !== distinct(after, tag)).length,
    references: references(before, after),
    errors: [...some].flatMap((n) => newErrors(...(written[n] ?? ['', '']))).length,
    volumes: [old.length, now.length],
    affine: same((n) => affineOf(old[n]?.grid ?? '') === affineOf(now[n]?.grid ?? '')),
    voxels: same((n) => old[n]?.voxels.equals(now[n]?.voxels ?? Buffer.alloc(0)) ?? false),
  };
}

function distinct(files: readonly Part10File[], tag: number): number {
  return new Set(files.map((file) => textAt(file, file.dataSet, tag))).size;
}

function references(
  before: readonly Part10File[],
  after: readonly Part10File[],
): Broken['references'] {
  const instances = (files: readonly Part10File[]): string[] =>
    files.map((file) => textAt(file, file.dataSet, SOP_INSTANCE));
  const [old, now] = [instances(before), instances(after)];
  const count = { all: 0, gone: 0, wrong: 0 };
  before.forEach((file, n) => {
    const found = after[n] ? referenced(after[n]) : [];
    for (const uid of referenced(file)) {
      const target = old.indexOf(uid);
      if (target < 0) continue;
      count.all++;
      if (found.length === 0) count.gone++;
      else if (!found.includes(now[target] ?? '')) count.wrong++;
    }
  });
  return count;
}

function referenced(file: Part10File): readonly string[] {
  const items = find(file.dataSet, REFERENCED_IMAGES)?.items ?? [];
  return items.map(({ elements }) => textAt(file, elements, 0x00081155));
}
