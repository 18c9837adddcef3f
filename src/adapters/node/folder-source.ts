/** Files and folders on disk, walked in order of name. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { EffaceError, type ErrorCode } from '../../core/errors.ts';
import { createCheckpoint, type JobOptions } from '../../core/progress.ts';
import type { SkippedFile } from '../../core/scan.ts';
import { CLUTTER, type SourceFile } from '../../core/source-file.ts';
import { fileSource } from './file-source.ts';

export interface WalkOptions extends JobOptions {
  /** A folder that is passed over: the output, when it lies within an input. */
  readonly except?: string;
}

/**
 * Every file under the inputs, each once. Links within a folder are followed as long as
 * they stay in it; what cannot be read, or leads out, comes as skipped.
 *
 * @throws EffaceError `file/unreadable` where an input itself does not exist
 */
export async function* walkFiles(
  inputs: readonly string[],
  { signal, except }: WalkOptions = {},
): AsyncGenerator<SourceFile | SkippedFile> {
  const checkpoint = createCheckpoint(signal);
  const seen = new Set<string>();
  const excepted = except === undefined ? null : await realpath(except).catch(() => null);

  async function* visit(
    place: string,
    shown: string,
    root: string,
  ): AsyncGenerator<SourceFile | SkippedFile> {
    await checkpoint();
    let real: string;
    let isFolder: boolean;
    let size: number;
    try {
      real = await realpath(place);
      const info = await stat(real);
      if (!info.isDirectory() && !info.isFile()) return; // a socket, a device
      isFolder = info.isDirectory();
      size = info.size;
    } catch {
      yield skipped(shown, 'file/unreadable');
      return;
    }
    if (real === excepted || seen.has(real)) return;
    if (!isWithin(real, root)) {
      yield skipped(shown, 'file/link-outside');
      return;
    }
    seen.add(real);
    if (!isFolder) {
      yield fileSource(real, size, shown);
      return;
    }
    let names: string[];
    try {
      names = await readdir(real);
    } catch {
      yield skipped(shown, 'folder/unreadable');
      return;
    }
    for (const name of names.sort(byName)) {
      if (CLUTTER.test(name)) continue;
      yield* visit(path.join(real, name), path.posix.join(shown, name), root);
    }
  }

  for (const input of inputs) {
    let root: string;
    try {
      await lstat(input);
      root = await realpath(input);
    } catch (cause) {
      throw new EffaceError('file/unreadable', {}, { cause });
    }
    yield* visit(root, input.replaceAll('\\', '/'), root);
  }
}

function isWithin(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

/** 2 before 10, as people number their files; the same on every machine. */
function byName(a: string, b: string): number {
  return COLLATOR.compare(a, b) || (a < b ? -1 : 1);
}
const COLLATOR = new Intl.Collator('en', { numeric: true });

function skipped(shown: string, code: ErrorCode): SkippedFile {
  return { path: shown, reason: { code, details: {} } };
}
