/** Private elements by creator: the safe ones stay, everything else goes, whatever it is called. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { codesOf, find, textAt } from '../../../../src/core/deidentify/element-value.ts';
import { rebuiltCsa } from '../../../../src/core/deidentify/csa.ts';
import { rebuiltGeProtocol } from '../../../../src/core/deidentify/ge-protocol.ts';
import type { DeidOption } from '../../../../src/core/deidentify/options.ts';
import { safeElements } from '../../../../src/core/deidentify/safe-private.ts';
import { isPrivate } from '../../../../src/core/dicom/dictionary.ts';
import type { Part10File } from '../../../../src/core/dicom/element.ts';
import { readCsa } from '../../../../src/core/dicom/csa.ts';
import { csaHeader } from '../../../support/csa.ts';
import { writeCsa, writeCsa1 } from '../../../support/csa-bytes.ts';
import { ascii, type Tree } from '../../../support/dicom-bytes.ts';
import { deidentifiedOne } from '../../../support/deidentified.ts';
import { IMPLICIT_LE, instanceBytes } from '../../../support/dicom-instance.ts';

const text = (tag: number, vr: string, value: string): Tree => ({ tag, vr, value });
const f64 = (...values: number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer);

async function run(
  elements: readonly Tree[],
  options: readonly DeidOption[] = ['private'],
  transferSyntaxUID?: string,
): Promise<Part10File> {
  const own = transferSyntaxUID === undefined ? {} : { transferSyntaxUID };
  return (await deidentifiedOne(instanceBytes({ elements, ...own }), { options })).file;
}
const privates = ({ dataSet }: Part10File): readonly string[] =>
  dataSet
    .map(({ tag }) => tag)
    .filter(isPrivate)
    .map((tag) => tag.toString(16));

const MR_HEADER: readonly Tree[] = [
  text(0x00190010, 'LO', 'SIEMENS MR HEADER'),
  text(0x00191008, 'CS', 'IMAGE NUM 4'),
  text(0x0019100b, 'DS', '1012.5'),
  text(0x0019100c, 'IS', '1000'),
  { tag: 0x0019100e, vr: 'FD', value: f64(0, 0.6, 0.8) },
  { tag: 0x00191029, vr: 'FD', value: f64(0, 1012.5) },
];

describe('safe private elements', () => {
  test('stay by their creator, wherever its block lies', async () => {
    const moved = MR_HEADER.map((tree) =>
      tree.tag === 0x00190010
        ? { ...tree, tag: 0x001900e1 }
        : { ...tree, tag: (tree.tag & 0xffff00ff) | 0xe100 },
    );

    expect(privates(await run(MR_HEADER))).toEqual([
      '190010',
      '19100b',
      '19100c',
      '19100e',
      '191029',
    ]);
    expect(privates(await run(moved))).toEqual(['1900e1', '19e10b', '19e10c', '19e10e', '19e129']);
  });

  test('go under another creator, and without the option', async () => {
    const other = [text(0x00190010, 'LO', 'WERNICKE TOOLS'), ...MR_HEADER.slice(1)];

    expect(privates(await run(other))).toEqual([]);
    expect(privates(await run(MR_HEADER.slice(1)))).toEqual([]);
    expect(privates(await run(MR_HEADER, []))).toEqual([]);
  });

  test('keep their VR from the list where the file does not say it', async () => {
    expect(privates(await run(MR_HEADER, ['private'], IMPLICIT_LE))).toEqual([
      '190010',
      '19100b',
      '19100c',
      '19100e',
      '191029',
    ]);
  });

  test('go if their value is not what the list says', async () => {
    const wrong = [
      MR_HEADER[0] as Tree,
      text(0x0019100b, 'DS', 'Wernicke'),
      text(0x0019100c, 'LO', '1000'),
      { tag: 0x0019100e, vr: 'OB', value: f64(1, 2, 3) },
      { tag: 0x00191029, vr: 'FD', value: ascii('Wernicke ') },
      text(0x00510010, 'LO', 'SIEMENS MR HEADER'),
      text(0x0051100f, 'LO', 'T:HEA of Carl'),
    ];

    expect(privates(await run(wrong))).toEqual([]);
  });

  test('none of the list is bytes without a form or a sequence, but for the two made anew', () => {
    const loose = [...safeElements()].filter(
      ({ vr }) => !/^(DS|IS|US|SS|UL|SL|FL|FD|CS|SH|LO)$/.test(vr),
    );

    expect(loose.map(({ creator, kind }) => [creator, kind])).toEqual([
      ['SIEMENS CSA HEADER', 'csa'],
      ['GEMS_SERS_01', 'ge-protocol'],
    ]);
  });
});

const CSA = csaHeader({
  EchoLinePosition: ['1.3.12.2.1107.5.2.32.35131.20140310124102'],
  NumberOfImagesInMosaic: ['35'],
  SliceNormalVector: ['0.0', '0.0', '-1.0'],
  B_value: ['Wernicke'],
  SliceMeasurementDuration: ['1.3.12.2.1107.5.2.32.35131'],
  DiffusionDirectionality: ['DIRECTIONAL'],
  MosaicRefAcqTimes: ['0.0', '1012.5'],
});
const SIEMENS_CSA: readonly Tree[] = [
  text(0x00290010, 'LO', 'SIEMENS CSA HEADER'),
  text(0x00291008, 'CS', 'IMAGE NUM 4'),
  text(0x00291009, 'LO', '20180918'),
  { tag: 0x00291010, vr: 'OB', value: CSA },
  text(0x00291018, 'CS', 'MR'),
  text(0x00291019, 'LO', '20180918'),
  { tag: 0x00291020, vr: 'OB', value: ascii('SV10 tReferenceImage0 Wernicke  ') },
];

describe('the CSA image header', () => {
  test('is made anew from numbers; the series header goes, and dates are cleared', async () => {
    const file = await run(SIEMENS_CSA);
    const all = Buffer.from(file.bytes).toString('latin1');

    expect(privates(file)).toEqual(['290010', '291008', '291009', '291010']);
    expect(textAt(file, file.dataSet, 0x00291009)).toBe('');
    for (const stays of [
      'NumberOfImagesInMosaic',
      'SliceNormalVector',
      'MosaicRefAcqTimes',
      'DIRECTIONAL',
    ])
      expect(all).toContain(stays);
    expect(all).not.toMatch(
      /Wernicke|20180918|35131|EchoLinePosition|B_value|SliceMeasurement|tReference/,
    );
  });

  test('is the same when it is made anew again', () => {
    const once = rebuiltCsa(CSA);

    expect(once && rebuiltCsa(once)).toEqual(once);
  });

  test('of the older form comes out as the newer one, with the same numbers alone', () => {
    const tags = [
      { name: 'EchoLinePosition', vr: 'DS', texts: ['64'] },
      { name: 'NumberOfImagesInMosaic', vr: 'US', texts: ['35'] },
      { name: 'SliceNormalVector', vr: 'FD', texts: ['0', '0', '-1'] },
      { name: 'ImageHistory', vr: 'DS', texts: ['35131.20140310'] },
    ] as const;
    const [old, now] = [writeCsa1(tags), writeCsa(tags)].map((bytes) => rebuiltCsa(bytes));

    expect(old?.subarray(0, 4)).toEqual(new Uint8Array(ascii('SV10')));
    expect(old).toEqual(now);
    expect(readCsa(old ?? new Uint8Array())?.map(({ name }) => name)).toEqual([
      'NumberOfImagesInMosaic',
      'SliceNormalVector',
    ]);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['another version', ascii('\x45\0\0\0\x4d\0\0\0 CSA1 has no magic')],
    ['a cut header', CSA.slice(0, 200)],
    ['a number of fields that lies', CSA.slice().fill(255, 8, 12)],
  ])('does not come of %s', (_, bytes) => {
    expect(rebuiltCsa(new Uint8Array(bytes))).toBeNull();
  });

  test('stays in a mosaic without the option, its geometry alone, and is declared', async () => {
    const mosaic = text(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC');
    const file = await run([mosaic, ...SIEMENS_CSA], []);
    const all = Buffer.from(file.bytes).toString('latin1');

    expect(all).toContain('SliceNormalVector');
    expect(all).not.toContain('MosaicRefAcqTimes');
    const codes = codesOf(file, find(file.dataSet, 0x00120064)).map(({ value }) => value);
    expect(codes).toContain('113111');
  });

  test('a mosaic without it is refused: its slices and sides would be guessed', async () => {
    const mosaic = text(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC');

    await expect(run([mosaic])).rejects.toMatchObject({ code: 'dicom/mosaic-header' });
  });
});

describe('the protocol data block of GE', () => {
  const plain = 'SEDESC "Wernicke"\nIOPT "EPI, FMRI"\nSLICEORDER "1"\nVIEWORDER "0"\nNOSLC "x"\n';
  const packed = gzipSync(plain);
  const block = new Uint8Array(4 + packed.length);
  new DataView(block.buffer).setUint32(0, packed.length, true);
  block.set(packed, 4);

  test('is made anew from the lines that are numbers', () => {
    const made = rebuiltGeProtocol(block) ?? new Uint8Array();

    expect(gunzipSync(made.subarray(4)).toString('latin1')).toBe(
      'IOPT "EPI, FMRI"\nSLICEORDER "1"\nVIEWORDER "0"\n',
    );
    expect(new DataView(made.buffer).getUint32(0, true)).toBe(made.length - 4);
    expect(rebuiltGeProtocol(made)).toEqual(made);
  });

  test('does not come of anything else', () => {
    expect(rebuiltGeProtocol(ascii('four and then no gzip of anything'))).toBeNull();
    expect(rebuiltGeProtocol(block.slice(0, 30))).toBeNull();
  });
});
