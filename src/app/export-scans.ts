/**
 * Approved results → files: written one at a time, read back and verified, and a report
 * beside them. A series that fails is withdrawn as a whole; the others go on.
 */
import { assert, EffaceError, type ErrorRecord } from '../core/errors.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { createPseudonyms } from '../core/deidentify/pseudonyms.ts';
import type { DicomLeftOut, DicomScan } from '../core/dicom/dicom-scan.ts';
import { createNames, REPORT_PATH } from '../core/export/names.ts';
import type { NiftiScan } from '../core/nifti/read.ts';
import type { JobOptions } from '../core/progress.ts';
import { tookFace, type Report, type SeriesReport } from '../core/report/report.ts';
import {
  reportJson,
  reportOf,
  type IncludedOutcome,
  type ReportInput,
  type SeriesOutcome,
} from '../core/report/to-json.ts';
import type { LeftOut, SkippedFile } from '../core/scan.ts';
import { exportDicom } from './export-dicom.ts';
import { exportLeftOut } from './export-left-out.ts';
import { exportNifti } from './export-nifti.ts';
import type { FrameDecoder, OutputSink, Secrets } from './ports.ts';
import { seriesWriter, type SeriesWriter } from './series-writer.ts';

export interface ExportItem {
  readonly scan: DicomScan | NiftiScan;
  readonly defaced: DefacedScan;
  readonly approved: SeriesReport['approved'];
  /** Time it took to read the scan, for the report. */
  readonly readMs?: number;
}

export interface ExportOptions {
  readonly deidentification: 'basic' | 'none';
  /** Also write where the result differs by intent. */
  readonly mask: boolean;
  /** Write results decided `review` although nobody looked at them. */
  readonly acceptReview: boolean;
  /** Write only what someone approved (the page). */
  readonly needsApproval?: boolean;
  readonly tool: ReportInput['tool'];
  /** What was chosen, for the report as it stands: never a path. */
  readonly chosen: Readonly<Record<string, unknown>>;
  /** Known once the last item is through. */
  readonly left: readonly LeftOut[];
  /** Of `left`, what is let through as it is (core/export/includable.ts). */
  readonly included?: readonly DicomLeftOut[];
  readonly skipped: readonly SkippedFile[];
  /** ISO time at which the run began, and seconds it took before the export; default: now, 0. */
  readonly started?: string;
  readonly secondsBefore?: number;
}

export interface ExportPorts {
  readonly sink: OutputSink;
  readonly secrets: Secrets;
  readonly decoder: FrameDecoder;
}

/** What writing one series found out. */
export interface SeriesWritten {
  readonly deid: SeriesReport['deid'];
  readonly outsideMaskChanged: number;
  readonly writeMs: number;
  readonly verifyMs: number;
}

export interface SeriesContext {
  readonly deidentification: 'basic' | 'none';
  readonly mask: boolean;
  readonly version: string;
  readonly decoder: FrameDecoder;
  readonly pseudonyms: ReturnType<typeof createPseudonyms>;
  readonly names: ReturnType<typeof createNames>;
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
  const { sink, secrets, decoder } = ports;
  const names = createNames();
  const pseudonyms = createPseudonyms((text) => secrets.hmacSha256(text));
  const outcomes: SeriesOutcome[] = [];
  const contextWith = (writer: SeriesWriter): SeriesContext => ({
    deidentification: options.deidentification,
    mask: options.mask,
    version: options.tool.version,
    decoder,
    pseudonyms,
    names,
    writer,
    job,
  });
  try {
    for await (const item of items) {
      job.signal?.throwIfAborted();
      outcomes.push(await exportOne(item, options, contextWith(seriesWriter(sink))));
    }
    const included = new Map<string, IncludedOutcome>();
    for (const left of options.included ?? []) {
      job.signal?.throwIfAborted();
      const writer = seriesWriter(sink);
      included.set(left.id, await includeOne(left, contextWith(writer)));
    }
    const filesWritten = [...outcomes, ...included.values()].reduce(
      (sum, { output }) => sum + output.length,
      0,
    );
    const report = reportOf({
      tool: options.tool,
      options: options.chosen,
      started,
      seconds: (options.secondsBefore ?? 0) + (performance.now() - began) / 1000,
      outcomes,
      left: options.left,
      included,
      filesWritten,
      filesSkipped: options.skipped.length,
    });
    await writeReport(sink, report);
    await sink.commit();
    return report;
  } catch (error) {
    await sink.abort();
    throw error;
  }
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
  const base = {
    scan,
    defaced,
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
