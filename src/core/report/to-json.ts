/**
 * The report of a run (`efface-report/1`, design.md §7) from what was done with each
 * series. Nothing identifying goes in: no input path, name, UID, date of the patient.
 */
import { explain, type ErrorRecord } from '../errors.ts';
import { spacingOf } from '../geometry/affine.ts';
import type { DefacedScan } from '../deface/defaced-scan.ts';
import { warningRow, type ScanWarningCode } from '../scan-warnings.ts';
import type { LeftOut, ScanSummary } from '../scan.ts';
import { notesOnPlaces } from './places.ts';
import {
  reportReason,
  tookFace,
  type Checks,
  type Report,
  type SeriesReport,
  type VisitReport,
} from './report.ts';

/** What became of one scan on the way out. */
export interface SeriesOutcome {
  readonly scan: Pick<
    ScanSummary,
    'id' | 'kind' | 'modality' | 'patient' | 'visit' | 'grid' | 'warnings'
  >;
  /** Without the voxels: those of one series are held at a time. */
  readonly defaced: Omit<DefacedScan, 'result'>;
  /** `maskOf` its result. */
  readonly mask: SeriesReport['mask'];
  readonly approved: SeriesReport['approved'];
  /** Relative paths; empty where the series was withheld. */
  readonly output: readonly string[];
  /** Why a series was not written although it was defaced. */
  readonly withheld: ErrorRecord | null;
  /** It failed while it was written: whatever was decided before, it is refused. */
  readonly failed: boolean;
  readonly deid: SeriesReport['deid'];
  /** Counted in the files read back; null where none was written. */
  readonly outsideMaskChanged: number | null;
  readonly readMs: number;
  readonly writeMs: number;
  readonly verifyMs: number;
}

/** What became of something left out that was let through all the same. */
export interface IncludedOutcome {
  readonly output: readonly string[];
  readonly deid: SeriesReport['deid'];
  /** Why it was not written. */
  readonly problem: ErrorRecord | null;
}

export interface ReportInput {
  readonly tool: {
    readonly version: string;
    readonly model: Report['tool']['model'];
    readonly backend: string | null;
  };
  readonly options: Readonly<Record<string, unknown>>;
  readonly started: string;
  readonly seconds: number;
  readonly outcomes: readonly SeriesOutcome[];
  readonly left: readonly LeftOut[];
  /** What was let through of `left`, by its id. */
  readonly included?: ReadonlyMap<string, IncludedOutcome>;
  readonly filesWritten: number;
  readonly filesSkipped: number;
}

/** The report; series stand in the order in which they were found. */
export function reportOf(input: ReportInput): Report {
  const { tool, outcomes, left } = input;
  const rows = [
    ...outcomes.map((outcome) => ({ ...outcome.scan, row: ofOutcome(outcome) })),
    ...left.map((one) => ({ ...one, row: ofLeftOut(one, input.included?.get(one.id)) })),
  ].sort((a, b) => Number(a.id) - Number(b.id));
  const series = rows.map(({ row }, n): SeriesReport => ({ ...row, n: n + 1 }));
  const count = (decision: SeriesReport['decision']): number =>
    series.filter((one) => one.decision === decision).length;
  return {
    schema: 'efface-report/1',
    tool: { name: 'efface', ...tool },
    options: input.options,
    started: input.started,
    seconds: rounded(input.seconds, 2),
    series,
    visits: visitsOf(rows),
    totals: {
      series: series.length,
      defaced: count('deface'),
      review: count('review'),
      refused: count('refuse'),
      excluded: count('exclude'),
      filesWritten: input.filesWritten,
      filesSkipped: input.filesSkipped,
    },
  };
}

interface Placed {
  readonly patient?: number | undefined;
  readonly visit?: number | undefined;
  readonly row: Row;
}

/** @param rows in the order of the report; those of no visit that can be told are left out */
function visitsOf(rows: readonly Placed[]): readonly VisitReport[] {
  const visits = new Map<string, VisitReport>();
  rows.forEach(({ patient, visit, row }, n) => {
    if (patient === undefined || visit === undefined) return;
    const key = `${patient} ${visit}`;
    const before = visits.get(key);
    const isWritten = row.output.length > 0;
    const { written = [], left = [] } = before ?? {};
    const isBare = isWritten && !(row.mask && tookFace(row.mask.regions));
    const all = isWritten ? [...written, n + 1] : written;
    const isSpoilt = before !== undefined && written.length > 0 && !before.defaced;
    visits.set(key, {
      patient,
      visit,
      written: all,
      left: isWritten ? left : [...left, n + 1],
      defaced: all.length > 0 && !isBare && !isSpoilt,
    });
  });
  return [...visits.values()].sort((a, b) => a.patient - b.patient || a.visit - b.visit);
}

/** The bytes of `efface-report.json`: UTF-8, indented, so that a person can read it. */
export function reportJson(report: Report): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
}

/** What the report says of the voxels that went; null where nothing did. */
export function maskOf(result: DefacedScan['result']): SeriesReport['mask'] {
  return (
    result && {
      voxels: countSet(result.region.voxels),
      millilitres: rounded(result.millilitres, 2),
      regions: result.regions,
    }
  );
}

type Row = Omit<SeriesReport, 'n'>;

function ofOutcome(outcome: SeriesOutcome): Row {
  const { scan, defaced, withheld, failed } = outcome;
  const { timingsMs } = defaced;
  const [main, ...further] = withheld ? [withheld, ...defaced.reasons] : defaced.reasons;
  const checks = defaced.checks && {
    ...defaced.checks,
    outsideMaskChanged: outcome.outsideMaskChanged,
  };
  return {
    kind: scan.kind,
    modality: scan.modality,
    dims: [...scan.grid.size],
    spacing: spacingOf(scan.grid.affine).map((mm) => rounded(mm, 4)),
    decision: failed ? 'refuse' : defaced.decision,
    reason: main ? reportReason(explain(main.code, main.details)) : null,
    confidence: confidenceOf(defaced.checks),
    mask: outcome.mask,
    check: checks,
    corrections: defaced.corrections ?? null,
    deid: outcome.deid,
    approved: outcome.approved,
    output: outcome.output,
    warnings: [
      ...scan.warnings.map(warningRow).map((row) => ({ ...row, do: WHAT_TO_DO[row.code] })),
      ...[
        ...further,
        ...(defaced.notes ?? []),
        ...(defaced.places ? notesOnPlaces(defaced.places) : []),
      ].map(({ code, details }) => {
        const { what, why, todo } = explain(code, details);
        return { code, what: `${what} ${why}`, do: todo };
      }),
    ],
    timingsMs: {
      read: Math.round(outcome.readMs),
      segment: Math.round(timingsMs.segment),
      deface: Math.round(timingsMs.deface),
      verify: Math.round(timingsMs.verify + outcome.verifyMs),
      write: Math.round(outcome.writeMs),
    },
  };
}

/** A series or object that was left out from the start; its description stays out too. */
function ofLeftOut(
  { kind, modality, decision, reason }: LeftOut,
  included: IncludedOutcome | undefined,
): Row {
  return {
    kind,
    // A Modality is a term of the standard; anything else in its place could be anything.
    modality: /^[A-Z]{2,16}$/.test(modality) ? modality : 'OT',
    dims: null,
    spacing: null,
    decision,
    reason: reportReason(explain(reason.code, reason.details)),
    confidence: null,
    mask: null,
    check: null,
    corrections: null,
    deid: included?.deid ?? null,
    approved: { by: null, note: null },
    output: included?.output ?? [],
    warnings: included ? [warningOf(included)] : [],
    timingsMs: { read: 0, segment: 0, deface: 0, verify: 0, write: 0 },
  };
}

function warningOf({ problem }: IncludedOutcome): Row['warnings'][number] {
  const { code, details } = problem ?? { code: 'output/included', details: {} };
  const { what, why, todo } = explain(code, details);
  return { code, what: `${what} ${why}`, do: todo };
}

/** How far the network agrees with itself on the mirrored head: the weaker of brain and removal. */
function confidenceOf(checks: Checks | null): number | null {
  if (!checks?.mirror) return null;
  return rounded(Math.min(checks.mirror.brain, checks.mirror.removal), 4);
}

const WHAT_TO_DO: Readonly<Record<ScanWarningCode, string>> = {
  'missing-slice': 'Look at the result beside the gap; open the complete series if you have it.',
  'uneven-slices': 'Look at the result; measure along the slices with care.',
  'gantry-tilt': 'Nothing needs doing: the tilt was taken into account.',
  'duplicate-slice': 'Nothing needs doing: one copy of each slice was written.',
  'already-defaced': 'Look at the result: little may have been left to remove.',
  lossy: 'Nothing needs doing: the voxels were not compressed again.',
  'trailing-bytes': 'Nothing needs doing: they were left out.',
  repeats: 'Look at some of the other volumes too: the head may have moved between them.',
  'rescale-varies': 'Nothing needs doing: each slice keeps its own rescale.',
  'no-orientation': 'Check which side is left before you rely on it.',
};

function countSet(voxels: Uint8Array): number {
  let count = 0;
  for (let v = 0; v < voxels.length; v++) if (voxels[v]) count++;
  return count;
}

function rounded(value: number, digits: number): number {
  const unit = 10 ** digits;
  return Math.round(value * unit) / unit;
}
