/** The input paths behind a scan. They are shown to the person and never written. */
import { duplicateFiles, writtenFiles } from '../core/dicom/dicom-scan.ts';
import { filesOfNifti } from '../app/place/visits.ts';
import type { OpenedScans, Scan } from '../app/open-scans.ts';

export function sourceOfScan(scan: Scan): readonly string[] {
  if (scan.kind === 'nifti') return filesOfNifti(scan).map(({ path }) => path);
  return [...writtenFiles(scan), ...duplicateFiles(scan)].map(({ source }) => source.path);
}

export function sourceOfLeft(left: OpenedScans['left'][number]): readonly string[] {
  return left.kind === 'nifti'
    ? filesOfNifti(left).map(({ path }) => path)
    : left.instances.map(({ source }) => source.path);
}
