/** The passphrase of a crosswalk: from the environment or the terminal, never from the command line. */
import { UsageError } from './args.ts';
import type { Terminal } from './terminal.ts';

export const PASSPHRASE_VARIABLE = 'EFFACE_PASSPHRASE';
const MIN_LENGTH = 8;

/**
 * @param twice whether it is typed again, because nobody could open what a slip sealed
 * @throws UsageError where there is none, it is too short, or the two differ
 */
export async function readPassphrase(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  twice: boolean,
): Promise<string> {
  const given = environment[PASSPHRASE_VARIABLE];
  if (given === undefined && !terminal.ask) {
    throw new UsageError(
      `The crosswalk needs a passphrase: set ${PASSPHRASE_VARIABLE}, or start from a terminal.`,
    );
  }
  const passphrase = given ?? (await terminal.ask?.('Passphrase of the crosswalk: ')) ?? '';
  if (twice && passphrase.length < MIN_LENGTH) {
    throw new UsageError(`The passphrase needs ${MIN_LENGTH} characters or more.`);
  }
  if (twice && given === undefined && (await terminal.ask?.('Again: ')) !== passphrase) {
    throw new UsageError('The two passphrases differ.');
  }
  return passphrase;
}
