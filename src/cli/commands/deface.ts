/** `efface deface`: the whole way, series by series; one that fails does not stop the others. */
import { createFrameDecoder } from '../../adapters/codecs/node.ts';
import { createFileTarget } from '../../adapters/node/file-target.ts';
import { createFolderSink } from '../../adapters/node/folder-sink.ts';
import { walkFiles } from '../../adapters/node/folder-source.ts';
import { openResultFolder, type ResultFolder } from '../../adapters/node/result-folder.ts';
import { createSecrets } from '../../adapters/secrets/web-crypto.ts';
import { zipReader } from '../../adapters/zip/zip-reader.ts';
import { createZipSink } from '../../adapters/zip/zip-sink.ts';
import { exportScans } from '../../app/export-scans.ts';
import { openScans, type OpenedScans } from '../../app/open-scans.ts';
import type { ArchiveReader, FrameDecoder, OutputSink } from '../../app/ports.ts';
import { assert } from '../../core/errors.ts';
import type { DicomLeftOut } from '../../core/dicom/dicom-scan.ts';
import { isIncludable } from '../../core/export/includable.ts';
import type { Progress } from '../../core/progress.ts';
import type { Report } from '../../core/report/report.ts';
import type { SkippedFile } from '../../core/scan.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { DefaceCommand } from '../args.ts';
import { defaceItems } from '../deface-items.ts';
import { startDefacers, type Defacer } from '../defacers.ts';
import { readIdentity, type Identity } from '../identity.ts';
import { checkInputs, checkOut, refuseUndo } from '../inputs.ts';
import { defaceJson } from '../json.ts';
import { exitOfDeface } from '../outcome.ts';
import { defaceText } from '../print.ts';
import { createProgressLine, type ProgressLine } from '../progress-line.ts';
import type { Terminal } from '../terminal.ts';

/**
 * @returns the exit code
 * @throws the signal's reason when cancelled; nothing is left behind then
 */
export async function deface(
  command: DefaceCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { out } = command;
  assert(out.kind !== 'in-place', 'saving in place has a command of its own');
  checkInputs(command.inputs);
  if (out.kind === 'folder') checkOut(out.path);
  await refuseUndo(command.inputs);
  const identity = await readIdentity(command, out, terminal);
  const line = createProgressLine(terminal, command.quiet || command.json);
  try {
    const { sink, kept } = await openSink(command, out.kind, out.path, identity);
    const run = new Run(command, line, signal, kept);
    const files = walkFiles(command.inputs, { signal, except: out.path });
    const key = kept?.key ?? identity.key;
    const { report, opened } = await run
      .through(files, zipReader, sink, key ? { ...identity, key } : identity)
      .finally(() => kept?.release());
    await kept?.end();
    line.clear();
    terminal.out(
      command.json
        ? defaceJson(report, opened)
        : defaceText(report, opened.skipped, `to ${out.path}`),
    );
    return exitOfDeface(report, opened.skipped);
  } finally {
    line.clear();
    await identity.close();
  }
}

async function openSink(
  { force, resume }: DefaceCommand,
  kind: 'folder' | 'zip',
  path: string,
  { key }: Identity,
): Promise<{ readonly sink: OutputSink; readonly kept: ResultFolder | null }> {
  if (kind === 'zip') {
    return { sink: createZipSink(await createFileTarget(path, { force })), kept: null };
  }
  if (!resume) return { sink: await createFolderSink(path, { force }), kept: null };
  const kept = await openResultFolder(path, key);
  try {
    // What the earlier run had put in place already is written anew.
    const sink = await createFolderSink(path, { force: force || kept.wasPlacing });
    const commit = async (): Promise<void> => {
      await kept.placing();
      await sink.commit();
    };
    return { sink: { ...sink, commit }, kept };
  } catch (error) {
    await (kept.isResumed ? kept.release() : kept.end());
    throw error;
  }
}

type Files = AsyncIterable<SourceFile | SkippedFile>;
/** Where results go, or how that is decided once it is known what is there. */
type Sink = OutputSink | ((opened: OpenedScans) => Promise<OutputSink>);

/** One run over all inputs. */
export class Run {
  readonly #command: DefaceCommand;
  readonly #line: ProgressLine;
  readonly #signal: AbortSignal;
  readonly #kept: ResultFolder | null;
  readonly #decoder: FrameDecoder = createFrameDecoder();
  readonly #started = new Date().toISOString();
  readonly #began = performance.now();

  /** @param kept where results are put aside, so that the run can be stopped */
  constructor(
    command: DefaceCommand,
    line: ProgressLine,
    signal: AbortSignal,
    kept: ResultFolder | null = null,
  ) {
    this.#command = command;
    this.#line = line;
    this.#signal = signal;
    this.#kept = kept;
  }

  async through(
    files: Files,
    archives: ArchiveReader,
    into: Sink,
    identity: Identity,
  ): Promise<{ report: Report; opened: OpenedScans }> {
    let defacers: readonly Defacer[] = [];
    let sink = typeof into === 'function' ? null : into;
    try {
      const opened = await this.#open(files, archives);
      sink = typeof into === 'function' ? await into(opened) : into;
      const jobs = Math.min(this.#command.jobs, opened.scans.length);
      if (jobs > 0) defacers = await startDefacers(jobs);
      const report = await this.#export(opened, defacers, sink, identity);
      return { report, opened };
    } catch (error) {
      await sink?.abort();
      throw error;
    } finally {
      for (const defacer of defacers) defacer.end();
    }
  }

  #open(files: Files, archives: ArchiveReader): Promise<OpenedScans> {
    return openScans(files, {
      archives,
      signal: this.#signal,
      onProgress: ({ stage, done }) => {
        this.#line.show(`file ${done}`, { stage, done, total: 0 });
      },
    });
  }

  async #export(
    opened: OpenedScans,
    defacers: readonly Defacer[],
    sink: OutputSink,
    { key, patientIds, crosswalk }: Identity,
  ): Promise<Report> {
    const { deidentification, mask, acceptReview, options, policy, out, include } = this.#command;
    let at = 0;
    const secrets = await createSecrets(key);
    const total = opened.scans.length;
    const [network] = defacers;
    const items = defaceItems(defacers.length > 0 ? opened.scans : [], this.#command, {
      defacers,
      decoder: this.#decoder,
      secrets,
      kept: this.#kept,
      signal: this.#signal,
      onProgress: (n, progress) => {
        at = n;
        this.#show(n, total, progress);
      },
    });
    return exportScans(
      items,
      {
        deidentification,
        ...(patientIds ? { patientIds } : {}),
        mask,
        acceptReview,
        tool: {
          version: __EFFACE_VERSION__,
          model: network?.model ?? null,
          backend: network?.backend ?? null,
        },
        chosen: {
          ...options,
          mask,
          deidentification: deidentification.profile,
          deidentificationOptions: deidentification.options,
          acceptReview,
          include,
          approvedByPolicy: policy !== null,
          ownKey: this.#command.key !== null,
          ownIds: patientIds !== undefined,
          ...(out.kind === 'in-place'
            ? { inPlace: { names: out.names, leaveRest: out.leaveRest } }
            : {}),
        },
        inPlace: out.kind === 'in-place',
        left: opened.left,
        included: included(opened.left, include),
        skipped: opened.skipped,
        others: opened.others,
        started: this.#started,
        secondsBefore: (performance.now() - this.#began) / 1000,
      },
      { sink, secrets, decoder: this.#decoder, ...(crosswalk ? { crosswalk } : {}) },
      {
        signal: this.#signal,
        onProgress: (progress) => {
          this.#show(at, total, progress);
        },
      },
    );
  }

  #show(n: number, of: number, progress: Progress): void {
    this.#line.show(`series ${n + 1} of ${of}`, progress);
  }
}

/** What may be let through of what was asked for; the rest stays out, as the report says. */
function included(left: OpenedScans['left'], wanted: readonly string[]): readonly DicomLeftOut[] {
  return left.filter(
    (one): one is DicomLeftOut =>
      one.kind === 'dicom' &&
      isIncludable(one) &&
      (wanted.includes(one.id) || wanted.includes(one.reason.code)),
  );
}
