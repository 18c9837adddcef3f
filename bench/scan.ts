/** The scan of the benchmarks: the phantom on 300 slices of 512², as DICOM files. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import { phantomDicom } from '../src/core/phantom/as-dicom.ts';
import { makePhantom } from '../src/core/phantom/head.ts';
import { resampleNearest } from '../src/core/volume/resample.ts';

export const SIZE = [512, 512, 300] as const;

/** The phantom at 1 mm, refined to 300 slices of 512²: what it shows does not change the time. */
export async function writeScan(to: string): Promise<string[]> {
  const phantom = await makePhantom({ seed: 3, kind: 'CT' });
  const from = phantom.volume;
  const [ni, nj, nk] = from.grid.size;
  const spacing = Math.max(ni, nj) / SIZE[0];
  const flat = uprightGrid(SIZE, spacing, [0, -8, 10]);
  const affine = flat.affine.slice();
  affine[10] = nk / SIZE[2];
  affine[11] = 10 - ((SIZE[2] - 1) / 2) * (nk / SIZE[2]);
  const grid = { size: SIZE, affine: affine as unknown as typeof flat.affine };
  // resampleNearest works on bytes: low and high byte are taken one after the other.
  const stored = Uint16Array.from(from.stored);
  const low = resampleNearest(
    Uint8Array.from(stored, (v) => v & 255),
    from.grid,
    grid,
  );
  const high = resampleNearest(
    Uint8Array.from(stored, (v) => v >> 8),
    from.grid,
    grid,
  );
  const fine = Uint16Array.from(low, (v, n) => v | ((high[n] as number) << 8));
  await mkdir(to, { recursive: true });
  const files: string[] = [];
  for (const { bytes } of phantomDicom({ volume: { ...from, grid, stored: fine } })) {
    const file = path.join(to, `${String(files.length).padStart(4, '0')}.dcm`);
    await writeFile(file, bytes);
    files.push(file);
  }
  return files;
}
