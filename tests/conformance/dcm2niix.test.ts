/** dcm2niix makes the same volume of what we write: same grid, same voxels outside the mask. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportedSeries, HEAD_SERIES, VOLUME_FILES } from '../support/exported-series.ts';
import { affineOf, convert, type Converted } from '../support/programs.ts';
import { hasProgram, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('dcm2niix');

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

    expect(now.map(({ grid }) => affineOf(grid))).toEqual(old.map(({ grid }) => affineOf(grid)));
  }, 120_000);
});
