/** What is opened beside the scans. */
import type { LeftOut, SkippedFile } from '../../../src/core/scan.ts';

export const LEFT: readonly LeftOut[] = [
  {
    id: '4',
    patient: 1,
    visit: 1,
    kind: 'dicom',
    modality: 'CT',
    description: 'Topogram 0.6 T20s',
    files: 2,
    decision: 'exclude',
    reason: { code: 'dicom/localizer', details: {} },
  },
  {
    id: '5',
    patient: 1,
    visit: 1,
    kind: 'dicom',
    modality: 'MR',
    description: 'ep2d_diff_mddw',
    files: 1,
    decision: 'refuse',
    reason: { code: 'dicom/mosaic', details: {} },
  },
];
export const SKIPPED: readonly SkippedFile[] = [
  { path: 'study/notes.txt', reason: { code: 'file/not-an-image', details: {} } },
  { path: 'study/DICOMDIR.bak', reason: { code: 'file/empty', details: {} } },
];
