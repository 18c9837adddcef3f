/**
 * Approved results → files: written one at a time, read back and verified, and a report
 * beside them. A series that fails is withdrawn as a whole; the others go on.
 */
import { assert, EffaceError, type ErrorRecord } from '../core/errors.ts';
import { datasetsOf, type Dataset } from '../core/bids/dataset.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import type { DeidentificationOptions } from '../core/deidentify/options.ts';
import { createPseudonyms, type CrosswalkEntry } from '../core/deidentify/pseudonyms.ts';
import type { DicomLeftOut, DicomScan } from '../core/dicom/dicom-scan.ts';
import { createLabels, createNames, REPORT_PATH } from '../core/export/names.ts';
import type { NiftiScan } from '../core/nifti/read.ts';
import type { JobOptions } from '../core/progress.ts';
import { tookFace, type Report, type SeriesReport } from '../core/report/report.ts';
import {
  maskOf,
  reportJson,
  reportOf,
  type IncludedOutcome,
  type ReportInput,
  type SeriesOutcome,
} from '../core/report/to-json.ts';
import type { LeftOut, SkippedFile } from '../core/scan.ts';
import type { SourceFile } from '../core/source-file.ts';
import { exportCompanions, type DatasetImage } from './export-bids.ts';
import { exportDicom } from './export-dicom.ts';
import { exportLeftOut } from './export-left-out.ts';
import { exportNifti } from './export-nifti.ts';
import type { FrameDecoder, OutputSink, Secrets, Settled } from './ports.ts';
import { seriesWriter, type SeriesWriter } from './series-writer.ts';

export interface ExportItem {
  readonly scan: DicomScan | NiftiScan;
  readonly defaced: DefacedScan;
  readonly approved: SeriesReport['approved'];
  /** Time it took to read the scan, for the report. */
  readonly readMs?: number;
}

export interface ExportOptions {
  readonly deidentification: DeidentificationOptions;
  /** New patient IDs by old ID; keyed ones for all others. */
  readonly patientIds?: ReadonlyMap<string, string>;
  /** Also write where the result differs by intent. */
  readonly mask: boolean;
  /** Write results decided `review` although nobody looked at them. */
  readonly acceptReview: boolean;
  /** Write only what someone approved (the page). */
  readonly needsApproval?: boolean;
  /** Files are replaced: paths in the report are labels, which tell nothing of the real ones. */
  readonly inPlace?: boolean;
  readonly tool: ReportInput['tool'];
  /** What was chosen, for the report as it stands: never a path. */
  readonly chosen: Readonly<Record<string, unknown>>;
  /** Known once the last item is through. */
  readonly left: readonly LeftOut[];
  /** Of `left`, what is let through as it is (core/export/includable.ts). */
  readonly included?: readonly DicomLeftOut[];
  readonly skipped: readonly SkippedFile[];
  /** Files that are no images: what belongs to a BIDS dataset goes with it. */
  readonly others?: readonly SourceFile[];
  /** ISO time at which the run began, and seconds it took before the export; default: now, 0. */
  readonly started?: string;
  readonly secondsBefore?: number;
}

export interface ExportPorts {
  readonly sink: OutputSink;
  readonly secrets: Secrets;
  readonly decoder: FrameDecoder;
  /** Takes who is who, once, before anything becomes visible; it may throw to stop that. */
  readonly crosswalk?: (entries: readonly CrosswalkEntry[]) => Promise<void>;
}

/** What writing one series found out. */
export interface SeriesWritten {
  readonly deid: SeriesReport['deid'];
  readonly outsideMaskChanged: number;
  readonly writeMs: number;
  readonly verifyMs: number;
}

export interface SeriesContext {
  readonly deidentification: DeidentificationOptions;
  readonly mask: boolean;
  /** Files are replaced where they lie. */
  readonly inPlace: boolean;
  readonly version: string;
  readonly decoder: FrameDecoder;
  readonly pseudonyms: ReturnType<typeof createPseudonyms>;
  readonly names: ReturnType<typeof createNames>;
  readonly datasets: readonly Dataset[];
  readonly writer: SeriesWriter;
  readonly job: JobOptions;
}

/**
 * Writes what may be written and the report, and commits the sink. Items are taken one
 * after the other, so they may be made while this runs.
 *
 * @throws the signal's reason when cancelled, and EffaceError `output/write` where not
 *   even the report can be written; the sink is aborted then
 */
export async function exportScans(
  items: Iterable<ExportItem> | AsyncIterable<ExportItem>,
  options: ExportOptions,
  ports: ExportPorts,
  job: JobOptions = {},
): Promise<Report> {
  const began = performance.now();
  const started = options.started ?? new Date().toISOString();
  const { sink, secrets, decoder, crosswalk } = ports;
  const names = options.inPlace ? createLabels() : createNames();
  const others = options.others ?? [];
  const datasets = datasetsOf(others.map(({ path }) => path));
  const images: DatasetImage[] = [];
  const pseudonyms = createPseudonyms((text) => secrets.hmacSha256(text), options.patientIds);
  const outcomes: SeriesOutcome[] = [];
  const contextWith = (writer: SeriesWriter): SeriesContext => ({
    deidentification: options.deidentification,
    mask: options.mask,
    inPlace: options.inPlace ?? false,
    version: options.tool.version,
    decoder,
    pseudonyms,
    names,
    datasets,
    writer,
    job,
  });
  try {
    for await (const item of items) {
      job.signal?.throwIfAborted();
      const outcome = await exportOne(item, options, contextWith(seriesWriter(sink)));
      outcomes.push(outcome);
      const { scan } = item;
      if (scan.kind === 'nifti') {
        const written = outcome.output.length > 0;
        images.push({ path: scan.source.path, written, faceless: saysFaceless(item) });
      }
    }
    const included = new Map<string, IncludedOutcome>();
    for (const left of options.included ?? []) {
      job.signal?.throwIfAborted();
      included.set(left.id, await includeOne(left, contextWith(seriesWriter(sink))));
    }
    for (const { path } of notOpened(options.left)) {
      images.push({ path, written: false, faceless: false });
    }
    const companions = await exportCompanions(
      others,
      {
        datasets,
        images,
        keep: options.deidentification.profile === 'none',
        inPlace: options.inPlace ?? false,
        version: options.tool.version,
      },
      names,
      sink,
      job,
    );
    const reportNow = (what: readonly SeriesOutcome[], beside: number): Report =>
      reportOf({
        tool: options.tool,
        options: options.chosen,
        started,
        seconds: (options.secondsBefore ?? 0) + (performance.now() - began) / 1000,
        outcomes: what,
        left: options.left,
        included,
        filesWritten: [...what, ...included.values()].reduce(
          (sum, { output }) => sum + output.length,
          beside,
        ),
        // In place, what stays as it is was not skipped for it.
        filesSkipped: options.skipped.length - companions.paths.length,
      });
    let report = reportNow(outcomes, companions.paths.length);
    await writeReport(sink, report);
    const settled = await sink.settle?.();
    if (settled?.size) {
      report = reportNow(
        outcomes.map((outcome) => afterSettling(outcome, settled)),
        companions.paths.filter((path) => settled.get(path)?.placed !== false).length,
      );
      await sink.remove(REPORT_PATH);
      await writeReport(sink, report);
    }
    await crosswalk?.(pseudonyms.crosswalk);
    await sink.commit();
    return report;
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** Images that were left out when they were opened. */
function notOpened(left: readonly LeftOut[]): readonly SourceFile[] {
  return left.flatMap((one) => ('source' in one ? [one.source as SourceFile] : []));
}

/** RecognizableVisualFeatures may say NO: someone approved it, and the face was what went. */
function saysFaceless({ defaced, approved }: ExportItem): boolean {
  const { result } = defaced;
  return approved.by !== null && result !== null && tookFace(result.regions);
}

async function exportOne(
  item: ExportItem,
  options: ExportOptions,
  context: SeriesContext,
): Promise<SeriesOutcome> {
  const { scan, defaced, approved, readMs = 0 } = item;
  const { result, ...summary } = defaced;
  const base = {
    scan: summaryOf(scan),
    defaced: summary,
    mask: maskOf(result),
    approved,
    output: [],
    failed: false,
    deid: null,
    outsideMaskChanged: null,
    readMs,
    writeMs: 0,
    verifyMs: 0,
  };
  const reason = whyNot(item, options);
  if (reason !== null) return { ...base, withheld: reason.record };
  try {
    const written =
      scan.kind === 'dicom'
        ? await exportDicom(scan, defaced, saysFaceless(item), context)
        : await exportNifti(scan, defaced, context);
    return { ...base, ...written, output: context.writer.paths, withheld: null };
  } catch (error) {
    // Nothing of a series stays behind, whatever went wrong with it.
    await context.writer.withdraw();
    context.job.signal?.throwIfAborted();
    return { ...base, failed: true, withheld: recordOf(error) };
  }
}

/** What the report needs of a scan, without what it holds of its files. */
function summaryOf({
  id,
  kind,
  modality,
  patient,
  visit,
  grid,
  warnings,
}: ExportItem['scan']): SeriesOutcome['scan'] {
  return { id, kind, modality, patient, visit, grid, warnings };
}

async function includeOne(left: DicomLeftOut, context: SeriesContext): Promise<IncludedOutcome> {
  try {
    const deid = await exportLeftOut(left, context);
    return { output: context.writer.paths, deid, problem: null };
  } catch (error) {
    await context.writer.withdraw();
    context.job.signal?.throwIfAborted();
    return { output: [], deid: null, problem: recordOf(error) };
  }
}

/** Why a series is not written; a record only where the decision does not say it already. */
function whyNot(
  { defaced, approved }: ExportItem,
  { acceptReview, needsApproval = false }: ExportOptions,
): { record: ErrorRecord | null } | null {
  const { decision, result } = defaced;
  if (decision === 'refuse' || decision === 'exclude' || result === null) return { record: null };
  if (decision === 'review' && !acceptReview && approved.by !== 'person') return { record: null };
  if (needsApproval && approved.by === null) {
    return { record: { code: 'review/not-approved', details: {} } };
  }
  return null;
}

/** What a series came to where files are replaced: it was, with its whole visit, or it was not. */
function afterSettling(
  outcome: SeriesOutcome,
  settled: ReadonlyMap<string, Settled>,
): SeriesOutcome {
  const [path] = outcome.output;
  const what = path === undefined ? undefined : settled.get(path);
  if (!what) return outcome;
  if (!what.placed) return { ...outcome, output: [], withheld: what.reason };
  const notes = [...(outcome.defaced.notes ?? []), what.reason];
  return { ...outcome, defaced: { ...outcome.defaced, notes } };
}

function recordOf(error: unknown): ErrorRecord {
  if (error instanceof EffaceError) return error.toRecord();
  return { code: 'job/fault', details: {} };
}

async function writeReport(sink: OutputSink, report: Report): Promise<void> {
  const bytes = reportJson(report);
  await sink.write(REPORT_PATH, bytes);
  const back = await sink.read(REPORT_PATH);
  assert(back.length === bytes.length, 'the report is written as a whole');
}
