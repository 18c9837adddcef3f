/** Rows of docs/dicom-cases.md that no other test covers; the number of each row comes first. */
import { describe, expect, test } from 'vitest';
import { createMemorySink } from '../../../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../../../src/app/export-scans.ts';
import { MARK_TAGS } from '../../../../src/core/deidentify/declare.ts';
import { bytesOf, find, textAt } from '../../../../src/core/deidentify/element-value.ts';
import { airValues } from '../../../../src/core/dicom/air.ts';
import { loadDicomScan } from '../../../../src/core/dicom/load.ts';
import { NO_EDITS } from '../../../../src/core/dicom/edits.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { readHeader } from '../../../../src/core/dicom/read-header.ts';
import { groupInstances } from '../../../../src/core/dicom/series.ts';
import { writeEdited } from '../../../../src/core/dicom/span-writer.ts';
import { deidentifiedOne } from '../../../support/deidentified.ts';
import {
  ascii,
  dataSetBytes,
  elementBytes,
  fileBytes,
  join,
  u32,
  type Tree,
} from '../../../support/dicom-bytes.ts';
import { discriminators, heights, slicesAt } from '../../../support/dicom-header.ts';
import { IMPLICIT_LE, instanceBytes, instanceTrees } from '../../../support/dicom-instance.ts';
import {
  itemOf,
  noDecoder,
  open,
  options,
  secrets,
  seriesFiles,
  sure,
} from '../../../support/export-fixture.ts';
import { memoryFile } from '../../../support/shared-data.ts';

const SECRET = 'ZQCASE^SECRET';
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('reader and writer', () => {
  test('7: tags out of order keep their order', () => {
    const trees = instanceTrees();
    const bytes = fileBytes([...trees.slice(5), ...trees.slice(0, 5)]);
    const file = parsePart10(bytes);
    expect(file.dataSet[0]?.tag).toBe(trees[5]?.tag);
    const name = sure(find(file.dataSet, 0x00100010));
    const edits = new Map([[name, { kind: 'replace' as const, value: ascii('AB') }]]);
    const again = parsePart10(writeEdited(file, { ...NO_EDITS, edits }));
    expect(again.dataSet.map(({ tag }) => tag)).toEqual(file.dataSet.map(({ tag }) => tag));
  });

  test('8: letters that are no VR are read in the short form, and what follows is not lost', async () => {
    const odd = elementBytes({ tag: 0x00100021, vr: 'ZZ', value: SECRET });
    const trees = instanceTrees();
    const at = trees.findIndex(({ tag }) => tag > 0x00100021);
    const bytes = join(fileBytes(trees.slice(0, at)), odd, dataSetBytes(trees.slice(at)));
    expect(parsePart10(bytes).dataSet).toHaveLength(trees.length + 1);
    const { file } = await deidentifiedOne(bytes);
    expect(text(file.bytes)).not.toContain('ZQCASE');
  });

  test.each([true, false])(
    '11: a private sequence in a private sequence goes (implicit: %s)',
    async (implicit) => {
      const inner: Tree = {
        tag: 0x00091002,
        vr: 'SQ',
        open: true,
        value: [[{ tag: 0x00100010, vr: 'PN', value: SECRET }]],
      };
      const outer: Tree = { tag: 0x00091001, vr: 'SQ', open: true, value: [[inner]] };
      const bytes = instanceBytes({
        elements: [{ tag: 0x00090010, vr: 'LO', value: 'SOMEONE' }, outer],
        ...(implicit ? { transferSyntaxUID: IMPLICIT_LE } : {}),
      });
      expect(text(bytes)).toContain(SECRET);
      expect(text((await deidentifiedOne(bytes)).file.bytes)).not.toContain('ZQCASE');
    },
  );

  test.each([0, 9999])(
    '16: a meta group length of %i is read over, and right once the group is edited',
    async (length) => {
      const bytes = instanceBytes();
      bytes.set(u32(length), 140);
      const { file } = await deidentifiedOne(bytes);
      const first = sure(file.meta[0]);
      const last = sure(file.meta.at(-1));
      expect(new DataView(file.bytes.buffer).getUint32(first.dataStart, true)).toBe(
        last.end - first.end,
      );
    },
  );

  test('17: without a transfer syntax the bytes say which it is', async () => {
    const meta = elementBytes({ tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) });
    const body = dataSetBytes(instanceTrees(), { explicit: false });
    const bytes = join(new Uint8Array(128), ascii('DICM'), meta, body);
    const header = await readHeader(memoryFile('1.dcm', bytes));
    expect([header.transferSyntaxUID, header.rows, header.modality]).toEqual([
      IMPLICIT_LE,
      4,
      'MR',
    ]);
  });

  test('a meta group behind the first element of the data set is refused', () => {
    const [meta, body] = [0x00020010, 0x00080060].map((tag) =>
      elementBytes({ tag, vr: 'UI', value: '1.2' }),
    );
    const bytes = join(new Uint8Array(128), ascii('DICM'), sure(meta), sure(body), sure(meta));
    expect(() => parsePart10(bytes)).toThrow(expect.objectContaining({ code: 'dicom/damaged' }));
  });
});

describe('pixels', () => {
  test('37: MONOCHROME1 turns the display round, not the value of air', async () => {
    const slices = Array.from({ length: 8 }, (_, k) =>
      memoryFile(
        `${k}.dcm`,
        instanceBytes({
          z: 2 * k,
          sopInstanceUID: `1.2.${k}`,
          pixels: Array.from({ length: 16 }, (__, n) => (n < 12 ? 5 : 900 + n)),
          elements: [{ tag: 0x00280004, vr: 'CS', value: 'MONOCHROME1' }],
        }),
      ),
    );
    const instances = await Promise.all(
      slices.map(async (source) => ({ source, header: await readHeader(source) })),
    );
    const [scan] = groupInstances(instances).scans;
    expect((await loadDicomScan(sure(scan), noDecoder)).air).toEqual([5]);
  });

  test.each(['REAL', 'IMAGINARY', 'PHASE'])('31: in an image of kind %s air is 0', (kind) => {
    expect(kind).toMatch(/^(P|PHASE|REAL|IMAGINARY)$/);
    const air = airValues({
      modality: 'MR',
      stored: Uint16Array.from({ length: 99 }, (_, n) => 40 * n),
      sliceLength: 99,
      rescale: [{ slope: 0.25, intercept: -500 }],
      padding: null,
      range: [0, 4095],
      isSigned: true,
    });
    expect(air).toEqual([2000]);
  });

  test.each([
    [
      '39: icon',
      {
        tag: 0x00880200,
        vr: 'SQ',
        value: [[{ tag: 0x7fe00010, vr: 'OW', value: ascii('OLDFACE!') }]],
      },
    ],
    [
      'histogram',
      {
        tag: 0x00603000,
        vr: 'SQ',
        value: [[{ tag: 0x00603020, vr: 'UL', value: ascii('OLDFACE!') }]],
      },
    ],
    [
      '40: signature',
      {
        tag: 0xfffafffa,
        vr: 'SQ',
        value: [[{ tag: 0x04000120, vr: 'OB', value: ascii('OLDFACE!') }]],
      },
    ],
    [
      '40: MAC parameters',
      { tag: 0x4ffe0001, vr: 'SQ', value: [[{ tag: 0x04000015, vr: 'CS', value: 'OLDFACE!' }]] },
    ],
  ] as const)('%s goes under both profiles', async (_, tree) => {
    const bytes = instanceBytes({ elements: [tree] });
    for (const profile of ['basic', 'none'] as const) {
      const { file } = await deidentifiedOne(bytes, { profile });
      expect(text(file.bytes)).not.toContain('OLDFACE!');
    }
  });

  test.each([0x04000500, 0x04000561])(
    '41: values that an earlier step kept in %i go',
    async (tag) => {
      const bytes = instanceBytes({
        elements: [{ tag, vr: 'SQ', value: [[{ tag: 0x00100010, vr: 'PN', value: SECRET }]] }],
      });
      expect(text((await deidentifiedOne(bytes)).file.bytes)).not.toContain('ZQCASE');
    },
  );
});

describe('series', () => {
  test('48b: all instances have the same marks and Image Type, changed or not', async () => {
    const [scan] = await open(seriesFiles(1));
    const sink = createMemorySink();
    const report = await exportScans([await itemOf(sure(scan))], options(), {
      sink,
      secrets,
      decoder: noDecoder,
    });
    const files = sure(report.series[0]).output.map((path) =>
      parsePart10(sure(sink.files.get(path))),
    );
    const seen = new Set(
      files.map((file) =>
        JSON.stringify([
          textAt(file, file.dataSet, 0x00080008),
          ...[...MARK_TAGS].map((tag) => {
            const element = find(file.dataSet, tag);
            return element ? text(bytesOf(file, element)) : null;
          }),
        ]),
      ),
    );
    const pixels = new Set(
      files.map((file) => text(bytesOf(file, sure(find(file.dataSet, 0x7fe00010))))),
    );
    expect([files.length, seen.size]).toEqual([9, 1]);
    expect(pixels.size).toBeGreaterThan(1);
  });

  test('53: b-values in one series are a scan each', () => {
    const slices = [0, 1000].flatMap((bValue) =>
      slicesAt(heights(0, 2, 4, 6), { discriminators: discriminators({ bValue }) }),
    );
    const { scans } = groupInstances(slices, { minSlices: 3 });
    expect(scans.map(({ slices: own }) => own.length)).toEqual([4, 4]);
  });

  test.each([
    ['prone', [-1, 0, 0], [0, -1, 0]],
    ['decubitus left', [0, -1, 0], [1, 0, 0]],
    ['decubitus right', [0, 1, 0], [-1, 0, 0]],
  ] as const)('a patient who lies %s is where the orientation says', (_, row, column) => {
    const [scan] = groupInstances(slicesAt(heights(0, 2, 4), { orientation: { row, column } }), {
      minSlices: 3,
    }).scans;
    const affine = sure(scan).grid.affine;
    expect([0, 4, 8].map((n) => affine[n])).toEqual([...row]);
    expect([1, 5, 9].map((n) => affine[n])).toEqual([...column]);
  });
});
