/**
 * An object that was left out and is let through all the same: de-identified, its pixels as
 * they were, and not marked as faceless. The report warns of it.
 */
import { EffaceError } from '../core/errors.ts';
import { countActions } from '../core/deidentify/actions.ts';
import { planHeader } from '../core/deidentify/apply.ts';
import type { DicomLeftOut } from '../core/dicom/dicom-scan.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { searchFor } from '../core/export/leaks.ts';
import { toDicom } from '../core/export/to-dicom.ts';
import { storedOf } from '../core/export/verify-dicom.ts';
import { createCheckpoint } from '../core/progress.ts';
import type { SeriesReport } from '../core/report/report.ts';
import type { SeriesContext } from './export-scans.ts';
import { allowedIn, profileName, readSeries } from './read-series.ts';

/**
 * @throws EffaceError `dicom/burned-in`, `output/identifier-left`, `output/verify`,
 *   `output/write`, and what reading the sources throws
 */
export async function exportLeftOut(
  { instances, modality, visit }: DicomLeftOut,
  context: SeriesContext,
): Promise<SeriesReport['deid']> {
  const { deidentification, names, pseudonyms, writer, decoder, job } = context;
  const { profile } = deidentification;
  if (instances.some(({ header }) => header.burnedIn)) throw new EffaceError('dicom/burned-in');
  const checkpoint = createCheckpoint(job.signal);
  const series = await readSeries(instances, false, context);
  const leaks = searchFor(series.identifiers, await allowedIn(series, context));
  const elements = { removed: 0, replaced: 0, kept: 0 };
  const folder = names.dicomSeries({
    patient: await pseudonyms.patient(series.patient),
    visit,
    modality: /^[A-Z]{2,16}$/.test(modality) ? modality : 'OT',
  });
  for (const [n, { source }] of instances.entries()) {
    await checkpoint();
    const file = parsePart10(await source.read());
    const plan = await planHeader(file, {
      version: context.version,
      ...deidentification,
      defaced: false,
      face: false,
      approved: false,
      pseudonyms,
      keepLayout: context.inPlace,
      identifiers: series.identifiers,
      exported: series.sopInstanceUIDs,
    });
    const counts = countActions(plan.actions);
    elements.removed += counts.removed;
    elements.replaced += counts.replaced;
    elements.kept += counts.kept;
    const decode = (): ReturnType<typeof storedOf> =>
      storedOf(file, (frame) => decoder.decode(frame));
    const bytes = await toDicom({ file, plan, profile, change: null, decode });
    const path = names.dicomInstance(folder, n + 1, instances.length);
    const back = await writer.write(path, bytes, source);
    const where = profile === 'basic' ? leaks.find(parsePart10(back)) : null;
    if (where !== null) throw new EffaceError('output/identifier-left', { where });
  }
  return { profile: profileName(profile), options: series.codes, elements };
}
