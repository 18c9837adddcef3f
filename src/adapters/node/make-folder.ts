import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * The folder with those above it. Node's own `recursive` never ends where the system says of a
 * new folder that it does not exist though the one above does (/proc, some mounts).
 *
 * @throws what mkdir throws; nothing where the folder is there already
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      // A file of that name: whoever writes into it is told.
      return;
    }
    const above = path.dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above, mode);
    await mkdir(folder, { mode }).catch((again: unknown) => {
      if ((again as NodeJS.ErrnoException).code !== 'EEXIST') throw again;
    });
  }
}
