/** `efface deface`: the whole way, series by series; one that fails does not stop the others. */
import { createFrameDecoder } from '../../adapters/codecs/node.ts';
import { createFileTarget } from '../../adapters/node/file-target.ts';
import { createFolderSink } from '../../adapters/node/folder-sink.ts';
import { walkFiles } from '../../adapters/node/folder-source.ts';
import { createSecrets } from '../../adapters/secrets/web-crypto.ts';
import { createNodeSegmenter } from '../../adapters/tfjs/node.ts';
import { zipReader } from '../../adapters/zip/zip-reader.ts';
import { createZipSink } from '../../adapters/zip/zip-sink.ts';
import { bestFirst, createVisitHeads, type VisitHeads } from '../../app/visit-heads.ts';
import { defaceInVisit } from '../../app/deface-visit.ts';
import { exportScans, type ExportItem } from '../../app/export-scans.ts';
import { loadVolume } from '../../app/load-volume.ts';
import { openScans, type OpenedScans, type Scan } from '../../app/open-scans.ts';
import type {
  ArchiveReader,
  FaceSegmenter,
  FrameDecoder,
  OutputSink,
  Secrets,
} from '../../app/ports.ts';
import { withSeed } from '../../app/shell-seed.ts';
import type { DefacedScan } from '../../core/deface/defaced-scan.ts';
import { assert, EffaceError, type ErrorRecord } from '../../core/errors.ts';
import type { DicomLeftOut } from '../../core/dicom/dicom-scan.ts';
import { isIncludable } from '../../core/export/includable.ts';
import type { Progress } from '../../core/progress.ts';
import type { Report } from '../../core/report/report.ts';
import type { SkippedFile } from '../../core/scan.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { DefaceCommand } from '../args.ts';
import { readIdentity, type Identity } from '../identity.ts';
import { checkInputs, refuseUndo } from '../inputs.ts';
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
  await refuseUndo(command.inputs);
  const identity = await readIdentity(command, out, terminal);
  const line = createProgressLine(terminal, command.quiet || command.json);
  try {
    const sink = await openSink(out.kind, out.path, command.force);
    const run = new Run(command, line, signal);
    const files = walkFiles(command.inputs, { signal, except: out.path });
    const { report, opened } = await run.through(files, zipReader, sink, identity);
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

async function openSink(kind: 'folder' | 'zip', path: string, force: boolean): Promise<OutputSink> {
  return kind === 'zip'
    ? createZipSink(await createFileTarget(path, { force }))
    : createFolderSink(path, { force });
}

type Files = AsyncIterable<SourceFile | SkippedFile>;
/** Where results go, or how that is decided once it is known what is there. */
type Sink = OutputSink | ((opened: OpenedScans) => Promise<OutputSink>);

/** One run over all inputs. */
export class Run {
  readonly #command: DefaceCommand;
  readonly #line: ProgressLine;
  readonly #signal: AbortSignal;
  readonly #decoder: FrameDecoder = createFrameDecoder();
  readonly #started = new Date().toISOString();
  readonly #began = performance.now();

  constructor(command: DefaceCommand, line: ProgressLine, signal: AbortSignal) {
    this.#command = command;
    this.#line = line;
    this.#signal = signal;
  }

  async through(
    files: Files,
    archives: ArchiveReader,
    into: Sink,
    identity: Identity,
  ): Promise<{ report: Report; opened: OpenedScans }> {
    let segmenter: FaceSegmenter | null = null;
    let sink = typeof into === 'function' ? null : into;
    try {
      const opened = await this.#open(files, archives);
      sink = typeof into === 'function' ? await into(opened) : into;
      segmenter = opened.scans.length > 0 ? await createNodeSegmenter() : null;
      const report = await this.#export(opened, segmenter, sink, identity);
      return { report, opened };
    } catch (error) {
      await sink?.abort();
      throw error;
    } finally {
      segmenter?.dispose();
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
    segmenter: FaceSegmenter | null,
    sink: OutputSink,
    { key, patientIds, crosswalk }: Identity,
  ): Promise<Report> {
    const { deidentification, mask, acceptReview, options, policy, out, include } = this.#command;
    let at = 0;
    const secrets = await createSecrets(key);
    const items = this.#items(opened.scans, segmenter, secrets, (n) => (at = n));
    return exportScans(
      items,
      {
        deidentification,
        ...(patientIds ? { patientIds } : {}),
        mask,
        acceptReview,
        tool: {
          version: __EFFACE_VERSION__,
          model: segmenter?.model ?? null,
          backend: segmenter?.backend ?? null,
        },
        chosen: {
          ...options,
          mask,
          deidentification: deidentification.profile,
          deidentificationOptions: deidentification.options,
          acceptReview,
          include,
          approvedByPolicy: policy !== null,
          ownKey: key !== undefined,
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
          this.#show(at, opened.scans.length, progress);
        },
      },
    );
  }

  /** Defaced one after the other, as the export asks for them: the masks of one are held. */
  async *#items(
    scans: readonly Scan[],
    segmenter: FaceSegmenter | null,
    secrets: Secrets,
    onScan: (n: number) => void,
  ): AsyncGenerator<ExportItem> {
    if (!segmenter) return;
    const heads = createVisitHeads();
    for (const [n, scan] of bestFirst(scans).entries()) {
      onScan(n);
      yield await this.#deface(scan, segmenter, secrets, heads, (progress) => {
        this.#show(n, scans.length, progress);
      });
    }
  }

  async #deface(
    scan: Scan,
    segmenter: FaceSegmenter,
    secrets: Secrets,
    heads: VisitHeads,
    onProgress: (progress: Progress) => void,
  ): Promise<ExportItem> {
    const { options, policy } = this.#command;
    const job = { signal: this.#signal, onProgress };
    const approved = { by: policy === null ? null : ('policy' as const), note: policy };
    const started = performance.now();
    let readMs = 0;
    try {
      const volume = await loadVolume(scan, this.#decoder, job);
      readMs = performance.now() - started;
      const seeded = await withSeed(options, scan, volume, secrets);
      const defaced = await defaceInVisit(scan, volume, seeded, segmenter, heads, job);
      return { scan, defaced, approved, readMs };
    } catch (error) {
      this.#signal.throwIfAborted();
      return { scan, defaced: refused(scan, recordOf(error)), approved, readMs };
    }
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

function refused({ id }: Scan, reason: ErrorRecord): DefacedScan {
  return {
    scan: id,
    decision: 'refuse',
    reasons: [reason],
    checks: null,
    result: null,
    timingsMs: { segment: 0, deface: 0, verify: 0 },
  };
}

function recordOf(error: unknown): ErrorRecord {
  return error instanceof EffaceError ? error.toRecord() : { code: 'job/fault', details: {} };
}
