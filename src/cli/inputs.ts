/** What the person named on the command line, checked before work starts. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parsePatientIds } from '../core/deidentify/patient-ids.ts';
import { keyFrom } from '../core/deidentify/project-key.ts';
import { UsageError } from './args.ts';

/** @throws UsageError */
export function checkInputs(inputs: readonly string[]): void {
  for (const input of inputs) {
    if (!existsSync(input)) throw new UsageError(`There is no file or folder "${input}".`);
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
