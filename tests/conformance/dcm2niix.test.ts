/** dcm2niix makes the same volume of what we write: same grid, same voxels outside the mask. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { exportedSeries, HEAD_SERIES, VOLUME_FILES } from '../support/exported-series.ts';
import { hasProgram, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('dcm2niix');

interface Converted {
  /** dim, pixdim, slope, qform and sform: geometry and scaling as bytes. */
  readonly grid: string;
  readonly voxels: Buffer;
  readonly dims: readonly number[];
  readonly bytes: number;
}

/** All volumes that dcm2niix makes of a folder, by name of series number. */
function convert(folder: string): readonly Converted[] {
  const out = mkdtempSync(path.join(tmpdir(), 'efface-dcm2niix-'));
  const run = spawnSync('dcm2niix', ['-b', 'n', '-z', 'n', '-f', '%s_%d', '-o', out, folder], {
    encoding: 'utf8',
  });
  const names = readdirSync(out).filter(
    (name) => name.endsWith('.nii') || name.endsWith('.nii.gz'),
  );
  expect(run.status).toBe(0);
  const volumes = names.map((name): Converted => {
    const raw = readFileSync(path.join(out, name));
    const bytes = raw[0] === 0x1f ? gunzipSync(raw) : raw;
    return {
      grid: Buffer.concat([
        bytes.subarray(40, 58),
        bytes.subarray(70, 124),
        bytes.subarray(252, 328),
      ]).toString('hex'),
      dims: [1, 2, 3].map((axis) => bytes.readInt16LE(40 + 2 * axis)),
      bytes: bytes.readInt16LE(72) / 8,
      voxels: bytes.subarray(bytes.readFloatLE(108)),
    };
  });
  rmSync(out, { recursive: true });
  return volumes;
}

/** Voxels that differ, whatever way the converter turned the volume. */
function differing(a: Converted, b: Converted): number {
  let count = 0;
  for (let v = 0; v + a.bytes <= a.voxels.length; v += a.bytes) {
    if (a.voxels.compare(b.voxels, v, v + a.bytes, v, v + a.bytes) !== 0) count++;
  }
  return count;
}

describe.skipIf(!ready)('dcm2niix', () => {
  test.each([...HEAD_SERIES, ...VOLUME_FILES])(
    'makes the same volume of %s, but for the voxels removed',
    async (name) => {
      // Philips' own scale and the slice times of a mosaic lie in private elements, which the
      // Basic profile removes without an option.
      const profile = name.includes('hilips') ? 'none' : 'basic';
      const { folders, after, region, volume, report } = await exportedSeries(data ?? '', name, {
        profile,
        options: name.includes('mosaic') ? ['private'] : [],
      });
      const [old, now] = [convert(folders.before), convert(folders.after)];
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });
      const changed = old.map((one, n) => (now[n] ? differing(one, now[n]) : -1));
      const removed = region.voxels.reduce((sum, set) => sum + set, 0);

      expect(now.map(({ grid }) => grid)).toEqual(old.map(({ grid }) => grid));
      expect(old.length).toBeGreaterThan(0);
      for (const count of changed) {
        expect(count).toBeGreaterThan(0);
        // At most the box; less where it held air already, or lies between two files.
        expect(count).toBeLessThanOrEqual(removed);
      }
      expect(report.check?.outsideMaskChanged).toBe(0);
      expect(volume.grid.size[0]).toBeGreaterThan(1);
    },
    120_000,
  );

  test('makes the same affine of a mosaic under the Basic profile alone', async () => {
    const name = 'cases/enhanced/mosaic_35slices_explicit.dcm';
    const { folders, after } = await exportedSeries(data ?? '', name);
    const [old, now] = [convert(folders.before), convert(folders.after)];
    rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });
    // The slice code (byte 122) says in which order slices were acquired; bytes 58–69 are not compared.
    const affine = (grid: string): string => {
      const at = 2 * (58 - 40 + (122 - 70));
      return grid.slice(0, at) + grid.slice(at + 2);
    };

    expect(now.map(({ grid }) => affine(grid))).toEqual(old.map(({ grid }) => affine(grid)));
  }, 120_000);
});
