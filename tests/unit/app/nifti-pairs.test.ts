/** Pairs among the files that were opened, and what is written of them. */
import { expect, test } from 'vitest';
import { createMemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../../src/app/export-scans.ts';
import { openScans } from '../../../src/app/open-scans.ts';
import { neutralPaths } from '../../../src/app/place/neutral-names.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';
import {
  itemOf,
  noDecoder,
  options,
  secrets,
  seriesFiles,
  sure,
} from '../../support/export-fixture.ts';
import { niftiFile, niftiPair } from '../../support/nifti-file.ts';
import { memoryFile } from '../../support/shared-data.ts';

const SHAPE = { dim: [3, 12, 10, 9], pixdim: [1, 14, 14, 12] } as const;
const pair = niftiPair({ ...SHAPE, imageGz: true, texts: { 148: 'Jane Doe' } });
const head = memoryFile('in/doe_jane.hdr', pair.head);
const image = memoryFile('in/doe_jane.img.gz', pair.image);
const codes = ({ left, skipped }: Awaited<ReturnType<typeof openScans>>): string[] =>
  [...left, ...skipped].map(({ reason }) => reason.code);

test.each([
  ['header first', [head, image]],
  ['image first', [image, head]],
])('a pair is one scan: %s', async (_, files: readonly SourceFile[]) => {
  const opened = await openScans(files);
  expect(codes(opened)).toEqual([]);
  expect(opened.scans.map(({ files: n, grid }) => [n, grid.size])).toEqual([[2, [12, 10, 9]]]);
});

test('a pair goes in and a pair comes out, under names that tell nothing', async () => {
  const { scans } = await openScans([head, image]);
  const sink = createMemorySink();
  const report = await exportScans([await itemOf(sure(scans[0]))], options({ mask: true }), {
    sink,
    secrets,
    decoder: noDecoder,
  });
  expect(report.series[0]?.reason).toBeNull();
  expect(report.series[0]?.output).toEqual([
    'scan-1.hdr',
    'scan-1.img.gz',
    'scan-1_defacemask.nii.gz',
  ]);
  const [a, b] = ['scan-1.hdr', 'scan-1.img.gz'].map((path) =>
    memoryFile(path, new Uint8Array(sure(sink.files.get(path)))),
  );
  const again = await openScans([sure(a), sure(b)]);
  expect(again.scans[0]?.grid).toEqual(scans[0]?.grid);
  expect(Buffer.from(sure(sink.files.get('scan-1.hdr'))).toString('latin1')).not.toContain('Doe');
});

test('a header without its image is refused, and told why', async () => {
  const opened = await openScans([head, memoryFile('in/other.img', pair.image)]);
  expect(opened.scans).toEqual([]);
  expect(codes(opened).sort()).toEqual(['file/not-an-image', 'nifti/unsupported']);
});

test('Analyze 7.5 is refused with both of its files', async () => {
  const old = niftiPair({ ...SHAPE });
  old.head.fill(0, 344, 348);
  const opened = await openScans([memoryFile('a.hdr', old.head), memoryFile('a.img', old.image)]);
  expect(opened.left.map(({ files, reason }) => [files, reason.details['reason']])).toEqual([
    [2, 'nifti/analyze'],
  ]);
  expect(opened.skipped).toEqual([]);
});

test('names decide nothing alone: DICOM called .img, a single file called .hdr', async () => {
  const dicom = seriesFiles(1).map((file) => ({ ...file, path: `${file.path}.img` }));
  const single = memoryFile('one.hdr', niftiFile(SHAPE));
  const { scans } = await openScans([...dicom, single]);
  expect(scans.map(({ kind, files }) => [kind, files])).toEqual([
    ['dicom', 9],
    ['nifti', 1],
  ]);
});

test('where names are to go, the two files of a pair get one', () => {
  const paths = ['d/doe.hdr', 'd/doe.img.gz', 'd/jane.hdr', 'd/jane.img'];
  const names = neutralPaths(paths, new Set(paths), [...paths, 'd/file-1.img']);
  expect([...names.values()]).toEqual([
    'd/file-2.hdr',
    'd/file-2.img.gz',
    'd/file-3.hdr',
    'd/file-3.img',
  ]);
});
