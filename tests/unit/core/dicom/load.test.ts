import { describe, expect, test } from 'vitest';
import type { DicomScan } from '../../../../src/core/dicom/dicom-scan.ts';
import { loadDicomScan } from '../../../../src/core/dicom/load.ts';
import { groupInstances } from '../../../../src/core/dicom/series.ts';
import type { DicomHeader } from '../../../../src/core/dicom/header.ts';
import type { StoredArray } from '../../../../src/core/volume/volume.ts';
import { airOf } from '../../../../src/core/volume/volume.ts';
import { join, u32 } from '../../../support/dicom-bytes.ts';
import { instance } from '../../../support/dicom-header.ts';

const noDecoder = {
  decode: (): Promise<StoredArray> => Promise.reject(new Error('nothing is compressed here')),
};

/** Slices of 4 × 3 pixels that all hold one value, at these heights. */
const scanOf = (
  values: readonly (readonly [mm: number, value: number])[],
  changes: Partial<DicomHeader> = {},
): DicomScan => {
  const slices = values.map(([mm, value]) =>
    instance(
      { position: [0, 0, mm], ...changes },
      new Uint8Array(Uint16Array.from({ length: 12 }, () => value).buffer),
    ),
  );
  const [scan] = groupInstances(slices, { minSlices: 2 }).scans;
  if (!scan) throw new Error('no scan');
  return scan;
};

const firstOfSlices = (stored: StoredArray): number[] =>
  Array.from({ length: stored.length / 12 }, (_, k) => stored[12 * k] ?? NaN);

describe('a volume', () => {
  test('holds the slices in the order of their positions', async () => {
    const { stored } = await loadDicomScan(
      scanOf([
        [4, 30],
        [0, 10],
        [2, 20],
      ]),
      noDecoder,
    );
    expect(stored).toBeInstanceOf(Uint16Array);
    expect(firstOfSlices(stored)).toEqual([10, 20, 30]);
  });

  test('is filled in between its neighbors where a slice is missing', async () => {
    const { stored } = await loadDicomScan(
      scanOf([
        [0, 0],
        [1, 10],
        [2, 20],
        [4, 40],
        [5, 50],
      ]),
      noDecoder,
    );
    expect(firstOfSlices(stored)).toEqual([0, 10, 20, 30, 40, 50]);
  });

  test('has one rescale where all slices agree, else one for each k', async () => {
    const scan = scanOf([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect((await loadDicomScan(scan, noDecoder)).rescale).toHaveLength(1);
    const varied = {
      ...scan,
      slices: scan.slices.map(
        (slice, k) =>
          slice && {
            ...slice,
            instance: {
              ...slice.instance,
              header: { ...slice.instance.header, rescale: { slope: k + 1, intercept: 0 } },
            },
          },
      ),
    };
    const volume = await loadDicomScan(varied, noDecoder);
    expect(volume.rescale.map(({ slope }) => slope)).toEqual([1, 2, 3]);
    expect(volume.air).toHaveLength(3);
  });

  test('knows the stored value of air', async () => {
    const scan = scanOf(
      [
        [0, 24],
        [1, 24],
        [2, 1064],
      ],
      {
        modality: 'CT',
        sopClassUID: '1.2.840.10008.5.1.4.1.1.2',
        rescale: { slope: 1, intercept: -1024 },
      },
    );
    expect(airOf(await loadDicomScan(scan, noDecoder), 0)).toBe(24);
  });

  test('hands compressed frames to the decoder, fragments joined', async () => {
    const item = (...bytes: number[]): Uint8Array =>
      join(Uint8Array.of(0xfe, 0xff, 0, 0xe0), u32(bytes.length), Uint8Array.from(bytes));
    const value = join(
      item(0, 0, 0, 0),
      item(1, 2),
      item(3, 4),
      Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0),
    );
    const slices = [0, 1].map((z) =>
      instance(
        {
          position: [0, 0, z],
          transferSyntaxUID: '1.2.840.10008.1.2.5',
          pixelData: { kind: 'stored', dataStart: 0, length: null },
        },
        value,
      ),
    );
    const [scan] = groupInstances(slices, { minSlices: 2 }).scans;
    const seen: number[][] = [];
    const decoder = {
      decode: (frame: { bytes: Uint8Array }) => {
        seen.push([...frame.bytes]);
        return Promise.resolve(new Uint16Array(12).fill(5));
      },
    };
    const volume = await loadDicomScan(scan as DicomScan, decoder);
    expect(seen).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(firstOfSlices(volume.stored)).toEqual([5, 5]);
    const wrong = { decode: () => Promise.resolve(new Uint16Array(11)) };
    await expect(loadDicomScan(scan as DicomScan, wrong)).rejects.toMatchObject({
      code: 'dicom/bad-compressed-data',
    });
  });
});

describe('the job', () => {
  test('reports every slice once', async () => {
    const seen: number[] = [];
    await loadDicomScan(
      scanOf([
        [0, 1],
        [1, 2],
        [3, 3],
      ]),
      noDecoder,
      {
        onProgress: ({ stage, done, total }) => {
          expect([stage, total]).toEqual(['decode', 3]);
          seen.push(done);
        },
      },
    );
    expect(seen).toEqual([1, 2, 3]);
  });

  test('stops with the reason of its signal', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(
      loadDicomScan(
        scanOf([
          [0, 1],
          [1, 2],
        ]),
        noDecoder,
        { signal: stop.signal },
      ),
    ).rejects.toThrow('enough');
  });

  test('keeps few reads in flight and passes on the first error', async () => {
    const scan = scanOf(Array.from({ length: 40 }, (_, n) => [n, n] as const));
    let [open, most, reads] = [0, 0, 0];
    const slow = {
      ...scan,
      slices: scan.slices.map((slice, k) => {
        if (!slice) return null;
        const read = async (start?: number, end?: number): Promise<Uint8Array<ArrayBuffer>> => {
          reads++;
          most = Math.max(most, ++open);
          await new Promise((resolve) => setTimeout(resolve, 1));
          open--;
          if (k === 5) throw new Error('disk');
          return slice.instance.source.read(start, end);
        };
        return {
          ...slice,
          instance: { ...slice.instance, source: { ...slice.instance.source, read } },
        };
      }),
    };
    await expect(loadDicomScan(slow, noDecoder)).rejects.toMatchObject({ code: 'file/unreadable' });
    expect(open).toBe(0);
    expect(reads).toBeLessThan(40);
    expect(most).toBeLessThanOrEqual(16);
    expect(most).toBeGreaterThanOrEqual(8);
  });

  test('a volume that memory has no room for is an error, not a crash', async () => {
    const scan = scanOf([
      [0, 1],
      [1, 2],
    ]);
    const huge = { ...scan, grid: { ...scan.grid, size: [2 ** 20, 2 ** 20, 2 ** 14] as const } };
    await expect(loadDicomScan(huge, noDecoder)).rejects.toMatchObject({ code: 'job/memory' });
  });
});
