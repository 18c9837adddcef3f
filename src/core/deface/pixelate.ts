/**
 * Method "pixelate": the region in blocks of 12 mm of the head's own frame, each its own
 * mean. Like blur it keeps the coarse shape (decision 17); blocks in the frame of the head
 * at least do not move over the face from scan to scan, where several would tell more.
 */
import { indexToLps } from '../geometry/affine.ts';
import type { JobOptions } from '../progress.ts';
import type { Delta } from '../volume/delta.ts';
import { rescaleOf } from '../volume/volume.ts';
import { indexToHead } from './head-frame.ts';
import type { Opening } from './opening.ts';
import { storing, writeRegion } from './write-region.ts';

const BLOCK_MM = 12;
/** Blocks along each axis: farther out than any scan of a head reaches. */
const BLOCKS = 96;

export async function pixelate(
  { volume, removed, frame }: Opening,
  job: JobOptions = {},
): Promise<Delta> {
  const { region } = removed;
  const toHead = indexToHead(frame, volume.grid.affine);
  const cell = (mm: number): number =>
    Math.max(0, Math.min(BLOCKS - 1, Math.floor(mm / BLOCK_MM) + BLOCKS / 2));
  const block = (i: number, j: number, k: number): number => {
    const [x, y, z] = indexToLps(toHead, [i, j, k]);
    return cell(x) + BLOCKS * (cell(y) + BLOCKS * cell(z));
  };
  const sums = new Float64Array(BLOCKS ** 3);
  const counts = new Uint32Array(BLOCKS ** 3);
  await writeRegion(
    volume,
    region,
    (k) => {
      const { slope, intercept } = rescaleOf(volume, k);
      return (v, i, j) => {
        const at = block(i, j, k);
        sums[at] = (sums[at] as number) + (volume.stored[v] as number) * slope + intercept;
        return (counts[at] = (counts[at] as number) + 1);
      };
    },
    job,
  );
  const store = storing(volume);
  return writeRegion(
    volume,
    region,
    (k) => {
      const stored = store(k);
      return (_, i, j) => {
        const at = block(i, j, k);
        return stored((sums[at] as number) / (counts[at] as number));
      };
    },
    job,
  );
}
