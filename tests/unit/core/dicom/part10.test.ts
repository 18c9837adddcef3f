import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Element } from '../../../../src/core/dicom/element.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { EffaceError } from '../../../../src/core/errors.ts';
import {
  ascii,
  dataSetBytes,
  elementBytes,
  fileBytes,
  join,
  u32,
  type Tree,
} from '../../../support/dicom-bytes.ts';

const name: Tree = { tag: 0x00100010, vr: 'PN', value: 'Nobody^Here ' };
const modality: Tree = { tag: 0x00080060, vr: 'CS', value: 'CT' };
const pixels: Tree = { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(8).fill(7) };

const tags = (elements: readonly Element[]): string[] =>
  elements.map(({ tag }) => tag.toString(16).padStart(8, '0'));

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof EffaceError) return error.code;
    throw error;
  }
  return 'none';
};

describe('encodings', () => {
  test('reads explicit little endian with its VRs', () => {
    const file = parsePart10(fileBytes([modality, name, pixels]));
    expect(file.dataSet.map(({ vr, form }) => [vr, form])).toEqual([
      ['CS', 'short'],
      ['PN', 'short'],
      ['OW', 'long'],
    ]);
    expect(file.meta).toHaveLength(3);
  });

  test('reads implicit little endian and knows the VRs of the standard', () => {
    const bytes = fileBytes([modality, name, pixels], '1.2.840.10008.1.2', { explicit: false });
    expect(parsePart10(bytes).dataSet.map(({ vr }) => vr)).toEqual(['CS', 'PN', 'OW']);
  });

  test('reads explicit big endian', () => {
    const writing = { littleEndian: false };
    const file = parsePart10(fileBytes([modality, name], '1.2.840.10008.1.2.2', writing));
    expect(tags(file.dataSet)).toEqual(['00080060', '00100010']);
    expect(file.encoding.littleEndian).toBe(false);
  });

  test('inflates a deflated data set behind the meta group', () => {
    const head = fileBytes([], '1.2.840.10008.1.2.1.99');
    const bytes = join(head, Uint8Array.from(deflateRawSync(dataSetBytes([modality, name]))));
    const file = parsePart10(bytes);
    expect(tags(file.dataSet)).toEqual(['00080060', '00100010']);
    expect(file.original).toBe(bytes);
    expect(file.encoding.deflated).toBe(true);
  });

  test('refuses a deflated data set that unfolds a thousandfold', () => {
    const zeros = deflateRawSync(new Uint8Array(70e6));
    const bytes = join(fileBytes([], '1.2.840.10008.1.2.1.99'), Uint8Array.from(zeros));
    expect(codeOf(() => parsePart10(bytes))).toBe('file/too-large');
  });

  test.each([
    ['explicit little endian', {}],
    ['implicit little endian', { explicit: false }],
    ['explicit big endian', { littleEndian: false }],
  ])('reads %s without preamble and meta group', (_, writing) => {
    const file = parsePart10(dataSetBytes([modality, name], writing));
    expect(tags(file.dataSet)).toEqual(['00080060', '00100010']);
    expect([file.hasPreamble, file.meta.length]).toEqual([false, 0]);
  });

  test('takes the spaces off a padded transfer syntax', () => {
    const bytes = fileBytes([modality, name], '1.2.840.10008.1.2 ', { explicit: false });
    expect(parsePart10(bytes).transferSyntaxUID).toBe('1.2.840.10008.1.2');
  });

  test('believes the bytes where explicit is declared and implicit is written', () => {
    const bytes = fileBytes([modality, name], '1.2.840.10008.1.2.4.50', { explicit: false });
    const { encoding, dataSet } = parsePart10(bytes);
    expect([encoding.explicit, tags(dataSet).length]).toEqual([false, 2]);
  });
});

describe('elements', () => {
  test('reads the 64-bit VRs and what comes after them', () => {
    const table: Tree = { tag: 0x7fe00001, vr: 'OV', value: new Uint8Array(16) };
    expect(tags(parsePart10(fileBytes([modality, table, pixels])).dataSet)).toEqual([
      '00080060',
      '7fe00001',
      '7fe00010',
    ]);
  });

  test('keeps duplicates as elements of their own', () => {
    const file = parsePart10(fileBytes([name, { ...name, value: 'Second^Name ' }]));
    expect(tags(file.dataSet)).toEqual(['00100010', '00100010']);
  });

  test.each([false, true])('opens sequences (undefined length: %s)', (open) => {
    const sequence: Tree = { tag: 0x00081115, vr: 'SQ', open, value: [[name], [modality, name]] };
    const [element] = parsePart10(fileBytes([sequence, pixels])).dataSet;
    expect(element?.items?.map(({ elements }) => elements.length)).toEqual([1, 2]);
  });

  test('opens a sequence hidden in UN of defined length', () => {
    const hidden = elementBytes(
      { tag: 0x00091001, vr: 'SQ', value: [[name]] },
      { explicit: false },
    );
    const un: Tree = { tag: 0x00091001, vr: 'UN', value: hidden.subarray(8) };
    const [element] = parsePart10(fileBytes([un])).dataSet;
    expect(element?.items?.[0]?.elements[0]?.vr).toBe('PN');
  });

  test('leaves UN alone that only starts like a sequence', () => {
    const un: Tree = {
      tag: 0x00091001,
      vr: 'UN',
      value: Uint8Array.of(0xfe, 0xff, 0, 0xe0, 99, 0, 0, 0),
    };
    expect(parsePart10(fileBytes([un])).dataSet[0]?.items).toBeNull();
  });

  test('reads implicit items in an explicit file', () => {
    const inner = elementBytes({ tag: 0x00081115, vr: 'SQ', value: [[name]] }, { explicit: false });
    const sequence: Tree = { tag: 0x00081115, vr: 'SQ', value: inner.subarray(8) };
    const [element] = parsePart10(fileBytes([sequence])).dataSet;
    expect(element?.items?.[0]?.elements[0]).toMatchObject({ form: 'implicit', vr: 'PN' });
  });

  test('lists fragments, the offset table first, and is not misled by delimiter bytes inside one', () => {
    const delimiterInside = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
    const item = (bytes: Uint8Array): Uint8Array =>
      join(Uint8Array.of(0xfe, 0xff, 0, 0xe0), u32(bytes.length), bytes);
    const value = join(
      item(new Uint8Array(0)),
      item(delimiterInside),
      item(ascii('ab')),
      delimiterInside,
    );
    const header = join(
      elementBytes({ tag: 0x7fe00010, vr: 'OB', value: '' }).subarray(0, 8),
      u32(0xffffffff),
    );
    const bytes = join(fileBytes([modality], '1.2.840.10008.1.2.5'), header, value);
    expect(parsePart10(bytes).dataSet[1]?.fragments?.map(({ start, end }) => end - start)).toEqual([
      0, 8, 2,
    ]);
  });
});

describe('what does not belong', () => {
  test.each([
    ['zeros', new Uint8Array(6)],
    ['a JPEG file', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46)],
  ])('reports %s after the pixels as trailing bytes', (_, extra) => {
    const bytes = join(fileBytes([modality, pixels]), extra);
    expect(parsePart10(bytes).trailing).toEqual({
      start: bytes.length - extra.length,
      end: bytes.length,
    });
  });

  test.each([
    ['a JPEG file', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46)],
    ['a second data set', dataSetBytes([modality, name], { explicit: false }).slice(0, 19)],
  ])('reports %s after the pixels of an implicit file too', (_, extra) => {
    const bytes = join(
      fileBytes([modality, pixels], '1.2.840.10008.1.2', { explicit: false }),
      extra,
    );
    const { dataSet, trailing } = parsePart10(bytes);
    expect(trailing?.end).toBe(bytes.length);
    expect(tags(dataSet).slice(0, 2)).toEqual(['00080060', '7fe00010']);
  });

  test('refuses a signature behind the pixels that was cut off', () => {
    const signature = elementBytes({ tag: 0xfffafffa, vr: 'SQ', value: [[name]] });
    const bytes = join(fileBytes([modality, pixels]), signature.slice(0, -3));
    expect(codeOf(() => parsePart10(bytes))).toBe('dicom/truncated');
  });

  test('refuses a length beyond the end before allocating anything', () => {
    const lying = join(fileBytes([modality]), elementBytes(pixels).subarray(0, 8), u32(1 << 30));
    expect(codeOf(() => parsePart10(lying))).toBe('dicom/truncated');
  });

  test('refuses an element that leaves its item', () => {
    const sequence: Tree = {
      tag: 0x00081115,
      vr: 'SQ',
      value: join(Uint8Array.of(0xfe, 0xff, 0, 0xe0), u32(10), elementBytes(name)),
    };
    expect(codeOf(() => parsePart10(fileBytes([sequence, pixels])))).toBe('dicom/damaged');
  });

  test('refuses sequences nested beyond any real file instead of overflowing the stack', () => {
    const deep = (depth: number): Tree => {
      let tree = name;
      for (let n = 0; n < depth; n++)
        tree = { tag: 0x00081115, vr: 'SQ', open: true, value: [[tree]] };
      return tree;
    };
    expect(codeOf(() => parsePart10(fileBytes([deep(60)])))).toBe('none');
    expect(codeOf(() => parsePart10(fileBytes([deep(100)])))).toBe('dicom/damaged');
  });

  test.each([
    ['empty', new Uint8Array(0), 'file/empty'],
    ['text', ascii('These are notes about a scan, not a scan.\n'.repeat(9)), 'dicom/not-dicom'],
    ['a PNG', ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), 'dicom/not-dicom'],
  ])('says that a file is %s', (_, bytes, code) => {
    expect(codeOf(() => parsePart10(bytes))).toBe(code);
  });
});
