/** What is left out by default and may be let through, one by one, by a person who knows the risk. */
import type { ErrorCode } from '../errors.ts';
import type { LeftOut } from '../scan.ts';

/**
 * Images that are no volume to be defaced. Not among them: what is refused (it could not be
 * read, or says that it shows text), directories, and objects without pixels, of which the
 * Basic profile leaves nothing.
 */
export const INCLUDABLE: readonly ErrorCode[] = [
  'dicom/localizer',
  'dicom/derived',
  'dicom/colour',
  'dicom/not-ct-or-mr',
  'geometry/same-position',
  'geometry/too-few-slices',
  'geometry/mixed-orientation',
];

export function isIncludable({ kind, decision, reason }: LeftOut): boolean {
  return kind === 'dicom' && decision === 'exclude' && INCLUDABLE.includes(reason.code);
}
