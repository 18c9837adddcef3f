/**
 * `efface deface --in-place`: the same way, with the results in the place of their
 * originals, and what brings such a run to its end later.
 */
import { lstat, open } from 'node:fs/promises';
import path from 'node:path';
import { createFolderStore } from '../../adapters/node/folder-store.ts';
import { sha256 } from '../../adapters/secrets/web-crypto.ts';
import { zipReader } from '../../adapters/zip/zip-reader.ts';
import type { OpenedScans } from '../../app/open-scans.ts';
import { UNDO } from '../../app/place/layout.ts';
import { createPlaceSink } from '../../app/place/place-sink.ts';
import { planPlace, refuseBegun } from '../../app/place/plan.ts';
import { finish, resume, rollBack, undoState, type Recovered } from '../../app/place/recover.ts';
import { storeSources } from '../../app/place/store-files.ts';
import type { SwapPorts } from '../../app/place/swap.ts';
import { visitsOf } from '../../app/place/visits.ts';
import type { ArchiveReader } from '../../app/ports.ts';
import { EffaceError, type ErrorRecord } from '../../core/errors.ts';
import type { Report } from '../../core/report/report.ts';
import { UsageError, type DefaceCommand, type InPlace } from '../args.ts';
import { EXIT } from '../exit-codes.ts';
import { readIdentity } from '../identity.ts';
import { checkInputs, refuseUndo } from '../inputs.ts';
import { defaceJson } from '../json.ts';
import { exitOfDeface } from '../outcome.ts';
import { defaceText, inPlaceText, recoveredText } from '../print.ts';
import { createProgressLine } from '../progress-line.ts';
import { sourceOfLeft, sourceOfScan } from '../sources.ts';
import type { Terminal } from '../terminal.ts';
import { Run } from './deface.ts';

export type InPlaceCommand = DefaceCommand & { readonly out: InPlace };

/**
 * @returns the exit code
 * @throws the signal's reason when cancelled: everything is as it was then
 */
export async function defaceInPlace(
  command: InPlaceCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  checkInputs(command.inputs);
  const root = await rootOf(command.inputs);
  const ports: SwapPorts = { store: createFolderStore(root), sha256 };
  const { step } = command.out;
  if (step !== 'deface') return end(step, ports, root, command.json, terminal);

  await refuseUndo(command.inputs);
  await refuseBegun(ports);
  for (const input of command.inputs) await refuseArchive(input);
  const identity = await readIdentity(command, { kind: 'folder', path: root }, terminal);
  const line = createProgressLine(terminal, command.quiet || command.json);
  let notes: readonly ErrorRecord[] = [];
  try {
    const within = command.inputs.map((input) => relative(root, input));
    const files = storeSources(ports.store, within, { signal });
    const run = new Run(command, line, signal);
    const plan = async (opened: OpenedScans): ReturnType<typeof planPlace> =>
      planPlace(opened, ports, {
        names: command.deidentification.profile === 'none' ? 'keep' : command.out.names,
        rootName: path.basename(root),
        within,
        companions: command.deidentification.profile === 'basic',
        signal,
        onProgress: (progress) => {
          line.show('originals', progress);
        },
      });
    const sinkFor = async (opened: OpenedScans): Promise<ReturnType<typeof createPlaceSink>> => {
      const planned = await plan(opened);
      notes = planned.notes;
      return createPlaceSink(planned, ports, { leaveRest: command.out.leaveRest, signal });
    };
    const { report, opened } = await run.through(files, noArchives, sinkFor, identity);
    line.clear();
    terminal.out(
      command.json
        ? defaceJson(report, opened, {
            undo: report.totals.filesWritten > 0 ? `${root}/${UNDO}` : null,
            notes: notes.map(({ code }) => code),
            stays: staysOf(report, opened),
          })
        : defaceText(report, opened.skipped, `in ${root}`) +
            inPlaceText(notes, staysOf(report, opened), report.totals.filesWritten > 0),
    );
    return exitOfDeface(report, opened.skipped);
  } finally {
    line.clear();
    await identity.close();
  }
}

async function end(
  step: Exclude<InPlace['step'], 'deface'>,
  ports: SwapPorts,
  root: string,
  json: boolean,
  terminal: Terminal,
): Promise<number> {
  const before = await undoState(ports.store);
  const act = { resume, 'roll-back': rollBack, finish }[step];
  const recovered = await act(ports);
  const isNothing = before === 'none';
  terminal.out(
    json
      ? `${JSON.stringify({ schema: 'efface-in-place/1', step, ...summary(recovered) }, null, 2)}\n`
      : recoveredText(step, isNothing ? null : recovered, `${root}/${UNDO}`),
  );
  if (isNothing) return EXIT.nothing;
  return step !== 'roll-back' && recovered.back > 0 ? EXIT.incomplete : EXIT.done;
}

function summary({ placed, back, reasons }: Recovered): object {
  return { visitsNew: placed, visitsAsTheyWere: back, reasons: reasons.map(({ code }) => code) };
}

/**
 * The folder that is changed: the one named, or the nearest that holds all that were named.
 *
 * @throws EffaceError `place/link`
 */
async function rootOf(inputs: readonly string[]): Promise<string> {
  let root: string | null = null;
  for (const input of inputs) {
    const place = path.resolve(input);
    const found = await lstat(place);
    if (found.isSymbolicLink()) throw new EffaceError('place/link');
    const folder = found.isDirectory() ? place : path.dirname(place);
    while (root !== null && !isWithin(folder, root)) root = path.dirname(root);
    root ??= folder;
  }
  if (root === null) throw new UsageError('Name at least one file or folder.');
  return root;
}

function isWithin(place: string, root: string): boolean {
  return place === root || place.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

function relative(root: string, input: string): string {
  return path.relative(root, path.resolve(input)).split(path.sep).join('/');
}

/** @throws EffaceError `place/archive` */
async function refuseArchive(input: string): Promise<void> {
  if (!(await lstat(input)).isFile()) return;
  const handle = await open(input);
  try {
    const { buffer } = await handle.read(new Uint8Array(4), 0, 4, 0);
    if (zipReader.isArchive(buffer)) throw new EffaceError('place/archive');
  } finally {
    await handle.close();
  }
}

/** Archives in a folder are named as such, and stay. */
const noArchives: ArchiveReader = {
  isArchive: (first) => zipReader.isArchive(first),
  // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- nothing is looked into
  async *expand() {
    throw new EffaceError('place/archive');
  },
};

/** Paths of scans and images that were not written, and of what may be some. */
function staysOf(report: Report, opened: OpenedScans): readonly string[] {
  const written = new Set(
    report.series.filter(({ output }) => output.length > 0).map(({ n }) => String(n)),
  );
  const { directories, visits } = visitsOf(opened);
  const gone = report.totals.filesWritten > 0 ? new Set(directories) : new Set<string>();
  const paths = [
    ...opened.scans.flatMap((scan) => (written.has(scan.id) ? [] : sourceOfScan(scan))),
    ...opened.left.flatMap(sourceOfLeft),
    ...visits.flatMap(({ rest }) => [...rest]),
  ];
  return [...new Set(paths)].filter((one) => !gone.has(one));
}
