/** The file of the crosswalk: reserved before the run, sealed and filled at its end. */
import { open, realpath, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { seal } from '../adapters/secrets/sealed.ts';
import { crosswalkCsv } from '../core/deidentify/crosswalk.ts';
import type { CrosswalkEntry } from '../core/deidentify/pseudonyms.ts';
import { EffaceError } from '../core/errors.ts';

export interface CrosswalkFile {
  write(entries: readonly CrosswalkEntry[]): Promise<void>;
  /** Closes it; takes it away where nothing was written. */
  close(): Promise<void>;
}

/**
 * Makes the file, empty, so that a place that cannot be written to is known before hours of
 * work. An existing file is never replaced.
 *
 * @param out where the results go, a folder or a ZIP
 * @param resume take over an empty one, which a run that was stopped left
 * @throws EffaceError `crosswalk/inside-output`, `crosswalk/write`
 */
export async function reserveCrosswalk(
  file: string,
  out: { readonly kind: 'folder' | 'zip'; readonly path: string },
  passphrase: string,
  resume = false,
): Promise<CrosswalkFile> {
  const [place, output] = [await whole(file), await whole(out.path)];
  const inside = out.kind === 'folder' && place.startsWith(`${output}${path.sep}`);
  if (inside || place === output) throw new EffaceError('crosswalk/inside-output');
  let handle: FileHandle;
  try {
    const isLeft = resume && (await stat(place).catch(() => null))?.size === 0;
    handle = await open(place, isLeft ? 'r+' : 'wx', 0o600);
  } catch (cause) {
    throw new EffaceError('crosswalk/write', {}, { cause });
  }
  let isWritten = false;
  return {
    async write(entries) {
      const sealed = await seal(crosswalkCsv(entries), passphrase);
      try {
        await handle.writeFile(sealed);
        await handle.sync();
      } catch (cause) {
        throw new EffaceError('crosswalk/write', {}, { cause });
      }
      isWritten = true;
    },
    async close() {
      await handle.close();
      if (!isWritten) await rm(place, { force: true });
    },
  };
}

/** The path with links followed as far as it exists. */
async function whole(place: string): Promise<string> {
  const absolute = path.resolve(place);
  try {
    return await realpath(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(await whole(parent), path.basename(absolute));
  }
}
