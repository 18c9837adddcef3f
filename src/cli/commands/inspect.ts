/** `efface inspect`: what is in there, and what would be done with it. Changes nothing. */
import { walkFiles } from '../../adapters/node/folder-source.ts';
import { zipReader } from '../../adapters/zip/zip-reader.ts';
import { openScans } from '../../app/open-scans.ts';
import type { InspectCommand } from '../args.ts';
import { checkInputs } from '../inputs.ts';
import { inspectJson } from '../json.ts';
import { exitOfInspect } from '../outcome.ts';
import { inspectText } from '../print.ts';
import { createProgressLine } from '../progress-line.ts';
import type { Terminal } from '../terminal.ts';

/** @returns the exit code */
export async function inspect(
  command: InspectCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  checkInputs(command.inputs);
  const line = createProgressLine(terminal, command.json);
  try {
    const opened = await openScans(walkFiles(command.inputs, { signal }), {
      archives: zipReader,
      signal,
      onProgress: ({ stage, done }) => {
        line.show(`file ${done}`, { stage, done, total: 0 });
      },
    });
    line.clear();
    terminal.out(command.json ? inspectJson(opened, __EFFACE_VERSION__) : inspectText(opened));
    return exitOfInspect(opened);
  } finally {
    line.clear();
  }
}
