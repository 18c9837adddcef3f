/** Results for programs: one document on standard output under `--json`. */
import type { OpenedScans } from '../app/open-scans.ts';
import { explain } from '../core/errors.ts';
import { warningRow } from '../core/scan-warnings.ts';
import { spacingOf } from '../core/geometry/affine.ts';
import { reportReason, type Report } from '../core/report/report.ts';
import { sourceOfLeft, sourceOfScan } from './sources.ts';

/** What is particular to files that were replaced. */
export interface InPlaceJson {
  /** The folder that keeps the originals; null where nothing was replaced. */
  readonly undo: string | null;
  readonly notes: readonly string[];
  /** Files with images or lists that stay as they are. */
  readonly stays: readonly string[];
}

/** The report, with the input paths that the stored report never holds. */
export function defaceJson(
  report: Report,
  opened: OpenedScans,
  inPlace: InPlaceJson | null = null,
): string {
  // The report counts series as openScans numbers them.
  const sources = sourcesById(opened);
  return text({
    ...report,
    series: report.series.map((row) => ({ ...row, source: sources.get(String(row.n)) ?? [] })),
    skipped: skippedOf(opened),
    ...(inPlace ? { inPlace } : {}),
  });
}

/** `efface-inspect/1`: what was found; `deface` means it would be tried. */
export function inspectJson(opened: OpenedScans, version: string): string {
  const sources = sourcesById(opened);
  const series = [
    ...opened.scans.map((scan) => ({
      n: Number(scan.id),
      kind: scan.kind,
      modality: scan.modality,
      dims: scan.grid.size,
      spacing: spacingOf(scan.grid.affine),
      patient: scan.patient,
      visit: scan.visit,
      files: scan.files,
      bytes: scan.bytes,
      decision: 'deface',
      reason: null,
      warnings: scan.warnings.map(warningRow),
      source: sources.get(scan.id) ?? [],
    })),
    ...opened.left.map((one) => ({
      n: Number(one.id),
      kind: one.kind,
      modality: one.modality,
      dims: null,
      spacing: null,
      patient: null,
      visit: null,
      files: one.files,
      bytes: null,
      decision: one.decision,
      reason: reportReason(explain(one.reason.code, one.reason.details)),
      warnings: [],
      source: sources.get(one.id) ?? [],
    })),
  ].sort((a, b) => a.n - b.n);
  return text({
    schema: 'efface-inspect/1',
    tool: { name: 'efface', version },
    series,
    skipped: skippedOf(opened),
  });
}

function sourcesById({ scans, left }: OpenedScans): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ...scans.map((scan) => [scan.id, sourceOfScan(scan)] as const),
    ...left.map((one) => [one.id, sourceOfLeft(one)] as const),
  ]);
}

function skippedOf({ skipped }: OpenedScans): readonly unknown[] {
  return skipped.map(({ path, reason }) => ({
    source: path,
    reason: reportReason(explain(reason.code, reason.details)),
  }));
}

function text(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
