/**
 * What a person dropped on the page or picked with a file input, folders walked. The
 * interfaces name only what is used of the File and Directory Entries API, so that tests
 * can bring entries of their own.
 */
import type { SkippedFile } from '../../core/scan.ts';
import { CLUTTER } from '../../core/source-file.ts';
import type { PickedFile } from './file-source.ts';

export interface Picked {
  readonly files: readonly PickedFile[];
  readonly skipped: readonly SkippedFile[];
}

export interface DroppedEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
  file?(done: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): {
    readEntries(done: (entries: DroppedEntry[]) => void, failed: (error: unknown) => void): void;
  };
}

export interface Dropped {
  readonly files: Iterable<File>;
  readonly items?: Iterable<{
    readonly kind: string;
    webkitGetAsEntry?(): DroppedEntry | null;
    getAsFile?(): File | null;
  }>;
}

/**
 * Has to be called while the drop event is being handled: what it holds is gone after.
 */
export async function collectDropped(dropped: Dropped): Promise<Picked> {
  const items = [...(dropped.items ?? [])].filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile?.() ?? null);
  const plain = [...dropped.files];
  // Where there are no entries (made-up drops, old browsers) there are still files.
  if (!entries.some((entry) => entry && !isFile(entry))) return collectPicked(plain);

  const files: PickedFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const entry of entries) {
    if (!entry) continue;
    if (isFile(entry)) files.push({ path: entry.name, file: entry });
    else await walk(entry, entry.name, files, skipped);
  }
  return { files: inOrder(files), skipped };
}

/** The files of an `<input type="file">`, of a folder (`webkitdirectory`) or not. */
export function collectPicked(list: Iterable<File>): Picked {
  const files = [...list]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ file }) => !CLUTTER.test(file.name));
  return { files: inOrder(files), skipped: [] };
}

async function walk(
  entry: DroppedEntry,
  path: string,
  files: PickedFile[],
  skipped: SkippedFile[],
): Promise<void> {
  if (CLUTTER.test(entry.name)) return;
  if (entry.isDirectory) {
    let children: DroppedEntry[];
    try {
      children = await childrenOf(entry);
    } catch {
      skipped.push({ path, reason: { code: 'folder/unreadable', details: {} } });
      return;
    }
    for (const child of children) await walk(child, `${path}/${child.name}`, files, skipped);
    return;
  }
  try {
    files.push({ path, file: await fileOf(entry) });
  } catch {
    skipped.push({ path, reason: { code: 'file/unreadable', details: {} } });
  }
}

/** All children: a reader gives them in batches (of 100 in Chromium) until one is empty. */
async function childrenOf(entry: DroppedEntry): Promise<DroppedEntry[]> {
  const reader = entry.createReader?.();
  if (!reader) return [];
  const all: DroppedEntry[] = [];
  for (;;) {
    const batch = await new Promise<DroppedEntry[]>((done, failed) => {
      reader.readEntries(done, failed);
    });
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

function fileOf(entry: DroppedEntry): Promise<File> {
  return new Promise((done, failed) => {
    if (entry.file) entry.file(done, failed);
    else failed(new Error('an entry without a file'));
  });
}

function isFile(entry: DroppedEntry | File): entry is File {
  return typeof File !== 'undefined' && entry instanceof File;
}

/** 2 before 10, as people number their files: browsers give them in any order. */
function inOrder(files: readonly PickedFile[]): readonly PickedFile[] {
  return [...files].sort((a, b) => COLLATOR.compare(a.path, b.path) || (a.path < b.path ? -1 : 1));
}
const COLLATOR = new Intl.Collator('en', { numeric: true });
