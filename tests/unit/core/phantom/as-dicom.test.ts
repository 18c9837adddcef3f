import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadVolume } from '../../../../src/app/load-volume.ts';
import { openScans } from '../../../../src/app/open-scans.ts';
import { invert, indexToLps } from '../../../../src/core/geometry/affine.ts';
import { sameGrid, type Grid } from '../../../../src/core/geometry/grid.ts';
import { acquisitionGrid } from '../../../../src/core/phantom/acquire.ts';
import {
  phantomDicom,
  type PhantomDicomOptions,
  type PhantomFile,
} from '../../../../src/core/phantom/as-dicom.ts';
import { withSliceRescale } from '../../../../src/core/phantom/defects.ts';
import { makeHead, scanHead, type Head } from '../../../../src/core/phantom/head.ts';
import type { Modality, Volume } from '../../../../src/core/volume/volume.ts';
import { hasProgram, memoryFile } from '../../../support/shared-data.ts';

const PYTHON = '/usr/bin/python3';
const hasPydicom = spawnSync(PYTHON, ['-c', 'import pydicom, numpy']).status === 0;
if (!hasPydicom) console.warn('skipped: pydicom is not installed');

const axial = acquisitionGrid({ size: [52, 64, 40], spacing: [4, 4, 6] });
const sagittal = acquisitionGrid({ plane: 'sagittal', size: [64, 60, 50], spacing: [4, 4, 4] });
const coronal = acquisitionGrid({ plane: 'coronal', size: [52, 54, 50], spacing: [4, 4.5, 5] });
const tilted = acquisitionGrid({ size: [52, 64, 30], spacing: [4, 4, 6], tiltDeg: 14 });

let head: Head;
let folder: string;
beforeAll(async () => {
  head = await makeHead(1);
  folder = mkdtempSync(path.join(tmpdir(), 'efface-phantom-'));
}, 300_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a phantom as DICOM', () => {
  test.each([
    ['axial', axial],
    ['sagittal', sagittal],
    ['coronal', coronal],
    ['tilted', tilted],
  ])('comes back from our own reader: %s', async (_, grid) => {
    const volume = await scan('CT', grid);
    const { scans } = await openScans(inMemory(volume, {}));
    expect(scans).toHaveLength(1);
    const [found] = scans;
    if (!found) throw new Error('no scan');
    const loaded = await loadVolume(found, noDecoder);
    expect(holdsSame(loaded, volume)).toBe(0);
  });

  test('comes back in implicit VR, reversed, and with another slope in every slice', async () => {
    const volume = withSliceRescale(await scan('MR', axial));
    const options = { transferSyntax: 'implicit', defects: { order: 'reversed' } } as const;
    const { scans } = await openScans(inMemory(volume, options));
    const [found] = scans;
    if (!found) throw new Error('no scan');
    const loaded = await loadVolume(found, noDecoder);
    expect(sameGrid(loaded.grid, axial)).toBe(true);
    expect(loaded.stored).toEqual(volume.stored);
    expect(loaded.rescale.map((r) => r.slope)).toEqual(volume.rescale.map((r) => r.slope));
  });

  test('lacks the slices that are to be missing', async () => {
    const volume = await scan('CT', axial);
    const files = [...phantomDicom({ volume }, { defects: { missing: [7, 8] } })];
    expect(files).toHaveLength(38);
    const whole = [...phantomDicom({ volume })];
    const kept = whole.filter((_, k) => k !== 7 && k !== 8);
    expect(files.map((f) => f.bytes.length)).toEqual(kept.map((f) => f.bytes.length));
  });

  test('ends early where it is to be truncated', async () => {
    const volume = await scan('CT', axial);
    const files = [...phantomDicom({ volume }, { defects: { truncated: { k: 3, share: 0.6 } } })];
    const whole = [...phantomDicom({ volume })].map((f) => f.bytes.length);
    const wanted = whole.map((bytes, k) => (k === 3 ? Math.floor(bytes * 0.6) : bytes));
    expect(files.map((f) => f.bytes.length)).toEqual(wanted);
  });

  test('holds the marker in text, nested items and private elements', async () => {
    const [first] = phantomDicom({ volume: await scan('CT', axial) }, { marker: 'ZQX7' });
    const text = Buffer.from(first?.bytes ?? []).toString('latin1');
    expect(text.split('ZQX7').length - 1).toBeGreaterThan(15);
  });

  test('names each person, visit and series apart', async () => {
    const volume = await scan('CT', axial);
    const uids = [
      { patient: 1 },
      { patient: 2 },
      { patient: 1, visit: 2 },
      { patient: 1, series: 2 },
    ].map((options) => {
      const [first] = phantomDicom({ volume }, options);
      return Buffer.from(first?.bytes.subarray(132, 420) ?? [])
        .toString('latin1')
        .match(/2\.25\.\d+/)?.[0];
    });
    expect(new Set(uids).size).toBe(4);
  });

  test.skipIf(!hasProgram('dciodvfy'))('is a valid CT and MR Image object', async () => {
    for (const kind of ['CT', 'MR'] as const) {
      const volume = await scan(kind, axial);
      for (const transferSyntax of ['explicit', 'implicit'] as const) {
        const [file] = onDisk(volume, { transferSyntax });
        const { stdout, stderr } = spawnSync('dciodvfy', [file ?? ''], { encoding: 'utf8' });
        expect(`${stdout}${stderr}`).toContain(kind === 'CT' ? 'CTImage' : 'MRImage');
        expect(`${stdout}${stderr}`.split('\n').filter((l) => l.startsWith('Error'))).toEqual([]);
      }
    }
  });

  test.skipIf(!hasProgram('dcmdump'))('is read by dcmdump to its end', async () => {
    const [file = ''] = onDisk(await scan('MR', sagittal), {});
    const text = execFileSync('dcmdump', [file], { encoding: 'latin1' });
    expect(text).toContain('DEMO^HEAD^1');
    expect(text).toContain('(7fe0,0010)');
  });

  test.skipIf(!hasPydicom)('gives pydicom the same pixels', async () => {
    const volume = await scan('CT', axial);
    const files = onDisk(volume, {});
    const script =
      'import sys, pydicom\n' +
      'd = pydicom.dcmread(sys.argv[1])\n' +
      'print(d.Rows, d.Columns, int(d.pixel_array.astype("int64").sum()), d.Modality)';
    const text = execFileSync(PYTHON, ['-c', script, files[20] ?? ''], { encoding: 'utf8' });
    const slice = volume.stored.slice(20 * 52 * 64, 21 * 52 * 64);
    const sum = Array.from(slice).reduce((a, b) => a + b, 0);
    expect(text.trim()).toBe(`64 52 ${String(sum)} CT`);
  });

  test.skipIf(!hasProgram('dcm2niix')).each([
    ['axial', axial],
    ['sagittal', sagittal],
    ['coronal', coronal],
  ])('lies for dcm2niix where it was scanned: %s', async (_, grid) => {
    const volume = await scan('CT', grid);
    onDisk(volume, {});
    const out = mkdtempSync(path.join(folder, 'nii-'));
    spawnSync('dcm2niix', [
      '-b',
      'n',
      '-z',
      'n',
      '-f',
      'x',
      '-o',
      out,
      path.join(folder, 'patient-1'),
    ]);
    const nii = readFileSync(
      path.join(out, readdirSync(out).find((n) => n.endsWith('.nii')) ?? ''),
    );
    expect(differingVoxels(nii, volume)).toBe(0);
  });
});

async function scan(kind: Modality, grid: Grid): Promise<Volume> {
  return (await scanHead(head, { seed: 1, kind, grid })).volume;
}

function inMemory(volume: Volume, options: PhantomDicomOptions) {
  return [...phantomDicom({ volume }, options)].map((f) => memoryFile(f.path, f.bytes));
}

/** Writes the series into the empty folder; the paths. */
function onDisk(volume: Volume, options: PhantomDicomOptions): readonly string[] {
  rmSync(path.join(folder, 'patient-1'), { recursive: true, force: true });
  return [...phantomDicom({ volume }, options)].map((file: PhantomFile) => {
    const at = path.join(folder, file.path);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, file.bytes);
    return at;
  });
}

const noDecoder = { decode: () => Promise.reject(new Error('nothing here is compressed')) };

/** Voxels of `found` that differ from what `wanted` holds at the same place of the patient. */
function holdsSame(found: Volume, wanted: Volume): number {
  const hu = (v: Volume, n: number): number =>
    (v.stored[n] as number) + (v.rescale[0]?.intercept ?? 0);
  return differing(
    found.grid.size,
    (i, j, k) => indexToLps(found.grid.affine, [i, j, k]),
    wanted,
    (n) => hu(found, n),
    hu,
  );
}

function differingVoxels(nii: Buffer, wanted: Volume): number {
  const size = [1, 2, 3].map((axis) => nii.readInt16LE(40 + 2 * axis));
  const start = nii.readFloatLE(108);
  const [slope, intercept] = [nii.readFloatLE(112) || 1, nii.readFloatLE(116)];
  const row = (r: number, i: number, j: number, k: number): number =>
    nii.readFloatLE(280 + 16 * r) * i +
    nii.readFloatLE(284 + 16 * r) * j +
    nii.readFloatLE(288 + 16 * r) * k +
    nii.readFloatLE(292 + 16 * r);
  return differing(
    size as [number, number, number],
    (i, j, k) => [-row(0, i, j, k), -row(1, i, j, k), row(2, i, j, k)],
    wanted,
    (n) => nii.readInt16LE(start + 2 * n) * slope + intercept,
    (v, n) => (v.stored[n] as number) + (v.rescale[0]?.intercept ?? 0),
  );
}

function differing(
  size: readonly [number, number, number],
  toLps: (i: number, j: number, k: number) => readonly [number, number, number],
  wanted: Volume,
  valueAt: (n: number) => number,
  wantedAt: (v: Volume, n: number) => number,
): number {
  const [ni, nj, nk] = size;
  expect(ni * nj * nk).toBe(wanted.stored.length);
  const inverse = invert(wanted.grid.affine);
  const [wi, wj] = wanted.grid.size;
  let wrong = 0;
  for (let n = 0; n < ni * nj * nk; n += 7) {
    const place = toLps(n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj)));
    const [i, j, k] = indexToLps(inverse, place).map((v) => Math.round(v)) as [
      number,
      number,
      number,
    ];
    const off = Math.hypot(...subtract(indexToLps(wanted.grid.affine, [i, j, k]), place));
    if (off > 0.01 || valueAt(n) !== wantedAt(wanted, i + wi * (j + wj * k))) wrong++;
  }
  return wrong;
}

function subtract(a: readonly number[], b: readonly number[]): number[] {
  return a.map((v, n) => v - (b[n] ?? 0));
}
