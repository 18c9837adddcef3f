import { expect, test } from 'vitest';
import {
  allAttributes,
  formatTag,
  isPrivateCreator,
  keywordOf,
  tagOf,
  vrOf,
} from '../../../../src/core/dicom/dictionary.ts';

test.each([
  [0x00100010, 'PN', 'PatientName'],
  [0x7fe00010, 'OW', 'PixelData'],
  [0x60043000, 'OW', 'OverlayData'],
  [0x00120064, 'SQ', 'DeidentificationMethodCodeSequence'],
  [0x00760034, 'SQ', 'ComponentTypeCodeSequence'],
  [0x00080000, 'UL', 'GroupLength'],
  [0x00090010, 'LO', 'PrivateCreator'],
  [0x00091001, null, null],
  [0x00080003, null, null],
])('%i', (tag, vr, keyword) => {
  expect([vrOf(tag), keywordOf(tag)]).toEqual([vr, keyword]);
});

test('every keyword leads back to its tag', () => {
  let count = 0;
  for (const { tag, vr, keyword } of allAttributes()) {
    expect(tagOf(keyword)).toBe(tag);
    expect(vr).toMatch(/^[A-Z]{2}$/);
    count++;
  }
  expect(count).toBeGreaterThan(5000);
});

test('shows tags as the standard does', () => {
  expect(formatTag(0x7fe00010)).toBe('(7FE0,0010)');
  expect(formatTag(0xfffee000)).toBe('(FFFE,E000)');
});

test('only the reserving elements of odd groups are private creators', () => {
  expect([0x00090010, 0x000900ff, 0x00090100, 0x00080010].map(isPrivateCreator)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a keyword that does not exist is our own mistake', () => {
  expect(() => tagOf('PatientFace')).toThrow(/PatientFace/);
});
