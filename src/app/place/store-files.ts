/** What lies in a store, as files to be opened: the undo folder is passed over. */
import { createCheckpoint, type JobOptions } from '../../core/progress.ts';
import type { SkippedFile } from '../../core/scan.ts';
import { CLUTTER, type SourceFile } from '../../core/source-file.ts';
import type { Store, StoreEntry } from '../ports.ts';
import { UNDO } from './layout.ts';

export interface Found {
  readonly path: string;
  readonly kind: StoreEntry['kind'];
}

/** Everything but folders, in order of name, 2 before 10. */
export async function* walkStore(
  store: Store,
  folder = '',
  job: JobOptions = {},
): AsyncGenerator<Found> {
  const checkpoint = createCheckpoint(job.signal);
  const entries = [...(await store.list(folder))].sort(byName);
  for (const { name, kind } of entries) {
    await checkpoint();
    if (name === UNDO) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'folder') yield* walkStore(store, path, job);
    else yield { path, kind };
  }
}

/**
 * The files of a store as sources; links are skipped, because nothing is written through
 * them.
 *
 * @param within files and folders to look at; everything by default
 */
export async function* storeSources(
  store: Store,
  within: readonly string[] = [''],
  job: JobOptions = {},
): AsyncGenerator<SourceFile | SkippedFile> {
  const seen = new Set<string>();
  for (const place of within) {
    const isFolder = place === '' || (await store.stat(place))?.kind === 'folder';
    const found = isFolder ? walkStore(store, place, job) : [await oneOf(store, place)];
    for await (const { path, kind } of found) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (kind === 'other' || CLUTTER.test(name) || seen.has(path)) continue;
      seen.add(path);
      if (kind === 'link') yield { path, reason: { code: 'place/link', details: {} } };
      else yield await storeSource(store, path);
    }
  }
}

async function storeSource(store: Store, path: string): Promise<SourceFile> {
  const size = (await store.stat(path))?.size ?? 0;
  return {
    path,
    size,
    read: (start = 0, end = size) => store.read(path, Math.max(0, start), Math.min(end, size)),
  };
}

async function oneOf(store: Store, path: string): Promise<Found> {
  return { path, kind: (await store.stat(path))?.kind ?? 'other' };
}

function byName({ name: a }: StoreEntry, { name: b }: StoreEntry): number {
  return COLLATOR.compare(a, b) || (a < b ? -1 : 1);
}
const COLLATOR = new Intl.Collator('en', { numeric: true });
