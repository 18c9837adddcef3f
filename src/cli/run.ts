/** One command from its words to its exit code; everything that can go wrong ends here. */
import { EffaceError, type ErrorCode } from '../core/errors.ts';
import { parseCommand, UsageError, type Command } from './args.ts';
import { EXIT } from './exit-codes.ts';
import { sentences } from './print.ts';
import type { Terminal } from './terminal.ts';
import { USAGE } from './usage.ts';

/** @returns the exit code (design.md §6) */
export async function run(
  argv: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  let command: Command | null = null;
  try {
    command = parseCommand(argv);
    return await start(command, terminal, signal);
  } catch (error) {
    return explainEnd(error, { terminal, signal, left: leftBy(command) });
  }
}

/** What a run leaves that ends before its time. */
function leftBy(command: Command | null): string {
  return command?.kind === 'deface' && command.resume
    ? 'Nothing was written yet; with the same command the run goes on.'
    : 'Nothing was written.';
}

/** What is wrong with the command, not with a file of the input. */
const USAGE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'output/exists',
  'output/at-work',
  'ids/damaged',
  'ids/shared',
  'ids/echo',
  'crosswalk/inside-output',
  'crosswalk/write',
]);

/** Each command is loaded when it is asked for: the help needs no network. */
async function start(command: Command, terminal: Terminal, signal: AbortSignal): Promise<number> {
  switch (command.kind) {
    case 'help':
      terminal.out(USAGE);
      return EXIT.done;
    case 'version':
      terminal.out(`${__EFFACE_VERSION__}\n`);
      return EXIT.done;
    case 'inspect':
      return (await import('./commands/inspect.ts')).inspect(command, terminal, signal);
    case 'deface':
      return command.out.kind === 'in-place'
        ? (await import('./commands/deface-in-place.ts')).defaceInPlace(
            { ...command, out: command.out },
            terminal,
            signal,
          )
        : (await import('./commands/deface.ts')).deface(command, terminal, signal);
    case 'crosswalk':
      return (await import('./commands/crosswalk.ts')).crosswalk(command, terminal);
    case 'match':
      return (await import('./commands/match.ts')).match(command, terminal, signal);
    case 'serve':
      return (await import('./commands/serve.ts')).serve(command, terminal, signal);
  }
}

function explainEnd(
  error: unknown,
  { terminal, signal, left }: { terminal: Terminal; signal: AbortSignal; left: string },
): number {
  const isAbort = error instanceof DOMException && error.name === 'AbortError';
  // A cancel that could not put the originals back is no plain cancel.
  const isHalfway = error instanceof EffaceError && error.code === 'place/unfinished';
  if ((signal.aborted || isAbort) && !isHalfway) {
    terminal.err(`Cancelled. ${left}\n`);
    return EXIT.cancelled;
  }
  if (error instanceof UsageError) {
    terminal.err(`${error.message}\nSee "efface --help".\n`);
    return EXIT.usage;
  }
  if (error instanceof EffaceError) {
    terminal.err(`${sentences(error.toRecord())}\n`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.incomplete;
  }
  // Messages of the system can hold paths, and paths names: only where it happened is told.
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '').match(/^ +at .*$/gm) : null;
  terminal.err(
    `A fault in Efface ${__EFFACE_VERSION__} stopped the run (${name}). ${left}\n` +
      `${(stack ?? []).slice(0, 8).join('\n')}\n`,
  );
  return EXIT.incomplete;
}
