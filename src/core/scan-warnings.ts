/** What is odd about a scan and was taken into account, each in one plain sentence. */
import type { ErrorDetails } from './error-reasons.ts';
import { fill } from './fill.ts';

export const scanWarnings = {
  'missing-slice/one':
    'One slice is missing: the largest gap is {gap} mm where {spacing} mm is usual.',
  'missing-slice/many':
    '{slices} slices are missing: the largest gap is {gap} mm where {spacing} mm is usual.',
  'uneven-slices/distance': 'The distance between slices changes from {low} to {high} mm.',
  'uneven-slices/steps':
    'The steps between slices vary from {low} to {high} mm; {spacing} mm is taken for all.',
  'gantry-tilt':
    'The gantry was tilted by {degrees} degrees; the slices are sheared against each other.',
  'duplicate-slice/one': 'One file is a copy of another slice and will not be written.',
  'duplicate-slice/many': '{files} files are copies of another slice and will not be written.',
  'already-defaced':
    'The header says that no recognizable features are left: the face was removed before.',
  lossy: 'The images were compressed with loss before.',
  'trailing-bytes': 'Bytes after the voxels are left out of what is written.',
  'rescale-varies': 'The rescale differs from slice to slice.',
  'repeats/place':
    'It holds {volumes} volumes of one place; the mask of the first is used for all of them.',
  'repeats/file': 'It holds {volumes} volumes; the mask is made on their mean and put into each.',
  'no-orientation': 'The file does not say how the head lies; right and left may be exchanged.',
} as const;

export type WarningId = keyof typeof scanWarnings;
type CodeOf<Id extends string> = Id extends `${infer Code}/${string}` ? Code : Id;
export type ScanWarningCode = CodeOf<WarningId>;

export interface ScanWarning {
  /** Its sentence; what comes before the slash is its code in the report. */
  readonly id: WarningId;
  /** Numbers only, never patient data. */
  readonly details: ErrorDetails;
}

export function scanWarning(id: WarningId, details: ErrorDetails = {}): ScanWarning {
  return { id, details };
}

/** The warning as reports and listings have it, in English. */
export function warningRow({ id, details }: ScanWarning): {
  readonly code: ScanWarningCode;
  readonly what: string;
} {
  const [code] = id.split('/') as [ScanWarningCode];
  return { code, what: fill(scanWarnings[id], details) };
}
