/** Folders by handle: in Chromium only, and not in TypeScript's DOM types. */
import { isAbort } from '../../../workers/wire.ts';

type Mode = 'read' | 'readwrite';

interface FolderPicker {
  showDirectoryPicker(options: { mode: Mode }): Promise<FileSystemDirectoryHandle>;
}

interface Asking {
  requestPermission?(options: { mode: Mode }): Promise<PermissionState>;
}

export function canPickFolders(): boolean {
  return 'showDirectoryPicker' in globalThis;
}

/** A folder the person picked; null where he thought better of it. */
export async function pickFolder(mode: Mode): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (globalThis as unknown as FolderPicker).showDirectoryPicker({ mode });
  } catch (thrown) {
    if (isAbort(thrown)) return null;
    throw thrown;
  }
}

/** Whether the person lets the page write there; the browser asks where he has not said so yet. */
export async function mayWrite(folder: FileSystemDirectoryHandle): Promise<boolean> {
  const answer = await (folder as Asking).requestPermission?.({ mode: 'readwrite' });
  return answer === undefined || answer === 'granted';
}
