/** Multi-frame objects and mosaics come back as the same file, with the same region gone from every volume. */
import { BASIC } from '../../../src/core/deidentify/options.ts';
import { expect, test } from 'vitest';
import { createMemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { exportScans } from '../../../src/app/export-scans.ts';
import { loadVolume } from '../../../src/app/load-volume.ts';
import { writeCsa } from '../../support/csa-bytes.ts';
import type { Filled } from '../../../src/core/deface/repeat.ts';
import type { DicomScan } from '../../../src/core/dicom/dicom-scan.ts';
import { affineOf } from '../../../src/core/geometry/affine.ts';
import { readHeader } from '../../../src/core/dicom/read-header.ts';
import { groupInstances } from '../../../src/core/dicom/series.ts';
import type { Report } from '../../../src/core/report/report.ts';
import { boxed } from '../../support/defaced.ts';
import { enhancedMr, mosaic } from '../../support/multi-frame.ts';
import { hmacWith } from '../../support/secrets.ts';

const decoder = { decode: () => Promise.reject(new Error('nothing is compressed')) };
const WHOLE = [1, 1, 0.5] as const;

async function scanOf(files: readonly Uint8Array<ArrayBuffer>[]): Promise<DicomScan> {
  const instances = [];
  for (const [n, bytes] of files.entries()) {
    const source = memorySource(`${n}.dcm`, bytes);
    instances.push({ source, header: await readHeader(source) });
  }
  const [scan] = groupInstances(instances, { minSlices: 2 }).scans;
  if (!scan) throw new Error('no scan');
  return scan;
}

/** Exports with the lower half of the slices blanked; the stored values of every volume after. */
async function exported(
  files: readonly Uint8Array<ArrayBuffer>[],
  filled?: Filled,
): Promise<{ report: Report; written: readonly Uint8Array<ArrayBuffer>[]; volumes: number[][] }> {
  const scan = await scanOf(files);
  const volume = await loadVolume(scan, decoder);
  const sink = createMemorySink();
  const box = boxed(scan.grid, { value: 7, like: volume.stored, share: WHOLE });
  const report = await exportScans(
    [
      {
        scan,
        defaced: { ...box, result: box.result && { ...box.result, ...(filled ? { filled } : {}) } },
        approved: { by: 'person', note: null },
      },
    ],
    {
      deidentification: BASIC,
      mask: false,
      acceptReview: false,
      tool: { version: '1.0.0', model: null, backend: null },
      chosen: {},
      left: [],
      skipped: [],
    },
    { sink, secrets: { hmacSha256: hmacWith('key') }, decoder },
  );
  const written = [...sink.files].filter(([path]) => path.endsWith('.dcm')).map(([, b]) => b);
  const volumes: number[][] = [];
  if (written.length > 0) {
    const after = await scanOf(written);
    for (const slices of [after.slices, ...after.repeats]) {
      volumes.push([...(await loadVolume({ ...after, slices }, decoder)).stored]);
    }
  }
  return { report, written, volumes };
}

test('one object in, one object out: every volume loses the region, with its own air', async () => {
  const frames = [1, 2].flatMap((time) =>
    [0, 3].map((z) => ({
      z,
      time,
      slope: time,
      values: Array.from({ length: 12 }, () => 40 * time),
    })),
  );
  const source = enhancedMr(frames);
  const { report, written, volumes } = await exported([source]);
  expect(report.series[0]?.decision).toBe('deface');
  expect(written).toHaveLength(1);
  expect(volumes).toHaveLength(2);
  // The first volume has the value of the result; the second its own air: its darkest peak.
  expect(volumes[0]?.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 7));
  expect(volumes[0]?.slice(12)).toEqual(Array.from({ length: 12 }, () => 40));
  expect(volumes[1]?.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 80));
  expect(volumes[1]?.slice(12)).toEqual(Array.from({ length: 12 }, () => 80));
  const text = Buffer.from(written[0] ?? []).toString('latin1');
  for (const secret of ['Wernicke', 'Quincke', 'MRN-0081531', '35131']) {
    expect(text).not.toContain(secret);
  }
});

test('further volumes get the method of the first', async () => {
  const frames = [1, 2].flatMap((time) =>
    [0, 3].map((z) => ({ z, time, values: Array.from({ length: 12 }, (_, n) => time * n) })),
  );
  const frame = {
    fromLps: affineOf([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
    rmsMm: 0,
    landmarks: [],
  };
  const { volumes } = await exported([enhancedMr(frames)], { method: 'pixelate', frame, seed: [] });
  // One block of the head's frame holds the slice: its mean, 11 of 0 … 22.
  expect(volumes[0]?.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 7));
  expect(volumes[1]?.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 11));
});

test('a mosaic keeps what tells its slices and their side, and no UID of its CSA headers', async () => {
  const csa = writeCsa([
    { name: 'SliceNormalVector', vr: 'FD', texts: ['0', '0', '-1'] },
    { name: 'ImageHistory', vr: 'DS', texts: ['20140310'] },
  ]);
  const source = mosaic({ slices: 4, csa });
  const before = await scanOf([source]);
  const { written, volumes } = await exported([source]);
  const after = await scanOf(written);
  expect(after.grid).toEqual(before.grid);
  expect(volumes).toEqual([[7, 7, 7, 7, 7, 7, 7, 7, 10, 11, 12, 13, 0, 1, 2, 3]]);
  const text = Buffer.from(written[0] ?? []).toString('latin1');
  expect(text).toContain('SliceNormalVector');
  for (const secret of ['35131', '20140310', 'ImageHistory']) expect(text).not.toContain(secret);
});

test('time points in files of their own are all written with the region gone', async () => {
  const csa = writeCsa([{ name: 'SliceNormalVector', vr: 'FD', texts: ['0', '0', '1'] }]);
  const at = (n: number): Uint8Array<ArrayBuffer> =>
    mosaic({ slices: 2, csa, sopInstanceUID: `1.3.12.2.1107.5.2.32.35131.${n}` });
  const { written, volumes } = await exported([at(1), at(2), at(3)]);
  expect(written).toHaveLength(3);
  for (const volume of volumes) expect(volume.slice(4)).toEqual([10, 11, 12, 13]);
  for (const volume of volumes) expect(new Set(volume.slice(0, 4)).size).toBe(1);
});
