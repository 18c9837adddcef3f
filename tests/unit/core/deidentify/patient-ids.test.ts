import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crosswalkCsv } from '../../../../src/core/deidentify/crosswalk.ts';
import { parsePatientIds } from '../../../../src/core/deidentify/patient-ids.ts';
import { createPseudonyms } from '../../../../src/core/deidentify/pseudonyms.ts';
import { textAt } from '../../../../src/core/deidentify/element-value.ts';
import { searchFor } from '../../../../src/core/export/leaks.ts';
import { deidentifiedOne } from '../../../support/deidentified.ts';
import { instanceBytes } from '../../../support/dicom-instance.ts';
import { hmacWith } from '../../../support/secrets.ts';

describe('a list of new patient IDs', () => {
  test('is read with a heading, quotes, spaces and any end of line', () => {
    const ids = parsePatientIds('\uFEFFold ID,new ID\r\n"a,""1",S-001\n\n  X 17 , S.002 \r');

    expect([...ids]).toEqual([
      ['a,"1', 'S-001'],
      ['X 17', 'S.002'],
    ]);
  });

  test.each([
    ['ids/damaged', 'MRN1'],
    ['ids/damaged', 'MRN1,S1,more'],
    ['ids/damaged', 'MRN1,"S1'],
    ['ids/damaged', 'MRN1,../S1'],
    ['ids/damaged', 'MRN1,S 1'],
    ['ids/damaged', ',S1'],
    ['ids/damaged', 'MRN1,S1\nMRN1,S2'],
    ['ids/shared', 'MRN1,S1\nMRN2,s1'],
    ['ids/echo', 'MRN1,study-mrn1'],
    ['ids/echo', 'MRN1,A\nA,B'],
  ])('is refused with %s: %j', (code, text) => {
    expect(() => parsePatientIds(text)).toThrow(expect.objectContaining({ code }));
  });

  test('never gives two old IDs one new one', () => {
    const id = fc.stringMatching(/^[A-C0-2]{1,4}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(id, id), { maxLength: 6 }), (pairs) => {
        try {
          const ids = parsePatientIds(pairs.map((pair) => pair.join(',')).join('\n'));
          expect(new Set(ids.values()).size).toBe(ids.size);
        } catch (error) {
          expect((error as { code: string }).code).toMatch(/^ids\//);
        }
      }),
    );
  });

  test('names the patient in the output, others get keyed pseudonyms', async () => {
    const patientIds = new Map([['MRN-0081531', 'S-001']]);
    const { file, identifiers } = await deidentifiedOne(instanceBytes(), { patientIds });
    const given = { pseudonyms: new Set(['S-001']) };

    expect(textAt(file, file.dataSet, 0x00100020)).toBe('S-001');
    expect(textAt(file, file.dataSet, 0x00100010)).toBe('S-001');
    expect(searchFor(identifiers, given).find(file)).toBeNull();
    const other = await deidentifiedOne(instanceBytes(), { patientIds: new Map([['x', 'S-1']]) });
    expect(textAt(other.file, other.file.dataSet, 0x00100020)).toMatch(/^EFF-/);
  });

  test('is refused where a new ID is a word of the name', async () => {
    const patientIds = new Map([['MRN-0081531', 'carl-1']]);

    await expect(deidentifiedOne(instanceBytes(), { patientIds })).rejects.toMatchObject({
      code: 'ids/echo',
    });
  });

  test('is refused where two issuers use one old ID', async () => {
    const pseudonyms = createPseudonyms(hmacWith('key'), new Map([['1', 'S-001']]));
    await pseudonyms.patient({ id: '1', issuer: 'A', name: '' });

    await expect(pseudonyms.patient({ id: '1', issuer: 'B', name: '' })).rejects.toMatchObject({
      code: 'ids/shared',
    });
  });
});

describe('the crosswalk', () => {
  test('holds every patient and accession number that was replaced, once', async () => {
    const pseudonyms = createPseudonyms(hmacWith('key'));
    const who = { id: 'MRN,1', issuer: 'A "B"', name: 'Carl' };
    const [fresh, accession] = [await pseudonyms.patient(who), await pseudonyms.accession('77')];
    await pseudonyms.patient(who);
    const days = await pseudonyms.days(who);

    expect(crosswalkCsv(pseudonyms.crosswalk)).toBe(
      'kind,issuer,original,replacement,days\r\n' +
        `accession,,77,${accession},\r\n` +
        `patient,"A ""B""","MRN,1",${fresh},${days}\r\n`,
    );
  });

  test('shifts differ between patients and keys, and stay for one', async () => {
    const one = { id: '1', issuer: '', name: '' };
    const days = (key: string, id: string) => createPseudonyms(hmacWith(key)).days({ ...one, id });

    expect(await days('a', '1')).toBe(await days('a', '1'));
    expect(new Set([await days('a', '1'), await days('a', '2'), await days('b', '1')]).size).toBe(
      3,
    );
  });
});
