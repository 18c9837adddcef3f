/**
 * What was found among the files: scans (one volume each), and what was left out.
 * These are summaries; voxels come later (app/load-volume).
 */
import type { ErrorCode, ErrorRecord } from './errors.ts';
import type { Grid } from './geometry/grid.ts';
import type { ScanWarning } from './scan-warnings.ts';
import type { Modality } from './volume/volume.ts';

/** Ours, counted from 1 in the order found: safe to log. */
export type ScanId = string;

/** Several instances that form one volume, or one NIfTI file. */
export interface ScanSummary {
  readonly id: ScanId;
  readonly kind: 'dicom' | 'nifti';
  readonly modality: Modality;
  /** SeriesDescription or file name: shown on the page only. */
  readonly description: string;
  /** Which patient and visit of this run it belongs to, counted from 1 (never an identifier). */
  readonly patient: number;
  readonly visit: number;
  readonly grid: Grid;
  readonly files: number;
  readonly bytes: number;
  readonly warnings: readonly ScanWarning[];
}

/** A series (or object) that is an image or belongs to a study, but is not defaced: decision `exclude` or `refuse`. */
export interface LeftOut {
  readonly id: ScanId;
  /** Counted as in ScanSummary; absent where nothing tells. */
  readonly patient?: number;
  readonly visit?: number;
  readonly kind: 'dicom' | 'nifti';
  readonly modality: string;
  readonly description: string;
  readonly files: number;
  readonly decision: 'exclude' | 'refuse';
  readonly reason: ErrorRecord;
}

/** A file that could not be used at all. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: ErrorRecord;
}

/** Reasons that say that a file is simply no scan: nothing failed, and nothing is hidden in it. */
export const NO_SCAN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file/not-an-image',
  'file/empty',
  'dicom/not-dicom',
  'nifti/not-nifti',
]);
