import { describe, expect, test } from 'vitest';
import { createMemorySink, type MemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { exportScans, type ExportItem, type ExportOptions } from '../../../src/app/export-scans.ts';
import type { OutputSink } from '../../../src/app/ports.ts';
import { textAt } from '../../../src/core/deidentify/element-value.ts';
import { parsePart10 } from '../../../src/core/dicom/part10.ts';
import {
  itemOf,
  noDecoder,
  open,
  options,
  secrets,
  seriesFiles,
  sure,
} from '../../support/export-fixture.ts';

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
    const item = await itemOf(sure(scan), own);
    const sink = createMemorySink();
    const report = await exportScans(
      [
        {
          ...item,
          defaced: {
            ...item.defaced,
            decision: 'review',
            reasons: [{ code: 'segment/uncertain', details: { reason: 'brain/pieces' } }],
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
    const item = await itemOf(sure(scan), { approved: { by: null, note: null } });
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
    const item = await itemOf(sure(scan), { approved: { by: null, note: null } });
    const sink = createMemorySink();
    await exportScans([item], options(), { sink, secrets, decoder: noDecoder });
    const file = parsePart10(sure([...sink.files.values()][0]));

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

  test('a series with a name in its pixels is withheld', async () => {
    const [scan] = await open(seriesFiles(1, undefined, 'WERNICKE'));
    const sink = createMemorySink();
    const report = await exportScans([await itemOf(sure(scan))], options(), {
      sink,
      secrets,
      decoder: noDecoder,
    });

    expect(report.series[0]).toMatchObject({
      decision: 'refuse',
      reason: { code: 'output/identifier-left' },
    });
    expect([...sink.files.keys()]).toEqual(['efface-report.json']);
  });

  test('a full disk is told as such', async () => {
    const items = [await itemOf(sure((await open(seriesFiles(1)))[0]))];
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
    const item = await itemOf(sure(scan));
    const { result } = item.defaced;
    const wrong = {
      ...item.defaced,
      result: { ...sure(result), delta: { ...sure(result).delta, values: new Uint16Array(1) } },
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
    const items = [await itemOf(sure((await open(seriesFiles(1)))[0]))];
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
