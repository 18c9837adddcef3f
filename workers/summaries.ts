/** What may cross to the page: figures and our own ids, no file handles, no headers. */
import type { OpenedScans, Scan } from '../src/app/open-scans.ts';
import { bestFirst } from '../src/app/visit-heads.ts';
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import type { LeftOut } from '../src/core/scan.ts';
import type { OpenedFiles, ScanResult } from './api.ts';

export function summaryOf({ scans, left, skipped }: OpenedScans): OpenedFiles {
  return {
    scans: scans.map(scanSummary),
    bestFirst: bestFirst(scans).map(({ id }) => id),
    left: left.map(leftOutOf),
    skipped,
  };
}

function scanSummary({
  id,
  kind,
  modality,
  description,
  patient,
  visit,
  grid,
  files,
  bytes,
  warnings,
}: Scan): OpenedFiles['scans'][number] {
  return { id, kind, modality, description, patient, visit, grid, files, bytes, warnings };
}

function leftOutOf({ patient, visit, ...one }: LeftOut): LeftOut {
  const { id, kind, modality, description, files, decision, reason } = one;
  const place = patient === undefined || visit === undefined ? {} : { patient, visit };
  return { id, kind, modality, description, files, decision, reason, ...place };
}

/** What of a result is from before a reload: the corrections in it, or all of it. */
export interface Again {
  readonly isRestored?: boolean;
  readonly isFound?: boolean;
}

export function scanResultOf(
  { scan, decision, reasons, notes, checks, places, result, corrections }: DefacedScan,
  backend: string,
  { isRestored = false, isFound = false }: Again = {},
): ScanResult {
  return {
    scan,
    decision,
    reasons,
    notes: notes ?? [],
    checks,
    ...(places ? { places } : {}),
    millilitres: result?.millilitres ?? 0,
    regions: result?.regions ?? null,
    backend,
    corrections: corrections ?? null,
    isRestored,
    isFound,
  };
}
