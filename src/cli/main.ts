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

process.exitCode = await run(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isInteractive: process.stderr.isTTY,
    columns: process.stderr.columns,
  },
  controller.signal,
);
