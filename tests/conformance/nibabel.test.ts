/** nibabel (Debian: python3-nibabel) reads what we write, and sees what we see. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import { loadNiftiScan, readNifti } from '../../src/core/nifti/read.ts';
import { writeNifti, writeNiftiMask, writeNiftiPair } from '../../src/core/nifti/write.ts';
import { NIFTI_TYPES, niftiFile, niftiPair, type NiftiFileOptions } from '../support/nifti-file.ts';

const PYTHON = '/usr/bin/python3';
const present = spawnSync(PYTHON, ['-c', 'import nibabel']).status === 0;
if (!present) console.log('skipped: nibabel is not installed');
const folder = mkdtempSync(path.join(tmpdir(), 'efface-nibabel-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Seen {
  affine: number[][];
  sum: number;
  dtype: string;
  shape: number[];
}

function nibabel(bytes: Uint8Array): Seen {
  const file = path.join(folder, bytes[0] === 0x1f ? 'a.nii.gz' : 'a.nii');
  writeFileSync(file, bytes);
  return seenBy(file);
}

function seenBy(file: string): Seen {
  const script = `
import json, sys, nibabel, numpy
image = nibabel.load(sys.argv[1])
data = numpy.asarray(image.dataobj, dtype=float)
weights = numpy.arange(data.size).reshape(data.shape, order='F')
print(json.dumps(dict(affine=image.affine.tolist(), sum=float((data * weights).sum()),
    dtype=str(image.get_data_dtype()), shape=list(image.shape))))`;
  const run = spawnSync(PYTHON, ['-c', script, file], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as Seen;
}

const SFORM = [-1.9, 0.1, 0.3, 90, 0.2, 3, 0.1, -126, 0, 0.4, 4, -72];
const QFORM = { quatern: [0.1, 0.7, -0.3], offset: [10, 20, 30], qfac: -1 } as const;
const forms: readonly [string, NiftiFileOptions][] = [
  ['sform', { sform: SFORM, qform: QFORM }],
  ['qform', { qform: QFORM }],
  ['qform by half a turn', { qform: { quatern: [0, 1, 0], offset: [1, 2, 3], qfac: 1 } }],
];

describe.skipIf(!present)('nibabel', () => {
  test.each(forms)('sees the same affine from %s', async (_, options) => {
    const bytes = niftiFile(options);
    const scan = await readNifti(memorySource('a', bytes), { id: '1', patient: 1, visit: 1 });
    const { affine } = scan.grid;
    const ras = nibabel(bytes).affine.flat();

    const lps = ras.map((value, n) => (n < 8 ? -value : value));
    affine.forEach((value, n) => {
      expect(value).toBeCloseTo(lps[n] as number, 4);
    });
  });

  test.each([
    [true, 1],
    [false, 1],
    [true, 2],
    [false, 2],
  ] as const)(
    'reads the pair we wrote (little endian: %s, NIfTI-%i)',
    async (littleEndian, version) => {
      const options = { littleEndian, version, sform: SFORM } as const;
      const pair = niftiPair(options);
      const head = memorySource('p.hdr', pair.head);
      const image = memorySource('p.img', pair.image);
      const scan = await readNifti(head, { id: '1', patient: 1, visit: 1 }, {}, image);
      const { stored } = await loadNiftiScan(scan);
      const values = stored.slice(0, 5).fill(99);
      const delta = { grid: scan.grid, runs: Uint32Array.of(7, 5), values };
      const written = await writeNiftiPair({ head, image }, delta);
      writeFileSync(path.join(folder, 'p.hdr'), written.head);
      writeFileSync(path.join(folder, 'p.img'), written.image);
      const seen = seenBy(path.join(folder, 'p.img'));

      expect(seen.affine).toEqual(nibabel(niftiFile(options)).affine);
      let sum = 0;
      stored.forEach((value, v) => (sum += v * (v >= 7 && v < 12 ? 99 : value)));
      expect(seen.sum).toBe(sum);
    },
  );

  test.each(NIFTI_TYPES)('reads what we wrote as %s, and the same numbers', async (type) => {
    for (const [littleEndian, version] of [
      [true, 1],
      [false, 1],
      [true, 2],
      [false, 2],
    ] as const) {
      const bytes = niftiFile({
        version,
        type,
        littleEndian,
        slope: 2,
        intercept: 1,
        gz: true,
        sform: SFORM,
      });
      const scan = await readNifti(memorySource('a', bytes), { id: '1', patient: 1, visit: 1 });
      const volume = await loadNiftiScan(scan);
      const values = volume.stored.slice(0, 4).fill(99);
      const delta = { grid: volume.grid, runs: Uint32Array.of(10, 4), values };
      const seen = nibabel(await writeNifti(memorySource('a.nii', bytes), delta));

      const expected = volume.stored.slice().fill(99, 10, 14);
      let sum = 0;
      for (let v = 0; v < expected.length; v++) sum += v * (2 * (expected[v] as number) + 1);
      expect(seen.sum).toBe(sum);
      expect(seen.shape).toEqual([4, 5, 6]);
      expect(seen.dtype.startsWith('>')).toBe(!littleEndian && volume.stored.BYTES_PER_ELEMENT > 1);
    }
  });

  test.each([1, 2] as const)(
    'reads our mask on the grid of the image (NIfTI-%i)',
    async (version) => {
      const extension = { code: 2, text: 'x' };
      const bytes = niftiFile({ version, sform: SFORM, extension, dim: [4, 4, 5, 6, 3] });
      const { grid } = await readNifti(memorySource('a', bytes), { id: '1', patient: 1, visit: 1 });
      const voxels = Uint8Array.from({ length: 120 }, (_, v) => Number(v === 50));
      const seen = nibabel(await writeNiftiMask(memorySource('a.nii', bytes), { grid, voxels }));

      expect(seen).toMatchObject({ sum: 50, dtype: 'uint8', affine: nibabel(bytes).affine });
    },
  );
});
