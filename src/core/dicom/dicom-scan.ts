/** DICOM instances, and the volumes they form. */
import type { LeftOut, ScanSummary } from '../scan.ts';
import type { SourceFile } from '../source-file.ts';
import type { DicomHeader } from './header.ts';

/** One SOP instance: one file. */
export interface DicomInstance {
  readonly source: SourceFile;
  readonly header: DicomHeader;
}

export interface DicomSlice {
  readonly instance: DicomInstance;
  /**
   * Further files of the same SOP instance in the same place. They are never written:
   * what is exported comes from `instance` alone, so no copy slips through undefaced.
   */
  readonly duplicates: readonly DicomInstance[];
}

export interface DicomScan extends ScanSummary {
  readonly kind: 'dicom';
  /**
   * One for each k of the grid. null where no file lies (a missing slice, or a place
   * between unevenly spaced ones): its voxels are filled in on loading, so that the grid
   * is even and right for every file, and nothing is written for it.
   */
  readonly slices: readonly (DicomSlice | null)[];
}

export interface DicomLeftOut extends LeftOut {
  readonly kind: 'dicom';
  readonly instances: readonly DicomInstance[];
}

export interface GroupedInstances {
  readonly scans: readonly DicomScan[];
  readonly left: readonly DicomLeftOut[];
}
