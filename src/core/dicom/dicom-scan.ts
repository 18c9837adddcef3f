/** DICOM instances, and the volumes they form. */
import type { LeftOut, ScanSummary } from '../scan.ts';
import type { SourceFile } from '../source-file.ts';
import type { DicomHeader, PixelPart } from './header.ts';

/** One SOP instance: one file; or one slice of a file that holds several. */
export interface DicomInstance {
  readonly source: SourceFile;
  readonly header: DicomHeader;
  /** Where a slice lies in its file, and the header of the whole file; absent: it is the file. */
  readonly within?: { readonly part: PixelPart; readonly file: DicomHeader };
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
  /**
   * Further volumes on the same grid, from the same multi-frame file or from other
   * multi-frame files and mosaics of the series (time points, echoes, b-values, phase):
   * they are written with the mask of `slices`.
   */
  readonly repeats: readonly (readonly (DicomSlice | null)[])[];
}

export interface DicomLeftOut extends LeftOut {
  readonly kind: 'dicom';
  readonly patient: number;
  readonly visit: number;
  readonly instances: readonly DicomInstance[];
}

export interface GroupedInstances {
  readonly scans: readonly DicomScan[];
  readonly left: readonly DicomLeftOut[];
}

/** The files of a scan that are written, each once, in the order of their first slice. */
export function writtenFiles({ slices, repeats }: DicomScan): readonly DicomInstance[] {
  const files = new Map<SourceFile, DicomInstance>();
  for (const slice of [slices, ...repeats].flat()) {
    if (!slice || files.has(slice.instance.source)) continue;
    const { source, header, within } = slice.instance;
    files.set(source, within ? { source, header: within.file } : { source, header });
  }
  return [...files.values()];
}

/** Copies of the scan's files, which are not written. */
export function duplicateFiles({ slices, repeats }: DicomScan): readonly DicomInstance[] {
  return [slices, ...repeats].flat().flatMap((slice) => slice?.duplicates ?? []);
}
