import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createMemorySink, type MemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { exportScans, type ExportItem, type ExportOptions } from '../../../src/app/export-scans.ts';
import { headerChanges } from '../../../src/app/header-changes.ts';
import { loadVolume } from '../../../src/app/load-volume.ts';
import { openScans, type Scan } from '../../../src/app/open-scans.ts';
import type { FrameDecoder, OutputSink } from '../../../src/app/ports.ts';
import { textAt } from '../../../src/core/deidentify/element-value.ts';
import { parsePart10 } from '../../../src/core/dicom/part10.ts';
import { loadNiftiScan, readNifti } from '../../../src/core/nifti/read.ts';
import { spacingOf } from '../../../src/core/geometry/affine.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';
import { boxed } from '../../support/defaced.ts';
import { IMPLICIT_LE, instanceBytes } from '../../support/dicom-instance.ts';
import { violations } from '../../support/json-schema.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { hmacWith } from '../../support/secrets.ts';
import { memoryFile } from '../../support/shared-data.ts';

const noDecoder: FrameDecoder = { decode: () => Promise.reject(new Error('nothing to decode')) };
const secrets = { hmacSha256: hmacWith('key') };

function seriesFiles(n: number, transferSyntaxUID?: string): SourceFile[] {
  return Array.from({ length: 9 }, (_, k) =>
    memoryFile(
      `WERNICKE/${n}/${k}`,
      instanceBytes({
        rows: 12,
        columns: 10,
        z: 12 * k,
        pixels: Array.from({ length: 120 }, (_, v) => 100 + ((v * 7 + k * 13 + n) % 500)),
        sopInstanceUID: `1.3.12.2.1107.5.2.32.35131.${n}.${k}`,
        seriesInstanceUID: `1.3.12.2.1107.5.2.32.35131.8${n}`,
        elements: [
          { tag: 0x00080080, vr: 'LO', value: 'Charite Berlin' },
          { tag: 0x00280030, vr: 'DS', value: '14\\14' },
        ],
        ...(transferSyntaxUID === undefined ? {} : { transferSyntaxUID }),
      }),
    ),
  );
}

const nifti = (): SourceFile =>
  memoryFile(
    'in/doe_jane.nii.gz',
    niftiFile({
      dim: [3, 12, 10, 9],
      pixdim: [1, 14, 14, 12],
      gz: true,
      texts: { 148: 'Jane Doe', 228: 'doe.img' },
    }),
  );

async function open(files: readonly SourceFile[]): Promise<readonly Scan[]> {
  const { scans, left, skipped } = await openScans(files, {});
  expect({ left, skipped }).toEqual({ left: [], skipped: [] });
  return scans;
}

async function itemOf(scan: Scan, own: Partial<ExportItem> = {}): Promise<ExportItem> {
  const volume = await loadVolume(scan, noDecoder);
  return {
    scan,
    defaced: boxed(scan.grid, { scan: scan.id, value: 3, like: volume.stored }),
    approved: { by: 'person', note: null },
    ...own,
  };
}

const options = (own: Partial<ExportOptions> = {}): ExportOptions => ({
  deidentification: 'basic',
  mask: false,
  acceptReview: false,
  tool: { version: '1.0.0', model: null, backend: 'wasm' },
  chosen: { method: 'blank' },
  left: [],
  skipped: [],
  ...own,
});

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
      paths.map((path) => memoryFile(path, sink.files.get(path)!)),
      {},
    );
    const [before, after] = await Promise.all([
      loadVolume(scans[0]!, noDecoder),
      loadVolume(again.scans[0]!, noDecoder),
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
    const items = [await itemOf((await open(seriesFiles(1)))[0]!)];
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
    const items = [await itemOf((await open(seriesFiles(1)))[0]!)];
    await exportScans(items, options(), { sink, secrets, decoder: noDecoder });
    const schema: unknown = JSON.parse(readFileSync('public/efface-report.schema.json', 'utf8'));
    const report: unknown = JSON.parse(
      new TextDecoder().decode(sink.files.get('efface-report.json')),
    );

    expect(violations(report, schema)).toEqual([]);
  });

  test('under none keeps the names, marks the defacing and renews the instance UIDs', async () => {
    const sink = createMemorySink();
    const items = [await itemOf((await open(seriesFiles(1)))[0]!)];
    await exportScans(items, options({ deidentification: 'none' }), {
      sink,
      secrets,
      decoder: noDecoder,
    });
    const [, first] = [...sink.files][0]!;
    const file = parsePart10(first);

    expect(textAt(file, file.dataSet, 0x00100010)).toBe('Wernicke^Carl');
    expect(textAt(file, file.dataSet, 0x00280302)).toBe('NO');
    expect(textAt(file, file.dataSet, 0x00080018)).toMatch(/^2\.25\./);
    expect([...sink.files.keys()].join()).not.toMatch(/wernicke/i);
  });
});

describe('what is not written', () => {
  const cases: readonly (readonly [string, Partial<ExportItem>, Partial<ExportOptions>, number])[] =
    [
      ['review without consent', { approved: { by: null, note: null } }, {}, 0],
      ['review under a policy alone', { approved: { by: 'policy', note: 'x' } }, {}, 0],
      ['review that a person approved', { approved: { by: 'person', note: null } }, {}, 9],
      [
        'review that is accepted',
        { approved: { by: null, note: null } },
        { acceptReview: true },
        9,
      ],
    ];

  test.each(cases)('%s', async (_, own, chosen, files) => {
    const [scan] = await open(seriesFiles(1));
    const item = await itemOf(scan!, own);
    const sink = createMemorySink();
    const report = await exportScans(
      [
        {
          ...item,
          defaced: {
            ...item.defaced,
            decision: 'review',
            reasons: [{ code: 'segment/uncertain', details: { reason: 'x' } }],
          },
        },
      ],
      options(chosen),
      { sink, secrets, decoder: noDecoder },
    );

    expect(report.series[0]?.output).toHaveLength(files);
    expect(report.series[0]?.decision).toBe('review');
    expect(report.series[0]?.reason?.code).toBe('segment/uncertain');
  });

  test('a result nobody approved, where approval is needed', async () => {
    const [scan] = await open(seriesFiles(1));
    const item = await itemOf(scan!, { approved: { by: null, note: null } });
    const sink = createMemorySink();
    const report = await exportScans([item], options({ needsApproval: true }), {
      sink,
      secrets,
      decoder: noDecoder,
    });

    expect(report.series[0]).toMatchObject({ output: [], reason: { code: 'review/not-approved' } });
    expect([...sink.files.keys()]).toEqual(['efface-report.json']);
  });

  test('claims no clean face where nobody approved', async () => {
    const [scan] = await open(seriesFiles(1));
    const item = await itemOf(scan!, { approved: { by: null, note: null } });
    const sink = createMemorySink();
    await exportScans([item], options(), { sink, secrets, decoder: noDecoder });
    const file = parsePart10([...sink.files.values()][0]!);

    expect(textAt(file, file.dataSet, 0x00280302)).toBe('');
  });
});

describe('when something goes wrong', () => {
  /** A sink that spoils what is read from one folder. */
  function spoiling(inner: MemorySink, part: string): OutputSink {
    return {
      ...inner,
      read: async (path) => {
        const bytes = await inner.read(path);
        if (path.includes(part)) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        return bytes;
      },
    };
  }

  test('a series that reads back otherwise is withdrawn as a whole, the others stay', async () => {
    const items = await Promise.all(
      (await open([...seriesFiles(1), ...seriesFiles(2)])).map((scan) => itemOf(scan)),
    );
    const inner = createMemorySink();
    const report = await exportScans(items, options(), {
      sink: spoiling(inner, '1-MR/004.dcm'),
      secrets,
      decoder: noDecoder,
    });

    expect(report.series.map(({ decision }) => decision)).toEqual(['refuse', 'deface']);
    expect(report.series[0]).toMatchObject({ output: [], reason: { code: 'output/verify' } });
    expect([...inner.files.keys()].some((path) => path.includes('1-MR'))).toBe(false);
    expect([...inner.files.keys()].filter((path) => path.includes('2-MR'))).toHaveLength(9);
  });

  test('a full disk is told as such', async () => {
    const items = [await itemOf((await open(seriesFiles(1)))[0]!)];
    const inner = createMemorySink();
    const sink: OutputSink = {
      ...inner,
      write: (path, bytes) =>
        path.endsWith('007.dcm')
          ? Promise.reject(new Error('ENOSPC /home/jane'))
          : inner.write(path, bytes),
    };
    const report = await exportScans(items, options(), { sink, secrets, decoder: noDecoder });

    expect(report.series[0]?.reason?.code).toBe('output/write');
    expect(JSON.stringify(report)).not.toContain('jane');
    expect([...inner.files.keys()]).toEqual(['efface-report.json']);
  });

  test('a fault of ours stops one series, not the run', async () => {
    const [scan] = await open(seriesFiles(1));
    const item = await itemOf(scan!);
    const { result } = item.defaced;
    const wrong = {
      ...item.defaced,
      result: { ...result!, delta: { ...result!.delta, values: new Uint16Array(1) } },
    };
    const sink = createMemorySink();
    const report = await exportScans([{ ...item, defaced: wrong }], options(), {
      sink,
      secrets,
      decoder: noDecoder,
    });

    expect(report.series[0]?.reason?.code).toBe('job/fault');
  });

  test('a cancel leaves nothing behind', async () => {
    const items = [await itemOf((await open(seriesFiles(1)))[0]!)];
    const sink = createMemorySink();
    const controller = new AbortController();
    const job = {
      signal: controller.signal,
      onProgress: ({ done }: { done: number }) => {
        if (done === 3) controller.abort();
      },
    };

    await expect(
      exportScans(items, options(), { sink, secrets, decoder: noDecoder }, job),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(sink.files.size).toBe(0);
  });

  test('items are taken one after the other', async () => {
    const scans = await open([...seriesFiles(1), ...seriesFiles(2)]);
    const sink = createMemorySink();
    const seen: number[] = [];
    async function* made(): AsyncGenerator<ExportItem> {
      for (const scan of scans) {
        seen.push(sink.files.size);
        yield await itemOf(scan);
      }
    }
    const report = await exportScans(made(), options(), { sink, secrets, decoder: noDecoder });

    expect(seen).toHaveLength(2);
    expect(report.totals).toMatchObject({ defaced: 2, filesWritten: 18 });
  });
});

describe('exporting NIfTI', () => {
  test('changes the voxels of the region alone, clears the text, writes the mask beside', async () => {
    const [scan] = await open([nifti()]);
    const item = await itemOf(scan!);
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
      loadNiftiScan(await readNifti(memoryFile(path, sink.files.get(path)!), place));
    const [before, after] = [await loadVolume(scan!, noDecoder), await read('scan-1.nii.gz')];
    const region = item.defaced.result?.region.voxels ?? [];
    expect([...after.stored]).toEqual(
      [...before.stored].map((value, v) => (region[v] ? 3 : value)),
    );
    expect(spacingOf(after.grid.affine)).toEqual(spacingOf(before.grid.affine));
    expect([...(await read('scan-1_defacemask.nii.gz')).stored]).toEqual([...region]);
  });
});

describe('the header table', () => {
  test('tells each element before and after', async () => {
    const [scan] = await open(seriesFiles(1));
    const rows = await headerChanges(scan!, { deidentification: 'basic', version: '1', secrets });
    const row = (keyword: string) => rows.find((one) => one.keyword === keyword);

    expect(row('PatientName')).toMatchObject({
      tag: '(0010,0010)',
      before: 'Wernicke^Carl',
      action: 'replaced',
    });
    expect(row('InstitutionName')).toMatchObject({
      before: 'Charite Berlin',
      after: '',
      action: 'removed',
    });
    expect(row('EchoTime')).toMatchObject({ before: '2.98', after: '2.98', action: 'kept' });
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
