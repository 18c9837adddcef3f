import { expect, test } from 'vitest';
import { bestFirst, couldBorrow, createVisitHeads } from '../../../src/app/visit-heads.ts';
import type { Scan } from '../../../src/app/open-scans.ts';
import type { DefacedScan, LabelledHead } from '../../../src/core/deface/defaced-scan.ts';
import { uprightGrid } from '../../../src/core/geometry/grid.ts';

const scan = (id: string, frame: string, mm = 1, visit = 1): Scan =>
  ({
    id,
    kind: 'dicom',
    patient: 1,
    visit,
    grid: uprightGrid([100, 100, 100], mm, [0, 0, 0]),
    slices: [null, { instance: { header: { frameOfReferenceUID: frame } } }],
  }) as unknown as Scan;
const done = (decision: DefacedScan['decision'], borrowed = false, code = ''): DefacedScan =>
  ({
    decision,
    reasons: code ? [{ code, details: {} }] : [],
    head: { borrowed } as LabelledHead,
  }) as unknown as DefacedScan;

test('a head is lent within its frame of reference and visit only', () => {
  const heads = createVisitHeads();
  heads.learn(scan('1', '1.2.3'), done('deface'));

  expect(heads.headFor(scan('2', '1.2.3 '))).not.toBeNull();
  expect(heads.headFor(scan('2', '1.2.4'))).toBeNull();
  expect(heads.headFor(scan('2', '1.2.3', 1, 2))).toBeNull();
  expect(heads.headFor({ ...scan('2', '1.2.3'), kind: 'nifti' } as unknown as Scan)).toBeNull();
});

test('nothing doubtful and nothing borrowed is lent, nor where no frame is named', () => {
  const heads = createVisitHeads();
  heads.learn(scan('1', '1.2.3'), done('review'));
  heads.learn(scan('1', '1.2.3'), done('deface', true));
  heads.learn(scan('1', ' '), done('deface'));

  expect(heads.headFor(scan('2', '1.2.3'))).toBeNull();
  expect(heads.headFor(scan('2', ' '))).toBeNull();
});

test('PET takes a head that is itself to be looked at, and a safe one before it', () => {
  const heads = createVisitHeads();
  const pet = { ...scan('2', '1.2.3'), modality: 'PT' } as Scan;
  heads.learn(scan('1', '1.2.3'), done('review'));
  expect(heads.headFor(pet)?.doubtful).toBe(true);
  expect(heads.headFor(scan('3', '1.2.3'))).toBeNull();
  heads.learn(scan('1', '1.2.3'), done('deface'));
  expect(heads.headFor(pet)?.doubtful).toBeUndefined();
});

test('few heads are kept', () => {
  const heads = createVisitHeads();
  for (let n = 0; n < 9; n++) heads.learn(scan('1', `1.${n}`), done('deface'));

  expect(heads.headFor(scan('2', '1.0'))).toBeNull();
  expect(heads.headFor(scan('2', '1.8'))).not.toBeNull();
});

test('the finest series of a visit comes first, visits stay together', () => {
  const scans = [scan('a', '', 1, 2), scan('b', '', 5), scan('c', '', 1), scan('d', '', 3)];

  expect(bestFirst(scans).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
  const [a, b, c, d] = scans as [Scan, Scan, Scan, Scan];
  const withPet: Scan[] = [a, b, { ...c, modality: 'PT' }, d];
  expect(bestFirst(withPet).map(({ id }) => id)).toEqual(['d', 'b', 'c', 'a']);
});

test('what is safe, or cut before, borrows nothing', () => {
  expect(couldBorrow(done('deface'))).toBe(false);
  expect(couldBorrow(done('review'))).toBe(true);
  expect(couldBorrow(done('exclude', false, 'segment/no-head'))).toBe(true);
  expect(couldBorrow(done('refuse', false, 'segment/already-defaced'))).toBe(false);
  expect(couldBorrow(done('exclude', false, 'geometry/too-little-covered'))).toBe(false);
});
