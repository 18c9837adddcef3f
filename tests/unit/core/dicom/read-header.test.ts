import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DicomHeader } from '../../../../src/core/dicom/header.ts';
import { readHeader } from '../../../../src/core/dicom/read-header.ts';
import { EffaceError } from '../../../../src/core/errors.ts';
import type { SourceFile } from '../../../../src/core/source-file.ts';
import {
  ascii,
  dataSetBytes,
  elementBytes,
  fileBytes,
  join,
  u16,
  u32,
  type Tree,
} from '../../../support/dicom-bytes.ts';
import { memoryFile } from '../../../support/shared-data.ts';

const text = (tag: number, vr: string, value: string): Tree => ({ tag, vr, value });
const short = (tag: number, value: number, littleEndian = true): Tree => ({
  tag,
  vr: 'US',
  value: u16(value, littleEndian),
});

/** A 2 × 3 CT slice; `more` elements replace those of the same tag. */
const slice = (more: readonly Tree[] = [], littleEndian = true): Tree[] => {
  const standard = [
    text(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'),
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'),
    text(0x00080018, 'UI', '1.2.3.4'),
    text(0x00080060, 'CS', 'CT'),
    text(0x0008103e, 'LO', 'Head'),
    text(0x00100010, 'PN', 'Nobody^At^All'),
    text(0x0020000d, 'UI', '1.2.3'),
    text(0x0020000e, 'UI', '1.2.3.1'),
    text(0x00200032, 'DS', '-10.5\\20\\3e1'),
    text(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'),
    short(0x00280010, 2, littleEndian),
    short(0x00280011, 3, littleEndian),
    text(0x00280030, 'DS', '0.5\\0.25'),
    short(0x00280100, 16, littleEndian),
    short(0x00280101, 12, littleEndian),
    short(0x00280102, 11, littleEndian),
    short(0x00280103, 0, littleEndian),
    text(0x00281052, 'DS', '-1024'),
    text(0x00281053, 'DS', '1'),
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(12) },
  ];
  const tags = new Set(more.map(({ tag }) => tag));
  return [...standard.filter(({ tag }) => !tags.has(tag)), ...more].sort((a, b) => a.tag - b.tag);
};

const read = (bytes: Uint8Array<ArrayBuffer>): Promise<DicomHeader> =>
  readHeader(memoryFile('x.dcm', bytes));

const codeOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  try {
    await read(bytes);
  } catch (error) {
    if (error instanceof EffaceError) return error.code;
    throw error;
  }
  return 'none';
};

describe('values', () => {
  test('come typed, with geometry and rescale', async () => {
    expect(await read(fileBytes(slice()))).toMatchObject({
      modality: 'CT',
      imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      position: [-10.5, 20, 30],
      orientation: { row: [1, 0, 0], column: [0, 1, 0] },
      pixelSpacing: [0.5, 0.25],
      rows: 2,
      columns: 3,
      bitsStored: 12,
      signed: false,
      rescale: { slope: 1, intercept: -1024 },
      frames: 1,
      padding: null,
    });
  });

  test.each([
    ['signed', 1, 63536, { low: -2000, high: -2000 }],
    ['unsigned', 0, 63536, { low: 63536, high: 63536 }],
  ])(
    'padding is %s as the pixels are, whatever its VR says',
    async (_, representation, word, padding) => {
      const found = await read(
        fileBytes(slice([short(0x00280103, representation), short(0x00280120, word)])),
      );
      expect(found.padding).toEqual(padding);
    },
  );

  test('a padding range has both ends, in either order', async () => {
    const found = await read(fileBytes(slice([short(0x00280120, 9), short(0x00280121, 4)])));
    expect(found.padding).toEqual({ low: 4, high: 9 });
  });

  test('the description is read in the character set of the file', async () => {
    const more = [
      text(0x00080005, 'CS', 'ISO_IR 192'),
      { tag: 0x0008103e, vr: 'LO', value: new TextEncoder().encode('Schädel ') },
    ];
    expect((await read(fileBytes(slice(more)))).description).toBe('Schädel');
  });

  test('attributes that an archive passed on as UN keep their numbers', async () => {
    const found = await read(fileBytes(slice([{ tag: 0x00280010, vr: 'UN', value: u16(2) }])));
    expect(found.rows).toBe(2);
  });

  test('what is missing or no number is null, 0 or the default', async () => {
    const found = await read(
      fileBytes(
        slice([
          text(0x00200032, 'DS', 'here'),
          text(0x00280030, 'DS', '0\\0'),
          text(0x00281053, 'DS', '0'),
        ]),
      ),
    );
    expect([found.position, found.pixelSpacing, found.rescale.slope]).toEqual([null, null, 1]);
  });

  test('a third pixel spacing does not hide the first two', async () => {
    expect(
      (await read(fileBytes(slice([text(0x00280030, 'DS', '2\\3\\4')])))).pixelSpacing,
    ).toEqual([2, 3]);
  });
});

describe('files', () => {
  test.each([
    ['implicit', fileBytes(slice(), '1.2.840.10008.1.2', { explicit: false })],
    ['big endian', fileBytes(slice([], false), '1.2.840.10008.1.2.2', { littleEndian: false })],
    ["in GE's own syntax", fileBytes(slice(), '1.2.840.113619.5.2', { explicit: false })],
    ['without preamble', dataSetBytes(slice())],
    [
      'with a transfer syntax padded by a space',
      fileBytes(slice(), '1.2.840.10008.1.2 ', { explicit: false }),
    ],
    [
      'with 64-bit values',
      fileBytes(slice([{ tag: 0x00091001, vr: 'SV', value: new Uint8Array(8) }])),
    ],
    [
      'deflated',
      join(
        fileBytes([], '1.2.840.10008.1.2.1.99'),
        Uint8Array.from(deflateRawSync(dataSetBytes(slice()))),
      ),
    ],
  ])('%s are read alike', async (_, bytes) => {
    const found = await read(bytes);
    expect([found.rows, found.columns, found.position?.[1]]).toEqual([2, 3, 20]);
    expect(found.pixelData).toMatchObject({ kind: 'stored', length: 12 });
  });

  test('no more is read than the header takes', async () => {
    const bytes = fileBytes(
      slice([
        { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(2e6) },
        short(0x00280010, 1000),
        short(0x00280011, 1000),
      ]),
    );
    let most = 0;
    const source: SourceFile = {
      path: 'x',
      size: bytes.length,
      read: (start = 0, end = bytes.length) => {
        most = Math.max(most, end);
        return Promise.resolve(bytes.slice(start, end));
      },
    };
    expect((await readHeader(source)).rows).toBe(1000);
    expect(most).toBeLessThan(20_000);
  });

  test('a long vendor block before the geometry is read over', async () => {
    const block: Tree = { tag: 0x00091001, vr: 'OB', value: new Uint8Array(400_000) };
    expect((await read(fileBytes(slice([block])))).rows).toBe(2);
  });

  test.each([
    ['file/empty', new Uint8Array(0)],
    ['dicom/not-dicom', ascii('not a scan at all, just words in a file named .dcm')],
    ['dicom/truncated-pixel-data', fileBytes(slice()).slice(0, -1)],
    [
      'dicom/truncated-pixel-data',
      fileBytes(slice([short(0x00280010, 65535), short(0x00280011, 65535)])),
    ],
    ['dicom/truncated', fileBytes(slice().slice(0, 7)).slice(0, -3)],
    [
      'dicom/truncated',
      join(
        fileBytes(slice().slice(0, 7)),
        elementBytes({ tag: 0x7fe00010, vr: 'OW', value: '' }).slice(0, 8),
      ),
    ],
  ])('%s', async (code, bytes) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  test('a file that cannot be read is said to be so', async () => {
    const source: SourceFile = {
      path: 'x',
      size: 9,
      read: () => Promise.reject(new Error('EACCES')),
    };
    await expect(readHeader(source)).rejects.toMatchObject({ code: 'file/unreadable' });
  });

  test('encapsulated pixels have a place and no length', async () => {
    const head = join(
      elementBytes({ tag: 0x7fe00010, vr: 'OB', value: '' }).slice(0, 8),
      u32(0xffffffff),
    );
    const found = await read(
      join(fileBytes(slice().slice(0, -1), '1.2.840.10008.1.2.5'), head, new Uint8Array(64)),
    );
    expect(found.pixelData).toMatchObject({ kind: 'stored', length: null });
  });
});
