/** The mask as a DICOM Segmentation object, as other people's tools see it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemorySink } from '../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../src/app/export-scans.ts';
import type { Mask } from '../../src/core/volume/volume.ts';
import {
  itemOf,
  noDecoder,
  open,
  options,
  secrets,
  seriesFiles,
  sure,
} from '../support/export-fixture.ts';
import { hasProgram } from '../support/shared-data.ts';

const PYTHON = '/usr/bin/python3';
const hasPydicom = spawnSync(PYTHON, ['-c', 'import pydicom, numpy']).status === 0;
if (!hasPydicom) console.log('skipped: pydicom is not installed');
if (!hasProgram('dciodvfy')) console.log('skipped: dciodvfy is not installed');

const SCRIPT = `
import json, sys, numpy, pydicom
s = pydicom.dcmread(sys.argv[1])
sources = {}
for file in sys.argv[2:]:
    d = pydicom.dcmread(file)
    sources[d.SOPInstanceUID] = d
bits = numpy.unpackbits(numpy.frombuffer(s.PixelData, numpy.uint8), bitorder='little')
size = s.Rows * s.Columns
frames = []
for n, group in enumerate(s.PerFrameFunctionalGroupsSequence):
    ref = group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
    own = sources[ref]
    place = group.PlanePositionSequence[0].ImagePositionPatient
    frames.append(dict(
        z=float(place[2]),
        moved=max(abs(float(a) - float(b)) for a, b in zip(place, own.ImagePositionPatient)),
        voxels=numpy.flatnonzero(bits[n * size:(n + 1) * size]).tolist()))
first = next(iter(sources.values()))
print(json.dumps(dict(
    frames=frames, count=int(s.NumberOfFrames),
    same=[s.PatientID == first.PatientID, s.StudyInstanceUID == first.StudyInstanceUID,
          s.FrameOfReferenceUID == first.FrameOfReferenceUID,
          s.SeriesInstanceUID != first.SeriesInstanceUID,
          s.ReferencedSeriesSequence[0].SeriesInstanceUID == first.SeriesInstanceUID])))
`;

describe('the mask as a Segmentation object', () => {
  let folder = '';
  let seg = '';
  let sources: string[] = [];
  let mask: Mask;

  beforeAll(async () => {
    const [scan] = await open(seriesFiles(1));
    const item = await itemOf(sure(scan));
    mask = sure(item.defaced.result).region;
    const sink = createMemorySink();
    const report = await exportScans([item], options({ mask: true }), {
      sink,
      secrets,
      decoder: noDecoder,
    });
    folder = mkdtempSync(path.join(tmpdir(), 'efface-seg-'));
    const output = sure(report.series[0]).output;
    const paths = output.map((file, n) => {
      const to = path.join(folder, `${n}${path.extname(file)}`);
      writeFileSync(to, sure(sink.files.get(file)));
      return to;
    });
    expect(output.slice(-2).map((file) => file.replace(/.*_/, ''))).toEqual([
      'defacemask.nii.gz',
      'defacemask.dcm',
    ]);
    seg = sure(paths.at(-1));
    sources = paths.slice(0, -2);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.skipIf(!hasPydicom)('holds the voxels of the mask in the place of their slices', () => {
    const run = spawnSync(PYTHON, ['-W', 'ignore', '-c', SCRIPT, seg, ...sources], {
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const seen = JSON.parse(run.stdout) as {
      frames: { z: number; moved: number; voxels: number[] }[];
      count: number;
      same: boolean[];
    };
    const [ni, nj, nk] = mask.grid.size;
    const expected = Array.from({ length: nk }, (_, k) =>
      Array.from(mask.voxels.subarray(k * ni * nj, (k + 1) * ni * nj)).flatMap((on, v) =>
        on ? [v] : [],
      ),
    ).filter((voxels) => voxels.length > 0);

    expect(seen.same).toEqual([true, true, true, true, true]);
    expect(seen.count).toBe(expected.length);
    expect(seen.frames.map(({ voxels }) => voxels)).toEqual(expected);
    expect(Math.max(...seen.frames.map(({ moved }) => moved))).toBeLessThan(1e-6);
  });

  test.skipIf(!hasProgram('dciodvfy'))('has no error in the eyes of dciodvfy', () => {
    const { stderr } = spawnSync('dciodvfy', ['-new', seg], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
  });

  test.skipIf(!hasProgram('dcmdump'))('opens in dcmdump', () => {
    expect(spawnSync('dcmdump', ['-q', seg]).status).toBe(0);
  });
});
