/** Scans of any folder, DICOM or NIfTI, numbered: whose they are stays in the folder. */
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { walkFiles } from '../../src/adapters/node/folder-source.ts';
import { zipReader } from '../../src/adapters/zip/zip-reader.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import { EffaceError } from '../../src/core/errors.ts';
import type { Head } from '../evaluate/heads.ts';

/**
 * @param onLeftOut a scan that cannot be read, with the code of its error; the others go on
 */
export async function* headsOfFolder(
  folder: string,
  onLeftOut: (name: string, code: string) => void,
): AsyncGenerator<Head> {
  const decoder = createFrameDecoder();
  const { scans } = await openScans(walkFiles([folder]), { archives: zipReader });
  const people = new Set<number>();
  for (const [n, scan] of scans.entries()) {
    const name = `scan ${n + 1}`;
    try {
      const volume = await loadVolume(scan, decoder);
      yield { name, volume, zones: null, brain: null, isRepeat: people.has(scan.patient) };
      people.add(scan.patient);
    } catch (error) {
      if (!(error instanceof EffaceError)) throw error;
      onLeftOut(name, error.code);
    }
  }
}
