/** Files that hold many slices: multi-frame objects and Siemens mosaics. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../../../src/core/errors.ts';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { csaTexts, readCsa } from '../../../../src/core/dicom/csa.ts';
import { writeCsa, writeCsa1 } from '../../../support/csa-bytes.ts';
import { groupInstances } from '../../../../src/core/dicom/series.ts';
import { loadDicomScan } from '../../../../src/core/dicom/load.ts';
import { readHeader } from '../../../../src/core/dicom/read-header.ts';
import type { GroupedInstances } from '../../../../src/core/dicom/dicom-scan.ts';
import { axisStep, originOf } from '../../../../src/core/geometry/affine.ts';
import { enhancedMr, mosaic, type FrameOptions } from '../../../support/multi-frame.ts';

const decoder = { decode: () => Promise.reject(new Error('nothing is compressed')) };

async function grouped(...files: readonly Uint8Array<ArrayBuffer>[]): Promise<GroupedInstances> {
  const instances = [];
  for (const [n, bytes] of files.entries()) {
    const source = memorySource(`${n}.dcm`, bytes);
    instances.push({ source, header: await readHeader(source) });
  }
  return groupInstances(instances, { minSlices: 2 });
}

const heights = (count: number, own: Partial<FrameOptions> = {}): FrameOptions[] =>
  Array.from({ length: count }, (_, n) => ({ z: 3 * n, ...own }));

const csa = (normal: readonly string[]): Uint8Array =>
  writeCsa([{ name: 'SliceNormalVector', vr: 'FD', texts: normal }]);

describe('multi-frame objects', () => {
  test('frames are slices where their functional groups say, in whatever order they come', async () => {
    const frames = heights(4).map((frame, n) => ({ ...frame, values: [n + 1] }));
    const { scans, left } = await grouped(enhancedMr([...frames].reverse()));
    const [scan] = scans;
    expect(left).toEqual([]);
    expect(scan?.grid.size).toEqual([4, 3, 4]);
    expect(scan && originOf(scan.grid.affine)).toEqual([-10, -20, 0]);
    expect(scan && axisStep(scan.grid.affine, 2)).toEqual([0, 0, 3]);
    if (!scan) return;
    const { stored } = await loadDicomScan(scan, decoder);
    expect([0, 12, 24, 36].map((v) => stored[v])).toEqual([1, 2, 3, 4]);
    expect([scan.files, scan.repeats.length]).toEqual([1, 0]);
  });

  test('each frame has its own rescale, and air in its own stored values', async () => {
    const frames = heights(3).map((frame, n) => ({ ...frame, slope: n + 1 }));
    const [scan] = (await grouped(enhancedMr(frames))).scans;
    const volume = scan && (await loadDicomScan(scan, decoder));
    expect(volume?.rescale.map(({ slope }) => slope)).toEqual([1, 2, 3]);
    expect(volume?.air).toHaveLength(3);
  });

  test('time points and phase are volumes of one scan, magnitude first', async () => {
    const { scans } = await grouped(
      enhancedMr([
        ...heights(3, { component: 'PHASE' }),
        ...heights(3, { time: 2 }),
        ...heights(3, { time: 1 }),
      ]),
    );
    const [scan] = scans;
    expect([scans.length, scan?.repeats.length]).toEqual([1, 2]);
    const kinds = [scan?.slices, ...(scan?.repeats ?? [])].map((slices) => {
      const header = slices?.[0]?.instance.header;
      return [header?.imageType[2], header?.discriminators.temporalPosition];
    });
    expect(kinds).toEqual([
      ['MAGNITUDE', 1],
      ['MAGNITUDE', 2],
      ['PHASE', 1],
    ]);
    expect(scan?.warnings.map(({ id }) => id)).toContain('repeats/place');
  });

  test('two stacks in one place are two volumes', async () => {
    const [scan] = (
      await grouped(enhancedMr([...heights(3, { stack: 'A' }), ...heights(3, { stack: 'B' })]))
    ).scans;
    expect(scan?.repeats).toHaveLength(1);
  });

  test.each([
    [
      'stacks in two places',
      enhancedMr([...heights(3), ...[50, 53, 56].map((z) => ({ z, stack: 'B' }))]),
      'dicom/multi-frame',
      /different places/,
    ],
    [
      'a part of a concatenation',
      enhancedMr(heights(3), { concatenation: 2 }),
      'dicom/multi-frame',
      /concatenation/,
    ],
    [
      'frames nobody describes',
      enhancedMr(heights(3), { elements: [{ tag: 0x52009230, vr: 'SQ', value: [] }] }),
      'dicom/multi-frame',
      /each of its frames/,
    ],
    ['frames in one place', enhancedMr(heights(3, { z: 5 })), 'geometry/same-position', /repeated/],
  ] as const)('%s are refused as a whole', async (_, file, code, reason) => {
    const { scans, left } = await grouped(file);
    expect(scans).toEqual([]);
    expect(left.map((one) => one.reason.code)).toEqual([code]);
    expect(left.map((one) => explain(one.reason.code, one.reason.details).why).join()).toMatch(
      reason,
    );
  });
});

describe('mosaics', () => {
  test('tiles are slices along the slice normal, without the empty ones', async () => {
    const [scan] = (await grouped(mosaic({ slices: 3, csa: csa(['0', '0', '1']) }))).scans;
    expect(scan?.grid.size).toEqual([2, 2, 3]);
    // The picture's corner is that of one slice of 4 × 4 pixels; a tile is its middle.
    expect(scan && originOf(scan.grid.affine)).toEqual([-9, -19, 0]);
    if (!scan) return;
    const { stored } = await loadDicomScan(scan, decoder);
    expect([...stored]).toEqual([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]);
  });

  test('slices that count to the other side are not mirrored', async () => {
    const [scan] = (await grouped(mosaic({ slices: 3, csa: csa(['0', '0', '-1']) }))).scans;
    expect(scan && originOf(scan.grid.affine)).toEqual([-9, -19, -8]);
    if (!scan) return;
    const { stored } = await loadDicomScan(scan, decoder);
    expect([...stored]).toEqual([20, 21, 22, 23, 10, 11, 12, 13, 0, 1, 2, 3]);
  });

  test('an old CSA header says as much as a new one', async () => {
    const tags = [
      { name: 'EchoLinePosition', vr: 'DS', texts: ['64'] },
      { name: 'SliceNormalVector', vr: 'FD', texts: ['0', '0', '-1'] },
      { name: 'NumberOfImagesInMosaic', vr: 'US', texts: ['3'] },
    ] as const;
    const [old] = (await grouped(mosaic({ slices: 3, csa: writeCsa1(tags) }))).scans;
    const [now] = (await grouped(mosaic({ slices: 3, csa: writeCsa(tags) }))).scans;
    expect(old?.grid.size).toEqual([2, 2, 3]);
    expect(old?.grid).toEqual(now?.grid);
  });

  test.each([
    ['no CSA header', null],
    ['a CSA header without normal', writeCsa([])],
    ['a damaged CSA header', csa(['0', '0', '1']).subarray(0, 60)],
    ['a normal across the picture', csa(['1', '0', '0'])],
  ])('with %s nobody knows the side: refused', async (_, header) => {
    const { scans, left } = await grouped(mosaic({ slices: 3, csa: header }));
    expect(scans).toEqual([]);
    expect(left[0]?.reason.code).toBe('dicom/mosaic');
    expect(left[0]?.reason.details['reason']).toBe('mosaic/no-side');
  });

  test('time points of a series are one scan, copies of a file are not written', async () => {
    const at = (n: number): Uint8Array<ArrayBuffer> =>
      mosaic({ slices: 4, csa: csa(['0', '0', '1']), sopInstanceUID: `1.2.${n}` });
    const { scans } = await grouped(at(1), at(2), at(1), at(3));
    expect(scans.map(({ repeats, files }) => [repeats.length, files])).toEqual([[2, 4]]);
    expect(scans[0]?.slices[0]?.duplicates).toHaveLength(1);
  });
});

test.each([
  ['CSA2', writeCsa],
  ['CSA1', writeCsa1],
])('a CSA header that was written is read again: %s', (_, write) => {
  const bytes = write([
    { name: 'B_value', vr: 'IS', texts: ['1000'] },
    { name: 'MosaicRefAcqTimes', vr: 'FD', texts: ['0.5', '70', '1', '2', '3', '4', '5'] },
    { name: 'SliceNormalVector', vr: 'FD', texts: [] },
  ]);
  const fields = readCsa(bytes);
  expect(fields?.map(({ name, vm, vr }) => [name, vm, vr])).toEqual([
    ['B_value', 1, 'IS'],
    ['MosaicRefAcqTimes', 7, 'FD'],
    ['SliceNormalVector', 0, 'FD'],
  ]);
  expect(csaTexts(fields, 'B_value')).toEqual(['1000']);
  expect(csaTexts(fields, 'MosaicRefAcqTimes')).toEqual(['0.5', '70', '1', '2', '3', '4', '5']);
  expect(csaTexts(fields, 'SliceNormalVector')).toEqual([]);
  expect(csaTexts(fields, 'of no field')).toEqual([]);
});
