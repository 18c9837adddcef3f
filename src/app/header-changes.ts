/** What export would do to the header of a scan, element by element, for the page's table. */
import { planHeader } from '../core/deidentify/apply.ts';
import { collectIdentifiers } from '../core/deidentify/identifiers.ts';
import type { DeidentificationOptions } from '../core/deidentify/options.ts';
import { createPseudonyms } from '../core/deidentify/pseudonyms.ts';
import { writtenFiles, type DicomScan } from '../core/dicom/dicom-scan.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { headerRows, type HeaderRow } from '../core/export/header-changes.ts';
import type { NiftiScan } from '../core/nifti/read.ts';
import type { Secrets } from './ports.ts';

export interface HeaderChangeOptions {
  readonly deidentification: DeidentificationOptions;
  /** Whether the face is among what is removed. */
  readonly face: boolean;
  readonly patientIds?: ReadonlyMap<string, string>;
  readonly version: string;
  /** With the key of the run, the new values shown are those that will be written. */
  readonly secrets: Secrets;
}

/** The rows for the first instance; none for NIfTI, whose header has no elements. */
export async function headerChanges(
  scan: DicomScan | NiftiScan,
  { deidentification, face, version, secrets, patientIds }: HeaderChangeOptions,
): Promise<readonly HeaderRow[]> {
  const [first] = scan.kind === 'dicom' ? writtenFiles(scan) : [];
  if (!first) return [];
  const file = parsePart10(await first.source.read());
  const collector = collectIdentifiers(deidentification.options);
  collector.add(file);
  const plan = await planHeader(file, {
    version,
    ...deidentification,
    defaced: true,
    face,
    approved: true,
    pseudonyms: createPseudonyms((text) => secrets.hmacSha256(text), patientIds),
    identifiers: collector.found,
    exported: new Set(),
  });
  return headerRows(file, plan.actions);
}
