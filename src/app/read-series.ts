/** What identifies the patient in all files of a series, before the first of them is written. */
import { assert } from '../core/errors.ts';
import { patientOf } from '../core/deidentify/apply.ts';
import { shifted } from '../core/deidentify/dates.ts';
import { codesCarriedOut } from '../core/deidentify/declare.ts';
import { textAt } from '../core/deidentify/element-value.ts';
import { collectIdentifiers, type Identifiers } from '../core/deidentify/identifiers.ts';
import { PROFILE_EDITION } from '../core/deidentify/profile.ts';
import type { PatientIdentity } from '../core/deidentify/pseudonyms.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import type { Allowed } from '../core/export/leaks.ts';
import { createCheckpoint } from '../core/progress.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { SeriesContext } from './export-scans.ts';

export interface SeriesRead {
  readonly identifiers: Identifiers;
  /** Of the profile and the options carried out, as the marks have them. */
  readonly codes: readonly string[];
  readonly patient: PatientIdentity;
  readonly sopInstanceUIDs: ReadonlySet<string>;
}

/** A first look into every file of the series, copies of slices too: what identifies the patient. */
export async function readSeries(
  files: readonly { readonly source: SourceFile }[],
  face: boolean,
  { job, deidentification }: SeriesContext,
): Promise<SeriesRead> {
  const collector = collectIdentifiers(deidentification.options);
  let codes: readonly string[] = [];
  const sopInstanceUIDs = new Set<string>();
  const checkpoint = createCheckpoint(job.signal);
  let patient: SeriesRead['patient'] | null = null;
  for (const { source } of files) {
    await checkpoint();
    const file = parsePart10(await source.read());
    collector.add(file);
    sopInstanceUIDs.add(textAt(file, file.dataSet, 0x00080018));
    if (patient === null) codes = codesCarriedOut(file, deidentification, face);
    patient ??= patientOf(file);
  }
  assert(patient, 'a series has a file');
  return { identifiers: collector.found, codes, patient, sopInstanceUIDs };
}

/**
 * What may stand in the output though it may be like something of the input: UIDs that an
 * earlier run with the same key gave, days that dates were moved to, an ID that was given.
 */
export async function allowedIn(
  { identifiers, patient }: SeriesRead,
  { pseudonyms, deidentification }: SeriesContext,
): Promise<Allowed> {
  const uids = new Set<string>();
  for (const uid of identifiers.uids) if ((await pseudonyms.uid(uid)) === uid) uids.add(uid);
  const days = await pseudonyms.days(patient);
  const moves = deidentification.options.includes('shifted-dates');
  const dates = moves ? [...identifiers.dates].map((day) => shifted(day, 'DA', days)) : [];
  return {
    uids,
    dates: new Set(dates),
    pseudonyms: new Set([await pseudonyms.patient(patient)]),
  };
}

/** The profile as the report names it. */
export function profileName(profile: 'basic' | 'none'): string {
  return profile === 'basic' ? `PS3.15 ${PROFILE_EDITION} Basic` : 'none';
}
