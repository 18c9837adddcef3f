/** What the person named on the command line, checked before work starts. */
import { existsSync, statSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { intentOf } from '../app/place/journal.ts';
import { isInUndo, JOURNAL } from '../app/place/layout.ts';
import { parsePatientIds } from '../core/deidentify/patient-ids.ts';
import { keyFrom } from '../core/deidentify/project-key.ts';
import { EffaceError } from '../core/errors.ts';
import { UsageError } from './args.ts';

/** @throws UsageError */
export function checkInputs(inputs: readonly string[]): void {
  for (const input of inputs) {
    if (!existsSync(input)) throw new UsageError(`There is no file or folder "${input}".`);
  }
}

/** @throws UsageError where a file stands in the place of the output folder, or above it */
export function checkOut(folder: string): void {
  for (const at of [path.resolve(folder), ...foldersAbove(path.resolve(folder))]) {
    if (!existsSync(at) || statSync(at).isDirectory()) continue;
    throw new UsageError(
      `--out takes a folder, or a new file that ends in .zip; "${at}" is a file.`,
    );
  }
}

/**
 * Refuses what lies in an undo folder, and in a folder that is half new and half old
 * (what lies below is met when it is walked).
 *
 * @throws EffaceError `place/undo-input`, `place/unfinished`
 */
export async function refuseUndo(inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    const real = await realpath(input);
    if (isInUndo(real.split(path.sep).join('/'))) throw new EffaceError('place/undo-input');
    for (const at of [real, ...foldersAbove(real)]) {
      const journal = await readFile(path.join(at, JOURNAL)).catch(() => null);
      const intent = journal && intentOf(journal);
      if (intent && !intent.done) throw new EffaceError('place/unfinished');
    }
  }
}

/**
 * A project's key: 32 or more hexadecimal digits, or any 16 or more bytes.
 *
 * @throws UsageError
 */
export async function readKey(file: string): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (cause) {
    throw new UsageError('The file of --key cannot be read.', { cause });
  }
  const key = keyFrom(bytes);
  if (!key) throw new UsageError('The key of --key is too short: it needs 16 bytes or more.');
  return key;
}

/**
 * New patient IDs by old ID, from a CSV.
 *
 * @throws UsageError where it cannot be read; EffaceError `ids/…` where it cannot be used
 */
export async function readPatientIds(file: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError('The file of --ids cannot be read.', { cause });
  }
  return parsePatientIds(text);
}

function foldersAbove(place: string): readonly string[] {
  const above = path.dirname(place);
  return above === place ? [] : [above, ...foldersAbove(above)];
}
