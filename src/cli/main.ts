#!/usr/bin/env node
/** The command `efface`: the process around `run`. */
import { EXIT } from './exit-codes.ts';
import { run } from './run.ts';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // Asked twice: someone is in a hurry.
    if (controller.signal.aborted) process.exit(EXIT.cancelled);
    controller.abort();
  });
}
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const err = (text: string): void => {
  process.stderr.write(text);
};
const { stdin } = process;

process.exitCode = await run(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(text),
    err,
    isInteractive: process.stderr.isTTY,
    columns: process.stderr.columns,
    ...(stdin.isTTY && process.stderr.isTTY
      ? {
          ask: async (question: string) =>
            (await import('./ask-secret.ts')).askSecret(question, stdin, err),
        }
      : {}),
  },
  controller.signal,
);
