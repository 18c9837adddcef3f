/** `efface inspect`: what is in there, and what would be done with it. Changes nothing. */
import { walkFiles } from '../../adapters/node/folder-source.ts';
import { createSecrets } from '../../adapters/secrets/web-crypto.ts';
import { zipReader } from '../../adapters/zip/zip-reader.ts';
import { headerChanges } from '../../app/header-changes.ts';
import { openScans, type OpenedScans } from '../../app/open-scans.ts';
import type { InspectCommand } from '../args.ts';
import { headersJson, headersText, type ScanHeader } from '../header-text.ts';
import { checkInputs, readKey } from '../inputs.ts';
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
    if (command.header) {
      const headers = await headersOf(opened, command, signal);
      terminal.out(command.json ? headersJson(headers, __EFFACE_VERSION__) : headersText(headers));
      return exitOfInspect(opened);
    }
    terminal.out(command.json ? inspectJson(opened, __EFFACE_VERSION__) : inspectText(opened));
    return exitOfInspect(opened);
  } finally {
    line.clear();
  }
}

async function headersOf(
  { scans }: OpenedScans,
  { deidentification, key }: InspectCommand,
  signal: AbortSignal,
): Promise<readonly ScanHeader[]> {
  const secrets = await createSecrets(key === null ? undefined : await readKey(key));
  const headers: ScanHeader[] = [];
  for (const scan of scans) {
    signal.throwIfAborted();
    const options = { deidentification, face: true, version: __EFFACE_VERSION__, secrets };
    headers.push({ scan, rows: await headerChanges(scan, options) });
  }
  return headers;
}
