/** pydicom (Debian: python3-pydicom) opens what we write and sees the same pixels outside the mask. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportedSeries, HEAD_SERIES } from '../support/exported-series.ts';
import { sharedDicom } from '../support/shared-data.ts';

const PYTHON = '/usr/bin/python3';
const data = sharedDicom();
const hasPydicom = spawnSync(PYTHON, ['-c', 'import pydicom, numpy']).status === 0;
if (!hasPydicom) console.log('skipped: pydicom is not installed');

/** Compares pairs of files, with the region (one byte a voxel) of each slice. */
const SCRIPT = `
import json, sys, numpy, pydicom
job = json.load(open(sys.argv[1]))
region = numpy.fromfile(job['region'], dtype=numpy.uint8)
seen = dict(outside=0, inside=0, geometry=0, private=0, codes=set(), uids=set())
for before, after, k in job['pairs']:
    a = pydicom.dcmread(before)
    b = pydicom.dcmread(after, force=False)
    if not hasattr(a.file_meta, 'TransferSyntaxUID'):
        a.file_meta.TransferSyntaxUID = b.file_meta.TransferSyntaxUID
    size = b.Rows * b.Columns
    mask = region[k * size:(k + 1) * size].reshape(b.Rows, b.Columns) != 0
    differs = a.pixel_array != b.pixel_array
    seen['outside'] += int((differs & ~mask).sum())
    seen['inside'] += int((differs & mask).sum())
    for name in ('ImagePositionPatient', 'ImageOrientationPatient', 'PixelSpacing', 'SliceThickness',
                 'RescaleSlope', 'RescaleIntercept', 'ImageType', 'RepetitionTime', 'EchoTime', 'KVP'):
        seen['geometry'] += a.get(name) != b.get(name)
    seen['private'] += sum(1 for element in b.iterall() if element.tag.is_private)
    seen['codes'].add(','.join(item.CodeValue for item in b.DeidentificationMethodCodeSequence))
    seen['uids'].add(b.SOPInstanceUID)
    assert b.file_meta.MediaStorageSOPInstanceUID == b.SOPInstanceUID
seen.update(codes=sorted(seen['codes']), uids=len(seen['uids']))
print(json.dumps(seen))
`;

describe.skipIf(data === null || !hasPydicom)('pydicom', () => {
  test.each(HEAD_SERIES)(
    'opens %s and sees what it saw, but for the voxels removed',
    async (name) => {
      const { before, after, slices, region } = await exportedSeries(data ?? '', name);
      const folder = path.resolve(path.dirname(after[0] ?? ''), '../../..');
      const job = path.join(folder, 'job.json');
      writeFileSync(path.join(folder, 'region.raw'), region.voxels);
      writeFileSync(
        job,
        JSON.stringify({
          region: path.join(folder, 'region.raw'),
          pairs: after.map((file, n) => [before[n], file, slices[n]]),
        }),
      );
      const run = spawnSync(PYTHON, ['-W', 'ignore', '-c', SCRIPT, job], { encoding: 'utf8' });
      rmSync(folder, { recursive: true });

      expect(run.stderr).toBe('');
      const seen = JSON.parse(run.stdout) as Record<string, unknown>;
      expect(seen).toMatchObject({
        outside: 0,
        geometry: 0,
        private: 0,
        uids: after.length,
      });
      // One series was de-identified before: its codes come first, ours behind them.
      expect(seen['codes']).toEqual([expect.stringMatching(/^113100,(1131\d\d,)*113102$/)]);
      expect(seen['inside']).toBeGreaterThan(0);
    },
    120_000,
  );
});
