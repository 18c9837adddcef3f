import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { zipReader } from '../../../src/adapters/zip/zip-reader.ts';
import { openScans, type OpenedScans } from '../../../src/app/open-scans.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';
import { dicomSeries, dicomSlice } from '../../support/dicom-series.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { zipFile } from '../../support/zip-file.ts';

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);
const head = niftiFile({ dim: [3, 8, 9, 10] });

/** Reasons of what was skipped or left out, by the name of the file. */
function reasons({ skipped, left }: OpenedScans): Record<string, string> {
  return Object.fromEntries([
    ...skipped.map(({ path, reason }) => [path, reason.code]),
    ...left.map(({ description, reason }) => [description, reason.code]),
  ]) as Record<string, string>;
}

/** What is found in one file. */
async function open(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<OpenedScans> {
  return openScans([memorySource(path, bytes)], { archives: zipReader });
}

describe('openScans', () => {
  test('finds DICOM series and NIfTI files among each other, each with its own id', async () => {
    const { scans, left, skipped } = await openScans([
      memorySource('a.nii', head),
      ...dicomSeries(),
      memorySource('b.nii.gz', gzipSync(head)),
    ]);

    expect(scans.map(({ id, kind, files }) => [id, kind, files])).toEqual([
      ['1', 'dicom', 8],
      ['2', 'nifti', 1],
      ['3', 'nifti', 1],
    ]);
    expect([left, skipped]).toEqual([[], []]);
  });

  test('keeps two patients apart', async () => {
    const { scans } = await openScans([
      ...dicomSeries({ patient: 'A', uid: '1.2.3' }),
      ...dicomSeries({ patient: 'B', uid: '1.2.4' }),
      memorySource('x.nii', head),
    ]);

    expect(scans.map(({ patient }) => patient)).toEqual([1, 2, 3]);
  });

  test('takes patients and visits of NIfTI from BIDS names', async () => {
    const paths = [
      'sub-01/ses-1/anat/sub-01_ses-1_T1w.nii',
      'sub-01/ses-2/anat/sub-01_ses-2_T1w.nii',
    ];
    const all = [...paths, 'sub-02/anat/sub-02_T1w.nii', 'other/sub-01/sub-01_T1w.nii', 'head.nii'];
    const { scans } = await openScans(all.map((path) => memorySource(path, head)));

    expect(scans.map(({ patient, visit }) => [patient, visit])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
  });

  test('takes files by their bytes, not by their names', async () => {
    const { scans } = await openScans([
      memorySource('head.dcm', head),
      ...dicomSeries().map((file, n) => ({ ...file, path: `x/${n}.nii` })),
    ]);

    expect(scans.map(({ kind }) => kind)).toEqual(['dicom', 'nifti']);
  });

  test.each([
    ['a text named .dcm', 'notes.dcm', text('Dear colleague, '.repeat(40)), 'dicom/not-dicom'],
    ['a text', 'README', text('hello'), 'file/not-an-image'],
    ['an empty file', 'a.dcm', new Uint8Array(0), 'file/empty'],
    [
      'a slice cut off in its pixels',
      'a.dcm',
      dicomSlice(0).slice(0, -9),
      'dicom/truncated-pixel-data',
    ],
    ['a NIfTI cut off', 'a.nii', head.slice(0, -9), 'nifti/truncated'],
    ['a NIfTI.gz cut off', 'a.nii.gz', gzipSync(head).slice(0, -40), 'nifti/truncated'],
    ['gzip of DICOM', 'a.dcm.gz', gzipSync(dicomSlice(0)), 'file/compressed-dicom'],
    ['gzip of anything', 'a.tar.gz', gzipSync(text('tar')), 'file/not-an-image'],
    [
      'gzip that is damaged',
      'a.nii.gz',
      Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3),
      'file/not-an-image',
    ],
    ['a ZIP cut off', 'a.zip', zipSync({ a: head }).slice(0, -30), 'zip/damaged'],
  ])('skips %s with its reason', async (_, path, bytes, code) => {
    const opened = await open(path, bytes);

    expect(reasons(opened)).toEqual({ [path]: code });
    expect(opened.scans).toEqual([]);
  });

  test.each([
    ['colors', niftiFile({ dim: [3, 9, 9, 9], datatype: 128 }), 'nifti/unsupported', 'refuse'],
    ['a few slices', niftiFile({ dim: [3, 99, 99, 3] }), 'geometry/too-few-slices', 'exclude'],
  ])('leaves out a NIfTI of %s', async (_, bytes, code, decision) => {
    const { left } = await open('a.nii', bytes);

    expect(left).toMatchObject([{ kind: 'nifti', decision, reason: { code } }]);
  });

  test('goes on after a bad file in a series, a folder it may not read, a file of another kind', async () => {
    const [first, ...others] = dicomSeries({ slices: 9 }) as [SourceFile, ...SourceFile[]];
    const locked = { path: 'locked', reason: { code: 'folder/unreadable', details: {} } } as const;
    const opened = await openScans([
      memorySource(first.path, (await first.read()).slice(0, -4)),
      locked,
      memorySource('ct/README.txt', text('read me')),
      ...others,
    ]);

    expect(opened.scans).toMatchObject([{ kind: 'dicom', files: 8 }]);
    expect(opened.skipped.map(({ reason }) => reason.code)).toEqual([
      'dicom/truncated-pixel-data',
      'folder/unreadable',
      'file/not-an-image',
    ]);
  });

  test('looks into archives, and leaves out what lies outside them', async () => {
    const files = await Promise.all(
      dicomSeries().map(async (file) => ({
        name: file.path,
        bytes: await file.read(),
        deflate: true,
      })),
    );
    const archive = zipFile([...files, { name: '../evil.dcm', bytes: text('x') }]);
    const opened = await open('scans.zip', archive);

    expect(opened.scans).toMatchObject([{ kind: 'dicom', files: 8 }]);
    expect(reasons(opened)).toEqual({ 'scans.zip/../evil.dcm': 'zip/unsafe-path' });
  });

  test('refuses a bomb and reads the file after it', async () => {
    const bomb = zipFile([{ name: 'a', bytes: text('a'), deflate: true, claimedBytes: 2 ** 31 }]);
    const opened = await openScans([memorySource('bomb.zip', bomb), memorySource('a.nii', head)], {
      archives: zipReader,
    });

    expect(reasons(opened)).toEqual({ 'bomb.zip': 'zip/bomb' });
    expect(opened.scans.length).toBe(1);
  });

  test('does not read a file that is too large for the page, whatever is in it', async () => {
    let most = 0;
    const huge: SourceFile = {
      path: 'huge.nii',
      size: 3 * 2 ** 30,
      read: (start = 0, end = 3 * 2 ** 30) => {
        most = Math.max(most, end - start);
        return Promise.resolve(new Uint8Array(end - start));
      },
    };
    const opened = await openScans([huge], { maxFileBytes: 2 ** 31 });

    expect(opened.skipped[0]?.reason).toEqual({
      code: 'file/too-large',
      details: { megabytes: 3072 },
    });
    expect(most).toBeLessThan(2 ** 20);
  });

  test('names a file that cannot be read, and one that trips us', async () => {
    const failing = (error: Error): SourceFile => ({
      path: error.message,
      size: 9,
      read: () => Promise.reject(error),
    });
    const opened = await openScans([failing(new TypeError('fault')), memorySource('a.nii', head)]);

    expect(reasons(opened)).toEqual({ fault: 'job/fault' });
    expect(opened.scans.length).toBe(1);
  });

  test('tells how many of the files are read', async () => {
    const seen: string[] = [];
    await openScans(dicomSeries(), {
      onProgress: ({ stage, done, total }) => seen.push(`${stage} ${done}/${total}`),
    });

    expect(seen).toEqual(Array.from({ length: 8 }, (_, n) => `read ${n + 1}/8`));
  });

  test('reads more of each file at first once a header was longer', async () => {
    const block = { tag: 0x00191010, vr: 'OB', value: new Uint8Array(40_000) };
    const asked: number[] = [];
    const files = dicomSeries({ slices: 60, more: [block] }).map((file) => ({
      ...file,
      read: (start?: number, end?: number) => {
        if (end !== undefined) asked.push(end);
        return file.read(start, end);
      },
    }));
    const opened = await openScans(files);
    expect(opened.scans.map(({ grid }) => grid.size[2])).toEqual([60]);
    expect(asked[0]).toBeLessThan(20_000);
    expect(asked.at(-1)).toBeGreaterThan(100_000);
    // The first ones twice, the others once.
    expect(asked.length).toBeLessThan(120);
  });

  test('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const opening = openScans(dicomSeries({ slices: 50 }), {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 3) controller.abort();
      },
    });

    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('gives the same ids for the same files', async () => {
    const ids = async (): Promise<string[]> =>
      (await openScans([...dicomSeries(), memorySource('a.nii', head)])).scans.map(({ id }) => id);

    expect(await ids()).toEqual(await ids());
  });
});
