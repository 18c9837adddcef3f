import { describe, expect, test } from 'vitest';
import { textAt, codesOf, find } from '../../../../src/core/deidentify/element-value.ts';
import { profileRows } from '../../../../src/core/deidentify/profile.ts';
import { formatTag } from '../../../../src/core/dicom/dictionary.ts';
import { keptTags } from '../../../../src/core/deidentify/keep-list.ts';
import type { Tree } from '../../../support/dicom-bytes.ts';
import { deidentified, deidentifiedOne } from '../../../support/deidentified.ts';
import { EXPLICIT_BE, IMPLICIT_LE, instanceBytes } from '../../../support/dicom-instance.ts';

const text = (tag: number, vr: string, value: string): Tree => ({ tag, vr, value });

describe('basic de-identification', () => {
  test('empties what the image object must have and removes the rest', async () => {
    const bytes = instanceBytes({
      elements: [
        text(0x00080021, 'DA', '20140310'),
        text(0x00080080, 'LO', 'Charite Berlin'),
        text(0x0008103e, 'LO', 'T1 AX HEAD'),
        text(0x00101010, 'AS', '057Y'),
      ],
    });
    const { file } = await deidentifiedOne(bytes);

    for (const tag of [0x00080020, 0x00080030, 0x00080090, 0x00100030, 0x00100040, 0x00200010]) {
      expect(find(file.dataSet, tag)).toBeDefined();
      expect(textAt(file, file.dataSet, tag)).toBe('');
    }
    for (const tag of [0x00080021, 0x00080080, 0x0008103e, 0x00101010]) {
      expect(find(file.dataSet, tag)).toBeUndefined();
    }
  });

  test('keeps geometry, pixel description and acquisition byte for byte', async () => {
    const { file } = await deidentifiedOne(instanceBytes({ z: 12.5 }));
    const at = (tag: number): string => textAt(file, file.dataSet, tag);

    expect(at(0x00080008)).toBe('ORIGINAL\\PRIMARY\\M\\ND');
    expect(at(0x00180080)).toBe('2300');
    expect(at(0x00180081)).toBe('2.98');
    expect(at(0x00185100)).toBe('HFS');
    expect(at(0x00200032)).toBe('-10\\-20\\12.5');
    expect(at(0x00200037)).toBe('1\\0\\0\\0\\1\\0');
    expect(at(0x00280030)).toBe('1\\1');
    expect(at(0x00080070)).toBe('SIEMENS');
  });

  test('replaces a UID in the same way in the data set, in references and in the meta group', async () => {
    const reference: Tree = {
      tag: 0x00081140,
      vr: 'SQ',
      value: [
        [
          text(0x00081150, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
          text(0x00081155, 'UI', '1.3.6.1.4.1.9590.100.2'),
        ],
      ],
    };
    const [first, second] = await deidentified([
      instanceBytes({ sopInstanceUID: '1.3.6.1.4.1.9590.100.1', elements: [reference] }),
      instanceBytes({ sopInstanceUID: '1.3.6.1.4.1.9590.100.2' }),
    ]);
    if (!first || !second) throw new Error('two files in, two out');
    const item = find(first.file.dataSet, 0x00081140)?.items?.[0]?.elements ?? [];
    const target = textAt(second.file, second.file.dataSet, 0x00080018);

    expect(target).toMatch(/^2\.25\./);
    expect(textAt(first.file, item, 0x00081155)).toBe(target);
    expect(textAt(first.file, item, 0x00081150)).toBe('1.2.840.10008.5.1.4.1.1.4');
    expect(textAt(second.file, second.file.meta, 0x00020003)).toBe(target);
  });

  test('gives name and ID one pseudonym, and another to another patient', async () => {
    const one = await deidentifiedOne(instanceBytes());
    const two = await deidentifiedOne(
      instanceBytes({ elements: [text(0x00100020, 'LO', 'MRN-0081532')] }),
    );
    const id = textAt(one.file, one.file.dataSet, 0x00100020);

    expect(id).toMatch(/^EFF-[0-9A-Z]{10}$/);
    expect(textAt(one.file, one.file.dataSet, 0x00100010)).toBe(id);
    expect(textAt(two.file, two.file.dataSet, 0x00100020)).not.toBe(id);
  });

  test('removes private groups, overlays, unknown public attributes and group lengths', async () => {
    const bytes = instanceBytes({
      elements: [
        text(0x00290010, 'LO', 'SIEMENS CSA HEADER'),
        text(0x00291010, 'OB', 'SV10'),
        text(0x60000022, 'LO', 'Overlay'),
        text(0x50000022, 'LO', 'Curve'),
        text(0x00089ff8, 'LO', 'nobody knows'),
        { tag: 0x00080000, vr: 'UL', value: new Uint8Array(4) },
        { tag: 0x00880200, vr: 'SQ', value: [[text(0x00280004, 'CS', 'MONOCHROME2')]] },
      ],
    });
    const { file } = await deidentifiedOne(bytes);
    const tags = file.dataSet.map(({ tag }) => tag);

    expect(tags.filter((tag) => (tag & 0x10000) !== 0)).toEqual([]);
    for (const tag of [0x60000022, 0x50000022, 0x00089ff8, 0x00080000, 0x00880200]) {
      expect(tags).not.toContain(tag);
    }
  });

  test('keeps technical text and drops text with any other word', async () => {
    const keep = { 0x00081090: 'TrioTim', 0x00180024: '*tfl3d1_16ns', 0x00181250: '8HRBRAIN' };
    const kept = await deidentifiedOne(
      instanceBytes({
        elements: Object.entries(keep).map(([tag, value]) => text(Number(tag), 'SH', value)),
      }),
    );
    for (const [tag, value] of Object.entries(keep)) {
      expect(textAt(kept.file, kept.file.dataSet, Number(tag))).toBe(value);
    }
    const dropped = await deidentifiedOne(
      instanceBytes({ elements: [text(0x00181250, 'SH', 'HEAD Muller')] }),
    );
    expect(find(dropped.file.dataSet, 0x00181250)).toBeUndefined();
  });

  test('drops technical words that are words of the patient, but keeps terms of the standard', async () => {
    const bytes = instanceBytes({
      elements: [
        text(0x00100010, 'PN', 'Brain^HFS'),
        text(0x00180015, 'CS', 'BRAIN'),
        text(0x00181250, 'SH', 'BRAIN'),
      ],
    });
    const { file } = await deidentifiedOne(bytes);

    expect(find(file.dataSet, 0x00180015)).toBeUndefined();
    expect(find(file.dataSet, 0x00181250)).toBeUndefined();
    expect(textAt(file, file.dataSet, 0x00185100)).toBe('HFS');
  });

  test('takes a number of the patient out of a counter', async () => {
    const bytes = instanceBytes({
      elements: [text(0x00100020, 'LO', '8153177'), text(0x00200011, 'IS', '8153177')],
    });
    const { file } = await deidentifiedOne(bytes);

    expect(textAt(file, file.dataSet, 0x00200011)).toBe('');
  });

  test('removes both of two elements with one tag', async () => {
    const bytes = instanceBytes({
      elements: [
        text(0x00080080, 'LO', 'First clinic'),
        text(0x00080080, 'LO', 'Second clinic'),
        text(0x00100010, 'PN', 'Wernicke^Carl'),
        text(0x00100010, 'PN', 'Broca^Paul'),
      ],
    });
    const { file } = await deidentifiedOne(bytes);
    const all = Buffer.from(file.bytes).toString('latin1');

    expect(all).not.toMatch(/clinic|Broca|Wernicke/);
  });

  test.each([IMPLICIT_LE, EXPLICIT_BE])(
    'works in transfer syntax %s',
    async (transferSyntaxUID) => {
      const { file } = await deidentifiedOne(
        instanceBytes({ transferSyntaxUID, pixels: [1, 2, 3] }),
      );

      expect(file.transferSyntaxUID).toBe(transferSyntaxUID);
      expect(textAt(file, file.dataSet, 0x00120062)).toBe('YES');
      expect(textAt(file, file.dataSet, 0x00100010)).toMatch(/^EFF-/);
    },
  );

  test('writes its own name into the meta group and removes the senders', async () => {
    const { file } = await deidentifiedOne(
      instanceBytes({
        meta: [
          text(0x00020013, 'SH', 'MR_B17'),
          text(0x00020016, 'AE', 'STATION7'),
          text(0x00020100, 'UI', '1.2.3.4.5.6'),
          text(0x00020102, 'OB', 'secret'),
        ],
      }),
    );

    expect(textAt(file, file.meta, 0x00020013)).toBe('EFFACE_1.0.0');
    expect(textAt(file, file.meta, 0x00020012)).toMatch(/^2\.25\./);
    expect(file.meta.map(({ tag }) => tag)).toEqual([
      0x00020000, 0x00020001, 0x00020002, 0x00020003, 0x00020010, 0x00020012, 0x00020013,
    ]);
  });

  test('no attribute that the profile removes is on the keep list', () => {
    const kept = new Set(keptTags());
    const rows = profileRows().filter(({ tag }) => kept.has(tag));

    expect(rows.map(({ tag, basic }) => [formatTag(tag), basic])).toEqual([
      ['(0008,1140)', 'X/Z/U*'],
      ['(0008,2112)', 'X/Z/U*'],
    ]);
  });
});

describe('the marks', () => {
  test('say what was done', async () => {
    const { file } = await deidentifiedOne(instanceBytes());
    const at = (tag: number): string => textAt(file, file.dataSet, tag);

    expect(at(0x00120062)).toBe('YES');
    expect(at(0x00120063)).toContain('Efface 1.0.0');
    expect(codesOf(file, find(file.dataSet, 0x00120064)).map(({ value }) => value)).toEqual([
      '113100',
      '113102',
    ]);
    expect(at(0x00280302)).toBe('NO');
    expect(at(0x00280303)).toBe('REMOVED');
    expect(at(0x00082111)).toContain('Face removed by Efface');
    expect(codesOf(file, find(file.dataSet, 0x00089215))[0]?.value).toBe('113047');
    const equipment = find(file.dataSet, 0x0018a001)?.items?.[0]?.elements ?? [];
    expect(codesOf(file, find(equipment, 0x0040a170))[0]?.value).toBe('109104');
  });

  test('claim no clean face before someone approved, and none where nothing was defaced', async () => {
    const waiting = await deidentifiedOne(instanceBytes(), { approved: false });
    const whole = await deidentifiedOne(instanceBytes(), { defaced: false });

    expect(find(waiting.file.dataSet, 0x00280302)).toBeUndefined();
    expect(find(whole.file.dataSet, 0x00280302)).toBeUndefined();
    expect(
      codesOf(whole.file, find(whole.file.dataSet, 0x00120064)).map(({ value }) => value),
    ).toEqual(['113100']);
  });

  test('are appended to those of earlier steps, without repeating', async () => {
    const earlier = instanceBytes({
      elements: [
        text(0x00120063, 'LO', 'CTP Clean\\by Dr Wernicke'),
        {
          tag: 0x00120064,
          vr: 'SQ',
          value: [
            [
              text(0x00080100, 'SH', '113105'),
              text(0x00080102, 'SH', 'DCM'),
              text(0x00080104, 'LO', 'Clean Descriptors Option'),
            ],
            [
              text(0x00080100, 'SH', '113106'),
              text(0x00080102, 'SH', 'DCM'),
              text(0x00080104, 'LO', 'Retain dates'),
            ],
          ],
        },
      ],
    });
    const once = await deidentifiedOne(earlier);
    const twice = await deidentifiedOne(once.file.bytes.slice());
    const codes = codesOf(twice.file, find(twice.file.dataSet, 0x00120064));
    const methods = textAt(twice.file, twice.file.dataSet, 0x00120063).split('\\');

    expect(codes.map(({ value }) => value)).toEqual(['113105', '113100', '113102']);
    expect(methods[0]).toBe('CTP Clean');
    expect(new Set(methods).size).toBe(methods.length);
    expect(methods.join()).not.toContain('Wernicke');
  });
});

describe('without de-identification', () => {
  test('changes the instance UID and adds the marks of defacing, nothing else', async () => {
    const bytes = instanceBytes({ elements: [text(0x00291010, 'LO', 'private')] });
    const { file, actions } = await deidentifiedOne(bytes, { profile: 'none' });
    const at = (tag: number): string => textAt(file, file.dataSet, tag);

    expect(at(0x00100010)).toBe('Wernicke^Carl');
    expect(at(0x00291010)).toBe('private');
    expect(at(0x0020000e)).toBe('1.3.12.2.1107.5.2.32.35131.8');
    expect(at(0x00080018)).toMatch(/^2\.25\./);
    expect(at(0x00280302)).toBe('NO');
    expect(find(file.dataSet, 0x00120062)).toBeUndefined();
    expect(actions.filter(({ action }) => action === 'removed')).toEqual([]);
  });

  test('keeps what the meta group says of the way the file came', async () => {
    const meta = [text(0x00020016, 'AE', 'STATION7')];
    const { file } = await deidentifiedOne(instanceBytes({ meta }), { profile: 'none' });

    expect(textAt(file, file.meta, 0x00020016)).toBe('STATION7');
    expect(textAt(file, file.meta, 0x00020013)).toBe('EFFACE_1.0.0');
  });

  test('removes the small picture that shows the old face', async () => {
    const icon: Tree = { tag: 0x00880200, vr: 'SQ', value: [[text(0x7fe00010, 'OB', 'face')]] };
    const { file } = await deidentifiedOne(instanceBytes({ elements: [icon] }), {
      profile: 'none',
    });

    expect(find(file.dataSet, 0x00880200)).toBeUndefined();
  });
});
