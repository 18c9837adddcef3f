/** What lies in a store, as files to be opened: the undo folder is passed over. */
import { EffaceError } from '../../core/errors.ts';
import { createCheckpoint, type JobOptions } from '../../core/progress.ts';
import type { SkippedFile } from '../../core/scan.ts';
import { CLUTTER, type SourceFile } from '../../core/source-file.ts';
import type { Store, StoreEntry } from '../ports.ts';
import { intentOf } from './journal.ts';
import { JOURNAL, UNDO } from './layout.ts';

export interface Found {
  readonly path: string;
  readonly kind: StoreEntry['kind'];
}

/**
 * Everything but folders, in order of name, 2 before 10.
 *
 * @throws EffaceError `place/unfinished` where a folder is half new and half old
 */
export async function* walkStore(
  store: Store,
  folder = '',
  job: JobOptions = {},
): AsyncGenerator<Found> {
  const checkpoint = createCheckpoint(job.signal);
  const entries = [...(await store.list(folder))].sort(byName);
  for (const { name, kind } of entries) {
    await checkpoint();
    const path = folder === '' ? name : `${folder}/${name}`;
    if (name === UNDO) {
      await refuseUnfinished(store, folder === '' ? JOURNAL : `${folder}/${JOURNAL}`);
      continue;
    }
    if (kind === 'folder') yield* walkStore(store, path, job);
    else yield { path, kind };
  }
}

/** The same of several files and folders, each thing once. */
export async function* walkWithin(
  store: Store,
  within: readonly string[],
  job: JobOptions = {},
): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for (const place of within) {
    const isFolder = place === '' || (await store.stat(place))?.kind === 'folder';
    const found = isFolder ? walkStore(store, place, job) : [await oneOf(store, place)];
    for await (const one of found) {
      if (seen.has(one.path)) continue;
      seen.add(one.path);
      yield one;
    }
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
  for await (const { path, kind } of walkWithin(store, within, job)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (kind === 'other' || CLUTTER.test(name)) continue;
    if (kind === 'link') yield { path, reason: { code: 'place/link', details: {} } };
    else yield await storeSource(store, path);
  }
}

async function refuseUnfinished(store: Store, journal: string): Promise<void> {
  if (!(await store.stat(journal))) return;
  const intent = intentOf(await store.read(journal));
  if (intent && !intent.done) throw new EffaceError('place/unfinished');
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
