/** Other people's scans that lie beside the project (`../shared/data`), where they do. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../src/core/source-file.ts';

const SHARED = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** The folder of unpacked DICOM, or null with a line that says so. */
export function sharedDicom(): string | null {
  const unpack = `${SHARED}/unpack`;
  if (!existsSync(unpack)) {
    console.warn('skipped: ../shared/data is not here');
    return null;
  }
  return execFileSync(unpack, { encoding: 'utf8' }).trim();
}

/** Whether a program is on the PATH; says so where it is not. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`skipped: ${name} is not installed`);
    return false;
  }
}

/** All files below a folder, in the order of their names. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => `${folder}/${name}`)
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
    .filter((path) => !path.endsWith('/.complete'));
}

export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path));
}

/** A file on disk as the core sees it. */
export function sourceFileAt(path: string): SourceFile {
  const bytes = readBytes(path);
  return memoryFile(path, bytes);
}

/** Bytes in memory as the core sees a file. */
export function memoryFile(path: string, bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path,
    size: bytes.length,
    read: (start = 0, end = bytes.length) => Promise.resolve(bytes.slice(start, end)),
  };
}

/** The folder itself; for a file, a temporary folder with a copy of it alone. */
export function folderOf(place: string): string {
  if (statSync(place).isDirectory()) return place;
  const folder = mkdtempSync(path.join(tmpdir(), 'efface-one-'));
  copyFileSync(place, path.join(folder, path.basename(place)));
  return folder;
}
