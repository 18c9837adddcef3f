/**
 * An object that was left out and is let through all the same: de-identified, its pixels as
 * they were, and not marked as faceless. The report warns of it.
 */
import { EffaceError } from '../core/errors.ts';
import { countActions } from '../core/deidentify/actions.ts';
import { patientOf, planHeader } from '../core/deidentify/apply.ts';
import { textAt } from '../core/deidentify/element-value.ts';
import { collectIdentifiers } from '../core/deidentify/identifiers.ts';
import { PROFILE_EDITION } from '../core/deidentify/profile.ts';
import type { DicomLeftOut } from '../core/dicom/dicom-scan.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { searchFor } from '../core/export/leaks.ts';
import { toDicom } from '../core/export/to-dicom.ts';
import { storedOf } from '../core/export/verify-dicom.ts';
import { createCheckpoint } from '../core/progress.ts';
import type { SeriesReport } from '../core/report/report.ts';
import type { SeriesContext } from './export-scans.ts';

/**
 * @throws EffaceError `dicom/burned-in`, `output/identifier-left`, `output/verify`,
 *   `output/write`, and what reading the sources throws
 */
export async function exportLeftOut(
  { instances, modality, visit }: DicomLeftOut,
  context: SeriesContext,
): Promise<SeriesReport['deid']> {
  const { deidentification: profile, names, pseudonyms, writer, decoder, job } = context;
  if (instances.some(({ header }) => header.burnedIn)) throw new EffaceError('dicom/burned-in');
  const checkpoint = createCheckpoint(job.signal);
  const collector = collectIdentifiers();
  const exported = new Set<string>();
  for (const { source } of instances) {
    await checkpoint();
    const file = parsePart10(await source.read());
    collector.add(file);
    exported.add(textAt(file, file.dataSet, 0x00080018));
  }
  const leaks = searchFor(collector.found, new Set());
  const elements = { removed: 0, replaced: 0, kept: 0 };
  let folder: string | null = null;
  for (const [n, { source }] of instances.entries()) {
    await checkpoint();
    const file = parsePart10(await source.read());
    folder ??= names.dicomSeries({
      patient: await pseudonyms.patient(patientOf(file)),
      visit,
      modality: /^[A-Z]{2,16}$/.test(modality) ? modality : 'OT',
    });
    const plan = await planHeader(file, {
      version: context.version,
      profile,
      defaced: false,
      approved: false,
      pseudonyms,
      identifiers: collector.found,
      exported,
    });
    const counts = countActions(plan.actions);
    elements.removed += counts.removed;
    elements.replaced += counts.replaced;
    elements.kept += counts.kept;
    const decode = (): ReturnType<typeof storedOf> =>
      storedOf(file, (frame) => decoder.decode(frame));
    const bytes = await toDicom({ file, plan, profile, change: null, decode });
    const back = await writer.write(names.dicomInstance(folder, n + 1, instances.length), bytes);
    const where = profile === 'basic' ? leaks.find(parsePart10(back)) : null;
    if (where !== null) throw new EffaceError('output/identifier-left', { where });
  }
  return profile === 'basic'
    ? { profile: `PS3.15 ${PROFILE_EDITION} Basic`, options: ['113100'], elements }
    : { profile: 'none', options: [], elements };
}
