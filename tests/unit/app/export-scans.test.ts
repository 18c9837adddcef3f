import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createMemorySink, type MemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../../src/app/export-scans.ts';
import { headerChanges } from '../../../src/app/header-changes.ts';
import { loadVolume } from '../../../src/app/load-volume.ts';
import { openScans } from '../../../src/app/open-scans.ts';
import { textAt } from '../../../src/core/deidentify/element-value.ts';
import { parsePart10 } from '../../../src/core/dicom/part10.ts';
import { loadNiftiScan, readNifti } from '../../../src/core/nifti/read.ts';
import { spacingOf } from '../../../src/core/geometry/affine.ts';
import { IMPLICIT_LE } from '../../support/dicom-instance.ts';
import {
  itemOf,
  nifti,
  noDecoder,
  open,
  options,
  secrets,
  seriesFiles,
  sure,
} from '../../support/export-fixture.ts';
import { violations } from '../../support/json-schema.ts';
import { memoryFile } from '../../support/shared-data.ts';
import { BASIC, NONE } from '../../../src/core/deidentify/options.ts';

const all = (sink: MemorySink): string =>
  [...sink.files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n');

describe('exporting DICOM', () => {
  test('writes every instance with the new values inside and the old ones outside', async () => {
    const scans = await open([...seriesFiles(1), ...seriesFiles(2, IMPLICIT_LE)]);
    const sink = createMemorySink();
    const items = await Promise.all(scans.map((scan) => itemOf(scan)));
    const report = await exportScans(items, options(), { sink, secrets, decoder: noDecoder });
    const paths = report.series.flatMap(({ output }) => output);

    expect(paths).toHaveLength(18);
    expect(paths[0]).toMatch(/^EFF-[0-9A-Z]{10}\/visit-1\/1-MR\/001\.dcm$/);
    expect([...sink.files.keys()].sort()).toEqual([...paths, 'efface-report.json'].sort());
    expect(report.series.map(({ check }) => check?.outsideMaskChanged)).toEqual([0, 0]);

    const again = await openScans(
      paths.map((path) => memoryFile(path, sure(sink.files.get(path)))),
      {},
    );
    const [before, after] = await Promise.all([
      loadVolume(sure(scans[0]), noDecoder),
      loadVolume(sure(again.scans[0]), noDecoder),
    ]);
    const region = items[0]?.defaced.result?.region.voxels ?? [];
    expect(again.scans).toHaveLength(2);
    expect(after.grid).toEqual(before.grid);
    expect([...after.stored]).toEqual(
      [...before.stored].map((value, v) => (region[v] ? 3 : value)),
    );
  });

  test('leaves nothing that identifies the patient, in the report neither', async () => {
    const sink = createMemorySink();
    const items = [await itemOf(sure((await open(seriesFiles(1)))[0]))];
    await exportScans(items, options({ mask: true }), { sink, secrets, decoder: noDecoder });
    const everything = all(sink) + [...sink.files.keys()].join('\n');

    expect(everything).not.toMatch(
      /wernicke|carl|quincke|heinrich|0081531|4711009|charite|STUDY77|18480515|20140310|35131/i,
    );
  });

  test('keeps the series of one patient together under one pseudonym', async () => {
    const sink = createMemorySink();
    const items = await Promise.all(
      (await open([...seriesFiles(1), ...seriesFiles(2)])).map((scan) => itemOf(scan)),
    );
    await exportScans(items, options(), { sink, secrets, decoder: noDecoder });
    const files = [...sink.files]
      .filter(([path]) => path.endsWith('.dcm'))
      .map(([, bytes]) => parsePart10(bytes));
    const values = (tag: number): number =>
      new Set(files.map((file) => textAt(file, file.dataSet, tag))).size;

    expect(values(0x00100020)).toBe(1);
    expect(values(0x0020000d)).toBe(1);
    expect(values(0x0020000e)).toBe(2);
    expect(values(0x00080018)).toBe(18);
  });

  test('writes the report by its schema', async () => {
    const sink = createMemorySink();
    const items = [await itemOf(sure((await open(seriesFiles(1)))[0]))];
    await exportScans(items, options(), { sink, secrets, decoder: noDecoder });
    const schema: unknown = JSON.parse(readFileSync('public/efface-report.schema.json', 'utf8'));
    const report: unknown = JSON.parse(
      new TextDecoder().decode(sink.files.get('efface-report.json')),
    );

    expect(violations(report, schema)).toEqual([]);
  });

  test('under none keeps the names, marks the defacing and renews the instance UIDs', async () => {
    const sink = createMemorySink();
    const items = [await itemOf(sure((await open(seriesFiles(1)))[0]))];
    await exportScans(items, options({ deidentification: NONE }), {
      sink,
      secrets,
      decoder: noDecoder,
    });
    const [, first] = sure([...sink.files][0]);
    const file = parsePart10(first);

    expect(textAt(file, file.dataSet, 0x00100010)).toBe('Wernicke^Carl');
    expect(textAt(file, file.dataSet, 0x00280302)).toBe('NO');
    expect(textAt(file, file.dataSet, 0x00080018)).toMatch(/^2\.25\./);
    expect([...sink.files.keys()].join()).not.toMatch(/wernicke/i);
  });
});

describe('exporting NIfTI', () => {
  test('changes the voxels of the region alone, clears the text, writes the mask beside', async () => {
    const [scan] = await open([nifti()]);
    const item = await itemOf(sure(scan));
    const sink = createMemorySink();
    const report = await exportScans([item], options({ mask: true }), {
      sink,
      secrets,
      decoder: noDecoder,
    });

    expect(report.series[0]?.output).toEqual(['scan-1.nii.gz', 'scan-1_defacemask.nii.gz']);
    expect(report.series[0]?.check?.outsideMaskChanged).toBe(0);
    const place = { id: '1', patient: 1, visit: 1 };
    const read = async (path: string) =>
      loadNiftiScan(await readNifti(memoryFile(path, sure(sink.files.get(path))), place));
    const [before, after] = [await loadVolume(sure(scan), noDecoder), await read('scan-1.nii.gz')];
    const region = item.defaced.result?.region.voxels ?? [];
    expect([...after.stored]).toEqual(
      [...before.stored].map((value, v) => (region[v] ? 3 : value)),
    );
    expect(spacingOf(after.grid.affine)).toEqual(spacingOf(before.grid.affine));
    expect([...(await read('scan-1_defacemask.nii.gz')).stored]).toEqual([...region]);
  });
});

describe('the header table', () => {
  test('does not say that the face is gone where only other regions go', async () => {
    const [scan] = await open(seriesFiles(1));
    const saysNo = async (face: boolean): Promise<boolean> => {
      const rows = await headerChanges(sure(scan), {
        deidentification: BASIC,
        face,
        version: '1',
        secrets,
      });
      return rows.some(({ tag, after }) => tag === '(0028,0302)' && after === 'NO');
    };

    expect(await saysNo(true)).toBe(true);
    expect(await saysNo(false)).toBe(false);
  });

  test('tells each element before and after', async () => {
    const [scan] = await open(seriesFiles(1));
    const rows = await headerChanges(sure(scan), {
      deidentification: BASIC,
      face: true,
      version: '1',
      secrets,
    });
    const row = (keyword: string) => rows.find((one) => one.keyword === keyword);

    expect(row('PatientName')).toMatchObject({
      tag: '(0010,0010)',
      before: 'Wernicke^Carl',
      action: 'replaced',
      rule: { kind: 'table', action: 'Z' },
    });
    expect(row('InstitutionName')).toMatchObject({
      before: 'Charite Berlin',
      after: '',
      action: 'removed',
      rule: { kind: 'table', action: 'X/Z/D' },
    });
    expect(row('EchoTime')).toMatchObject({
      before: '2.98',
      after: '2.98',
      action: 'kept',
      rule: { kind: 'kept' },
    });
    expect(row('Rows')).toMatchObject({ before: '12', action: 'kept' });
    expect(row('PatientIdentityRemoved')).toMatchObject({
      before: '',
      after: 'YES',
      action: 'added',
    });
    expect(rows.map(({ tag }) => tag.slice(0, 11))).toEqual(
      rows.map(({ tag }) => tag.slice(0, 11)).toSorted(),
    );
  });
});
