/** Each option of the profile: what it keeps, what goes all the same, and what the marks say. */
import { describe, expect, test } from 'vitest';
import { codesOf, find, textAt } from '../../../../src/core/deidentify/element-value.ts';
import { DEID_OPTIONS, type DeidOption } from '../../../../src/core/deidentify/options.ts';
import { searchFor } from '../../../../src/core/export/leaks.ts';
import type { Tree } from '../../../support/dicom-bytes.ts';
import { deidentifiedOne, type Deidentified } from '../../../support/deidentified.ts';
import { instanceBytes } from '../../../support/dicom-instance.ts';

const text = (tag: number, vr: string, value: string): Tree => ({ tag, vr, value });
const at = ({ file }: Deidentified, tag: number): string => textAt(file, file.dataSet, tag);
const codes = ({ file }: Deidentified): readonly string[] =>
  codesOf(file, find(file.dataSet, 0x00120064)).map(({ value }) => value);

const PERSON: readonly Tree[] = [
  text(0x00080012, 'DA', '20140311'),
  text(0x0008002a, 'DT', '20140310121024.5+0100'),
  text(0x00080080, 'LO', 'Charite Berlin'),
  text(0x00080201, 'SH', '+0100'),
  text(0x0008103e, 'LO', 'T1 mprage sag'),
  text(0x00081010, 'SH', 'CHARITE-MR1'),
  text(0x00100030, 'DA', '19220315'),
  text(0x00101010, 'AS', '091Y'),
  text(0x00101020, 'DS', '1.82'),
  text(0x00101030, 'DS', '82.5'),
  text(0x00102160, 'SH', 'of the Wernickes'),
  text(0x00181000, 'LO', '35131'),
  text(0x00181030, 'LO', 'head routine Wernicke'),
  text(0x00181200, 'DA', '20140101'),
];

const run = (
  options: readonly DeidOption[],
  elements: readonly Tree[] = [],
): Promise<Deidentified> => {
  const own = new Set(elements.map(({ tag }) => tag));
  const all = [...PERSON.filter(({ tag }) => !own.has(tag)), ...elements];
  return deidentifiedOne(instanceBytes({ elements: all }), { options });
};

describe('options of the profile', () => {
  test('full dates stay, but for the birth date', async () => {
    const result = await run(['dates']);

    expect(at(result, 0x00080020)).toBe('20140310');
    expect(at(result, 0x0008002a)).toBe('20140310121024.5+0100');
    expect(at(result, 0x00080030)).toBe('121024.5');
    expect(at(result, 0x00080201)).toBe('+0100');
    expect(at(result, 0x00181200)).toBe('20140101');
    expect(at(result, 0x00100030)).toBe('');
    expect(at(result, 0x00280303)).toBe('UNMODIFIED');
    expect(codes(result)).toEqual(['113100', '113102', '113106']);
    expect(searchFor(result.identifiers).find(result.file)).toBeNull();
  });

  test('a person scanned on the day of birth is written, without the birth date', async () => {
    const result = await run(['dates'], [text(0x00100030, 'DA', '20140310')]);

    expect(at(result, 0x00080020)).toBe('20140310');
    expect(at(result, 0x00100030)).toBe('');
    expect(searchFor(result.identifiers).find(result.file)).toBeNull();
  });

  test('shifted dates move by the same whole weeks, and times stay', async () => {
    const result = await run(['shifted-dates']);
    const day = (value: string): number =>
      Date.UTC(
        Number(value.slice(0, 4)),
        Number(value.slice(4, 6)) - 1,
        Number(value.slice(6, 8)),
      ) / 86_400_000;
    const moved = day(at(result, 0x00080020)) - day('20140310');

    expect(Number.isInteger(moved / 7)).toBe(true);
    expect(moved).toBeLessThanOrEqual(-365);
    expect(moved).toBeGreaterThanOrEqual(-3650);
    expect(day(at(result, 0x00080012)) - day('20140311')).toBe(moved);
    expect(day(at(result, 0x0008002a)) - day('20140310')).toBe(moved);
    expect(at(result, 0x0008002a)).toMatch(/^\d{8}121024\.5\+0100$/);
    expect(at(result, 0x00080030)).toBe('121024.5');
    expect(at(result, 0x00100030)).toBe('');
    expect(at(result, 0x00280303)).toBe('MODIFIED');
    expect(codes(result)).toEqual(['113100', '113102', '113107']);
  });

  test('dates in odd forms are moved or emptied, never left', async () => {
    const odd = [
      text(0x00080020, 'DA', '2014.03.10'),
      text(0x00080021, 'DA', '20140230'),
      text(0x00080022, 'DA', '20140310-20140312'),
      text(0x0008002a, 'DT', '201403'),
    ];
    const result = await run(['shifted-dates'], odd);

    expect(at(result, 0x00080020)).toMatch(/^(200|201)\d\.\d\d\.\d\d$/);
    expect(at(result, 0x00080020)).not.toBe('2014.03.10');
    for (const tag of [0x00080021, 0x00080022, 0x0008002a]) expect(at(result, tag)).toBe('');
  });

  test.each(['dates', 'shifted-dates'] as const)(
    'a number of the patient that looks like a time goes under %s',
    async (option) => {
      const result = await run([option], [text(0x00080050, 'SH', '121024')]);
      const timed = await run(
        [option],
        [text(0x00080050, 'SH', '121024'), text(0x00080030, 'TM', '121024')],
      );

      expect(at(result, 0x00080030)).toBe('');
      expect(at(timed, 0x00080030)).toBe('');
      expect(searchFor(timed.identifiers).find(timed.file)).toBe(null);
    },
  );

  test('an earlier step that took dates away is not undone in words', async () => {
    const result = await run(['dates'], [text(0x00280303, 'CS', 'MODIFIED')]);

    expect(at(result, 0x00280303)).toBe('MODIFIED');
    expect(codes(result)).not.toContain('113106');
  });

  test('characteristics of the patient stay, ages over 89 pooled, names in them gone', async () => {
    const result = await run(['patient']);

    expect(at(result, 0x00100040)).toBe('M');
    expect(at(result, 0x00101010)).toBe('090Y');
    expect(at(result, 0x00101020)).toBe('1.82');
    expect(at(result, 0x00101030)).toBe('82.5');
    expect(at(result, 0x00102160)).toBe('');
    expect(at(result, 0x00100030)).toBe('');
    expect(codes(result)).toEqual(['113100', '113102', '113108']);
    const young = await run(['patient'], [text(0x00101010, 'AS', '089Y')]);
    expect(at(young, 0x00101010)).toBe('089Y');
  });

  test('the device stays, its days only as far as the options of dates let them', async () => {
    const result = await run(['device']);
    const both = await run(['device', 'shifted-dates']);

    expect(at(result, 0x00181000)).toBe('35131');
    expect(at(result, 0x00181200)).toBe('');
    expect(at(both, 0x00181200)).toMatch(/^\d{8}$/);
    expect(at(both, 0x00181200)).not.toBe('20140101');
    expect(codes(result)).toEqual(['113100', '113102', '113109']);
  });

  test('the institution stays, though a station is called like it and goes', async () => {
    const result = await run(['institution']);

    expect(at(result, 0x00080080)).toBe('Charite Berlin');
    expect(at(result, 0x00081010)).toBe('');
    expect(codes(result)).toEqual(['113100', '113102', '113112']);
    expect(searchFor(result.identifiers).find(result.file)).toBeNull();
    const named = await run(['institution'], [text(0x00080080, 'LO', 'Wernicke Clinic')]);
    expect(at(named, 0x00080080)).toBe('');
  });

  test('UIDs stay, in the meta group too', async () => {
    const result = await run(['uids']);

    expect(at(result, 0x00080018)).toBe('1.3.12.2.1107.5.2.32.35131.1');
    expect(at(result, 0x0020000d)).toBe('1.3.12.2.1107.5.2.32.35131.9');
    expect(textAt(result.file, result.file.meta, 0x00020003)).toBe('1.3.12.2.1107.5.2.32.35131.1');
    expect(codes(result)).toEqual(['113100', '113102', '113110']);
  });

  test('descriptors stay if every word is technical, and go with a day or a name in them', async () => {
    const result = await run(['descriptors']);

    expect(at(result, 0x0008103e)).toBe('T1 mprage sag');
    expect(at(result, 0x00181030)).toBe('');
    expect(codes(result)).toContain('113105');
    for (const dated of ['T1 10.03.2014', 'T1 3/10/14', 'head 2013', 'T1 of Mr X from Bonn']) {
      const other = await run(['descriptors'], [text(0x0008103e, 'LO', dated)]);
      expect(at(other, 0x0008103e)).toBe('');
    }
  });

  test('nothing of all that stays without its option', async () => {
    const result = await run([]);
    const left = PERSON.filter(({ tag }) => at(result, tag) !== '').map(({ tag }) => tag);

    expect(left).toEqual([]);
  });

  test('a code of the face is claimed only where the face went', async () => {
    const ears = await deidentifiedOne(instanceBytes(), { face: false });

    expect(codes(ears)).toEqual(['113100']);
    expect(find(ears.file.dataSet, 0x00280302)).toBeUndefined();
    expect(at(ears, 0x00082111)).toContain('Parts of the head removed');
  });
});

test('what was not done is not claimed: clean pixels, graphics, structured content', async () => {
  const elements = [text(0x00280301, 'CS', 'NO'), text(0x60004000, 'LT', 'Wernicke')];
  for (const options of [[], DEID_OPTIONS]) {
    const result = await run(options, elements);
    expect(codes(result).filter((one) => ['113101', '113103', '113104'].includes(one))).toEqual([]);
    // As found: NO is what the scanner said, and overlays are gone without a code.
    expect(at(result, 0x00280301)).toBe('NO');
    expect(find(result.file.dataSet, 0x60004000)).toBeUndefined();
  }
});
