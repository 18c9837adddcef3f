/** What turns people into others in a run: key, list of IDs, and where the crosswalk goes. */
import type { ExportPorts } from '../app/export-scans.ts';
import type { DefaceCommand } from './args.ts';
import { reserveCrosswalk } from './crosswalk-file.ts';
import { readKey, readPatientIds } from './inputs.ts';
import { readPassphrase } from './passphrase.ts';
import type { Terminal } from './terminal.ts';

export interface Identity {
  readonly key: Uint8Array<ArrayBuffer> | undefined;
  readonly patientIds: ReadonlyMap<string, string> | undefined;
  readonly crosswalk: ExportPorts['crosswalk'] | undefined;
  /** Called at the end, however the run ended. */
  close(): Promise<void>;
}

/**
 * @param out where results go: the crosswalk must not lie there
 * @throws UsageError, EffaceError `ids/…`, `crosswalk/…`
 */
export async function readIdentity(
  command: DefaceCommand,
  out: { readonly kind: 'folder' | 'zip'; readonly path: string },
  terminal: Terminal,
): Promise<Identity> {
  const key = command.key === null ? undefined : await readKey(command.key);
  const patientIds = command.ids === null ? undefined : await readPatientIds(command.ids);
  if (command.crosswalk === null) {
    return { key, patientIds, crosswalk: undefined, close: () => Promise.resolve() };
  }
  const passphrase = await readPassphrase(terminal, process.env, true);
  const file = await reserveCrosswalk(command.crosswalk, out, passphrase, command.resume);
  return {
    key,
    patientIds,
    crosswalk: (entries) => file.write(entries),
    close: () => file.close(),
  };
}
