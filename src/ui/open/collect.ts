/** From what was dropped or picked to named files; folders are walked. */
import type { SkippedFile } from '../../core/scan.ts';
import type { NamedFile } from '../../../workers/client.ts';

export interface Collected {
  readonly files: readonly NamedFile[];
  readonly skipped: readonly SkippedFile[];
}

export function collectPicked(list: FileList | null): Promise<Collected> {
  return Promise.resolve({
    files: Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file })),
    skipped: [],
  });
}

export async function collectDropped(data: DataTransfer): Promise<Collected> {
  // Entries must be taken before the first await: the list is emptied after the event.
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry());
  const plain = Array.from(data.files);
  if (!entries.some(Boolean))
    return { files: plain.map((file) => ({ path: file.name, file })), skipped: [] };
  const files: NamedFile[] = [];
  for (const entry of entries) if (entry) await walk(entry, '', files);
  return { files, skipped: [] };
}

async function walk(entry: FileSystemEntry, folder: string, files: NamedFile[]): Promise<void> {
  const path = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    files.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return;
    for (const child of batch) await walk(child, `${path}/`, files);
  }
}
