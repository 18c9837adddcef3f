/** A folder the person picked with `showDirectoryPicker`, walked. */
import type { SkippedFile } from '../../core/scan.ts';
import { CLUTTER } from '../../core/source-file.ts';
import type { Picked } from './dropped-files.ts';
import type { PickedFile } from './file-source.ts';

/** Every file in the folder; what cannot be read comes as skipped. */
export async function collectDirectory(folder: FileSystemDirectoryHandle): Promise<Picked> {
  const files: PickedFile[] = [];
  const skipped: SkippedFile[] = [];
  await walk(folder, folder.name, files, skipped);
  const collator = new Intl.Collator('en', { numeric: true });
  files.sort((a, b) => collator.compare(a.path, b.path));
  return { files, skipped };
}

async function walk(
  folder: FileSystemDirectoryHandle,
  path: string,
  files: PickedFile[],
  skipped: SkippedFile[],
): Promise<void> {
  try {
    for await (const [name, handle] of folder.entries()) {
      if (CLUTTER.test(name)) continue;
      const inner = path ? `${path}/${name}` : name;
      if (handle.kind === 'directory') {
        await walk(handle, inner, files, skipped);
        continue;
      }
      try {
        files.push({ path: inner, file: await handle.getFile() });
      } catch {
        skipped.push({ path: inner, reason: { code: 'file/unreadable', details: {} } });
      }
    }
  } catch {
    skipped.push({ path, reason: { code: 'folder/unreadable', details: {} } });
  }
}
