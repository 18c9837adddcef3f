/** `efface crosswalk FILE`: opens a crosswalk and prints it. */
import { readFile } from 'node:fs/promises';
import { unseal } from '../../adapters/secrets/sealed.ts';
import { UsageError, type CrosswalkCommand } from '../args.ts';
import { EXIT } from '../exit-codes.ts';
import { readPassphrase } from '../passphrase.ts';
import type { Terminal } from '../terminal.ts';

/**
 * @returns the exit code
 * @throws UsageError; EffaceError `crosswalk/damaged`, `crosswalk/passphrase`
 */
export async function crosswalk(
  { file }: CrosswalkCommand,
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  let sealed: string;
  try {
    sealed = await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError('The crosswalk cannot be read.', { cause });
  }
  const passphrase = await readPassphrase(terminal, environment, false);
  terminal.out(await unseal(sealed, passphrase));
  return EXIT.done;
}
