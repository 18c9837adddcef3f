/**
 * The seeds of the random shell (depth "shallow") and of the methods, from the key of the run
 * and the person: without the key they cannot be found from the scan. A seed is the person's, not the scan's,
 * because the walls of several series with shells of their own would average out to the skin;
 * and not the key's alone, because one known skin would give away the shell of everyone else.
 */
import type { DefaceOptions, SeededOptions } from '../core/deface/options.ts';
import type { Seed } from '../core/random.ts';
import type { Volume } from '../core/volume/volume.ts';
import type { Scan } from './open-scans.ts';
import type { Secrets } from './ports.ts';

/** The options with what the job needs to carry them out. */
export async function withSeed(
  options: DefaceOptions,
  scan: Scan,
  volume: Volume,
  secrets: Secrets,
): Promise<SeededOptions> {
  const who = (): string => personOf(scan) ?? `voxels\0${fingerprint(volume)}`;
  const seed = options.depth === 'shallow' ? await seedFor('shell', who(), secrets) : [];
  // Blank draws nothing.
  const methodSeed = options.method === 'blank' ? [] : await seedFor('method', who(), secrets);
  return { ...options, seed, methodSeed };
}

async function seedFor(use: string, who: string, { hmacSha256 }: Secrets): Promise<Seed> {
  const bytes = await hmacSha256(`${use}\0${who}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 4 }, (_, word) => view.getUint32(4 * word));
}

/** What is the same in all scans of a person; null where nothing says who it is. */
function personOf(scan: Scan): string | null {
  if (scan.kind === 'nifti') {
    // The name only: where a data set lies changes from run to run.
    const [, subject] = /(?:^|[/_])sub-([A-Za-z0-9]+)/.exec(scan.source.path) ?? [];
    return subject === undefined ? null : `sub\0${subject}`;
  }
  const key = scan.slices.find((slice) => slice !== null)?.instance.header.patientKey ?? '';
  return key.trim() === '' ? null : `patient\0${key}`;
}

/** Tells scans apart, no more: 64 bits of FNV-1a over the stored values. */
function fingerprint({ stored }: Volume): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let v = 0; v < stored.length; v++) {
    const value = stored[v] as number;
    const word = Number.isInteger(value) ? value : Math.round(value * 1024);
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ word ^ v, 0x01000193);
  }
  return `${stored.length} ${a >>> 0} ${b >>> 0}`;
}
