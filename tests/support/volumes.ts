/** Volumes of files on disk, and where two of them differ. */
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import type { Mask, Volume } from '../../src/core/volume/volume.ts';
import { sourceFileAt } from './shared-data.ts';

/** The volume of the first scan in the files. */
export async function volumeOf(files: readonly string[]): Promise<Volume> {
  const { scans } = await openScans(files.map(sourceFileAt), {});
  if (!scans[0]) throw new Error('no scan');
  return loadVolume(scans[0], createFrameDecoder());
}

/** Voxels that differ, inside and outside a region. */
export function differences(
  a: Volume,
  b: Volume,
  { voxels }: Mask,
): { readonly inside: number; readonly outside: number } {
  let [inside, outside] = [0, 0];
  for (let v = 0; v < voxels.length; v++) {
    if (a.stored[v] === b.stored[v]) continue;
    if (voxels[v]) inside++;
    else outside++;
  }
  return { inside, outside };
}
