/**
 * An object that was left out and is let through all the same: de-identified, its pixels as
 * they were, and not marked as faceless. The report warns of it.
 */
import { EffaceError } from '../core/errors.ts';
import type { DicomLeftOut } from '../core/dicom/dicom-scan.ts';
import type { SeriesReport } from '../core/report/report.ts';
import type { SeriesContext } from './export-scans.ts';
import { writeInstances } from './write-instances.ts';

/**
 * @throws EffaceError `dicom/burned-in`, `output/identifier-left`, `output/verify`,
 *   `output/write`, and what reading the sources throws
 */
export async function exportLeftOut(
  { instances, modality, visit }: DicomLeftOut,
  context: SeriesContext,
): Promise<SeriesReport['deid']> {
  if (instances.some(({ header }) => header.burnedIn)) throw new EffaceError('dicom/burned-in');
  const { deid } = await writeInstances(
    {
      files: instances.map(({ source }) => ({ source, slices: [] })),
      copies: [],
      modality: /^[A-Z]{2,16}$/.test(modality) ? modality : 'OT',
      visit,
      marks: { defaced: false, face: false, approved: false },
    },
    context,
  );
  return deid;
}
