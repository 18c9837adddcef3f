/** What is left out and let through all the same: without names, with its face, and said so. */
import { describe, expect, test } from 'vitest';
import { createMemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../../src/app/export-scans.ts';
import { openScans } from '../../../src/app/open-scans.ts';
import { textAt } from '../../../src/core/deidentify/element-value.ts';
import type { DicomLeftOut } from '../../../src/core/dicom/dicom-scan.ts';
import { parsePart10 } from '../../../src/core/dicom/part10.ts';
import { isIncludable } from '../../../src/core/export/includable.ts';
import type { Report } from '../../../src/core/report/report.ts';
import type { Tree } from '../../support/dicom-bytes.ts';
import { instanceBytes } from '../../support/dicom-instance.ts';
import { noDecoder, options, secrets } from '../../support/export-fixture.ts';
import { violations } from '../../support/json-schema.ts';
import { memoryFile } from '../../support/shared-data.ts';
import { readFileSync } from 'node:fs';

async function through(elements: readonly Tree[]): Promise<{
  left: DicomLeftOut;
  report: Report;
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}> {
  const file = memoryFile('1.dcm', instanceBytes({ elements }));
  const { left } = await openScans([file], {});
  const [one] = left.filter((each): each is DicomLeftOut => each.kind === 'dicom');
  if (!one) throw new Error('it is left out');
  const sink = createMemorySink();
  const report = await exportScans([], options({ left, included: [one] }), {
    sink,
    secrets,
    decoder: noDecoder,
  });
  return { left: one, report, files: sink.files };
}

const LOCALIZER: Tree = { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY\\LOCALIZER' };

describe('let through', () => {
  test('a localizer is written without names, its pixels as they were, and not called faceless', async () => {
    const { left, report, files } = await through([LOCALIZER]);
    expect(isIncludable(left)).toBe(true);
    const [row] = report.series;
    expect(row?.output).toHaveLength(1);
    const bytes = files.get(row?.output[0] ?? '') ?? new Uint8Array();
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).not.toMatch(/wernicke|quincke|0081531|35131/i);
    const file = parsePart10(bytes);
    expect(textAt(file, file.dataSet, 0x00280302)).toBe('');
    expect(textAt(file, file.dataSet, 0x00120062).trim()).toBe('YES');
    expect(text).not.toContain('113102');
  });

  test('the report counts it as left out, lists its file and warns', async () => {
    const { report } = await through([LOCALIZER]);
    const [row] = report.series;
    expect([row?.decision, row?.reason?.code]).toEqual(['exclude', 'dicom/localizer']);
    expect(row?.warnings.map(({ code }) => code)).toEqual(['output/included']);
    expect(report.totals).toMatchObject({ excluded: 1, filesWritten: 1, defaced: 0 });
    const schema: unknown = JSON.parse(readFileSync('public/efface-report.schema.json', 'utf8'));
    expect(violations(report, schema)).toEqual([]);
  });

  test('an image that says it shows text is not written', async () => {
    const { report } = await through([LOCALIZER, { tag: 0x00280301, vr: 'CS', value: 'YES' }]);
    expect(report.series[0]?.output).toEqual([]);
    expect(report.series[0]?.warnings.map(({ code }) => code)).toEqual(['dicom/burned-in']);
  });

  test('colour keeps its pixels', async () => {
    const pixels = Uint8Array.from({ length: 48 }, (_, n) => n);
    const { report, files } = await through([
      { tag: 0x00280002, vr: 'US', value: Uint8Array.of(3, 0) },
      { tag: 0x00280004, vr: 'CS', value: 'RGB' },
      { tag: 0x00280006, vr: 'US', value: Uint8Array.of(0, 0) },
      { tag: 0x00280100, vr: 'US', value: Uint8Array.of(8, 0) },
      { tag: 0x00280101, vr: 'US', value: Uint8Array.of(8, 0) },
      { tag: 0x00280102, vr: 'US', value: Uint8Array.of(7, 0) },
      { tag: 0x7fe00010, vr: 'OW', value: pixels },
    ]);
    const bytes = files.get(report.series[0]?.output[0] ?? '') ?? new Uint8Array();
    expect([...bytes.subarray(-48)]).toEqual([...pixels]);
  });
});

test.each([
  ['a refusal', 'refuse', 'dicom/burned-in'],
  ['a directory', 'exclude', 'dicom/directory'],
  ['an object without pixels', 'exclude', 'dicom/no-pixel-data'],
] as const)('%s cannot be let through', (_, decision, code) => {
  const left = { id: '1', kind: 'dicom', modality: 'MR', description: '', files: 1 } as const;
  expect(isIncludable({ ...left, decision, reason: { code, details: {} } })).toBe(false);
});
