import { describe, expect, test } from 'vitest';
import { collectIdentifiers } from '../../../../src/core/deidentify/identifiers.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { searchFor } from '../../../../src/core/export/leaks.ts';
import { elementBytes, type Tree } from '../../../support/dicom-bytes.ts';
import { deidentifiedOne } from '../../../support/deidentified.ts';
import { instanceBytes } from '../../../support/dicom-instance.ts';

/** What a search for the identifiers of the standard instance finds in a clean file with one element more. */
async function leakOf(extra: Tree): Promise<string | null> {
  const collector = collectIdentifiers();
  collector.add(parsePart10(instanceBytes()));
  const { file } = await deidentifiedOne(instanceBytes());
  const clean = searchFor(collector.found);
  expect(clean.find(file)).toBeNull();
  const planted = Buffer.concat([file.bytes, elementBytes(extra)]);
  return clean.find(parsePart10(new Uint8Array(planted)));
}

const text = (vr: string, value: string): Tree => ({ tag: 0x7fe10010, vr, value });
const wide = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'utf16le'));

describe('the search for what is left', () => {
  test.each<readonly [string, Tree]>([
    ['a name', text('LO', 'Wernicke')],
    ['a name in capitals inside a word', text('LO', 'XXWERNICKEYY')],
    ['a name in UTF-16', { tag: 0x7fe10010, vr: 'OB', value: wide('Wernicke') }],
    ['a first name in a public text', { tag: 0xfffc0010, vr: 'LO', value: 'dear Carl' }],
    ['a patient ID', text('LO', 'mrn-0081531')],
    ['a birth date', text('LO', 'born 18480515.')],
    ['a birth date with points', text('LO', '1848.05.15')],
    ['a UID in a blob', text('OB', '\0\x01 1.3.12.2.1107.5.2.32.35131.9\0')],
    ['an accession number', text('SH', 'ACC4711009')],
    ['a physician', text('LO', 'quincke')],
  ])('finds %s', async (_, extra) => {
    expect(await leakOf(extra)).not.toBeNull();
  });

  test('does not mind a patient who is called like our own words', async () => {
    const bytes = instanceBytes({
      elements: [{ tag: 0x00100010, vr: 'PN', value: 'Efface^Eff^Clean^Profile^Siemens' }],
    });
    const { file, identifiers } = await deidentifiedOne(bytes);

    expect(identifiers.words.has('efface')).toBe(true);
    expect(searchFor(identifiers).find(file)).toBeNull();
  });

  test.each<readonly [string, Tree]>([
    ['digits of a date inside a longer number', text('LO', '9918480515')],
    ['digits of a date inside a UID', text('LO', '2.25.18480515.7')],
    ['other words', text('LO', 'carlsson')],
  ])('does not mind %s', async (_, extra) => {
    expect(await leakOf(extra)).toBeNull();
  });
});
