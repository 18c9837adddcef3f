/** One DICOM series → its instances, de-identified, defaced, read back and verified. */
import { assert, EffaceError } from '../core/errors.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { countActions } from '../core/deidentify/actions.ts';
import { patientOf, planHeader } from '../core/deidentify/apply.ts';
import { shifted } from '../core/deidentify/dates.ts';
import { codesCarriedOut } from '../core/deidentify/declare.ts';
import { textAt } from '../core/deidentify/element-value.ts';
import { collectIdentifiers, type Identifiers } from '../core/deidentify/identifiers.ts';
import { PROFILE_EDITION } from '../core/deidentify/profile.ts';
import type { PatientIdentity } from '../core/deidentify/pseudonyms.ts';
import type { DicomInstance, DicomScan } from '../core/dicom/dicom-scan.ts';
import type { Part10File } from '../core/dicom/element.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { defacemask } from '../core/export/defacemask.ts';
import { searchFor, type Allowed, type LeakSearch } from '../core/export/leaks.ts';
import { maskPath } from '../core/export/names.ts';
import { changesBySlice, type SliceChange } from '../core/export/slices.ts';
import { toDicom } from '../core/export/to-dicom.ts';
import { compareVoxels, samePixelBytes, storedOf } from '../core/export/verify-dicom.ts';
import { createCheckpoint } from '../core/progress.ts';
import { tookFace } from '../core/report/report.ts';
import type { SeriesContext, SeriesWritten } from './export-scans.ts';

/**
 * Writes the series through the context's writer.
 *
 * @throws EffaceError `output/identifier-left`, `output/verify`, `output/write`, and what
 *   reading the sources throws
 */
export async function exportDicom(
  scan: DicomScan,
  defaced: DefacedScan,
  approved: boolean,
  context: SeriesContext,
): Promise<SeriesWritten> {
  const { deidentification, names, pseudonyms, writer, job } = context;
  const { profile } = deidentification;
  const { result } = defaced;
  assert(result, 'a series is written with its result');
  const perSlice = scan.grid.size[0] * scan.grid.size[1];
  const present = scan.slices.flatMap((slice, k) =>
    slice ? [{ instance: slice.instance, k }] : [],
  );
  const changes = changesBySlice(result.delta);
  const checkpoint = createCheckpoint(job.signal);
  const total = present.length;

  const face = tookFace(result.regions);
  const series = await readSeries(scan, face, context);
  const leaks = searchFor(series.identifiers, await allowedIn(series, context));
  const folder = names.dicomSeries({
    patient: await pseudonyms.patient(series.patient),
    visit: scan.visit,
    modality: scan.modality,
  });
  const elements = { removed: 0, replaced: 0, kept: 0 };
  const timings = { writeMs: 0, verifyMs: 0 };
  for (const [n, { instance, k }] of present.entries()) {
    await checkpoint();
    const start = performance.now();
    const file = parsePart10(await instance.source.read());
    const plan = await planHeader(file, {
      version: context.version,
      ...deidentification,
      defaced: true,
      face,
      approved,
      pseudonyms,
      keepLayout: context.inPlace,
      identifiers: series.identifiers,
      exported: series.sopInstanceUIDs,
    });
    const counts = countActions(plan.actions);
    elements.removed += counts.removed;
    elements.replaced += counts.replaced;
    elements.kept += counts.kept;
    const change = changes[k] ?? null;
    const decode = decoding(file, context);
    const bytes = await toDicom({ file, plan, profile, change, decode });
    const path = names.dicomInstance(folder, n + 1, total);
    const back = await writer.write(path, bytes, instance.source);
    const wrote = performance.now();
    const region = result.region.voxels.subarray(k * perSlice, (k + 1) * perSlice);
    await verifyInstance({ file, back, change, region, decode }, leaks, context);
    timings.writeMs += wrote - start;
    timings.verifyMs += performance.now() - wrote;
    job.onProgress?.({ stage: 'write', done: n + 1, total });
  }
  if (context.mask) await writer.write(maskPath(folder), defacemask(result.region));
  const deid = { profile: profileName(profile), options: series.codes, elements };
  return { ...timings, outsideMaskChanged: 0, deid };
}

interface SeriesRead {
  readonly identifiers: Identifiers;
  /** Of the profile and the options carried out, as the marks have them. */
  readonly codes: readonly string[];
  readonly patient: PatientIdentity;
  readonly sopInstanceUIDs: ReadonlySet<string>;
}

/** A first look into every file of the series, copies of slices too: what identifies the patient. */
async function readSeries(
  scan: DicomScan,
  face: boolean,
  { job, deidentification }: SeriesContext,
): Promise<SeriesRead> {
  const collector = collectIdentifiers(deidentification.options);
  let codes: readonly string[] = [];
  const sopInstanceUIDs = new Set<string>();
  const checkpoint = createCheckpoint(job.signal);
  let patient: SeriesRead['patient'] | null = null;
  for (const slice of scan.slices) {
    if (!slice) continue;
    for (const { source } of [slice.instance, ...slice.duplicates] satisfies DicomInstance[]) {
      await checkpoint();
      const file = parsePart10(await source.read());
      collector.add(file);
      sopInstanceUIDs.add(textAt(file, file.dataSet, 0x00080018));
      if (patient === null) codes = codesCarriedOut(file, deidentification, face);
      patient ??= patientOf(file);
    }
  }
  assert(patient, 'a series has a file');
  return { identifiers: collector.found, codes, patient, sopInstanceUIDs };
}

/**
 * What may stand in the output though it may be like something of the input: UIDs that an
 * earlier run with the same key gave, days that dates were moved to, an ID that was given.
 */
async function allowedIn(
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

/** Decodes an instance once, however often it is asked. */
function decoding(file: Part10File, { decoder }: SeriesContext): () => ReturnType<typeof storedOf> {
  let stored: ReturnType<typeof storedOf> | null = null;
  return () => (stored ??= storedOf(file, (frame) => decoder.decode(frame)));
}

interface Written {
  readonly file: Part10File;
  readonly back: Uint8Array<ArrayBuffer>;
  readonly change: SliceChange | null;
  readonly region: Uint8Array;
  readonly decode: () => ReturnType<typeof storedOf>;
}

async function verifyInstance(
  { file, back, change, region, decode }: Written,
  leaks: LeakSearch,
  { deidentification, decoder }: SeriesContext,
): Promise<void> {
  const written = parsePart10(back);
  if (deidentification.profile === 'basic') {
    const where = leaks.find(written);
    if (where !== null) throw new EffaceError('output/identifier-left', { where });
  }
  // A slice without changes mostly keeps its very bytes, and needs no decoding then.
  if (!change && samePixelBytes(file, written)) return;
  const after = await storedOf(written, (frame) => decoder.decode(frame));
  const { outside, wrong } = compareVoxels(await decode(), after, change, region);
  if (outside > 0 || wrong > 0) throw new EffaceError('output/verify', { outside, wrong });
}

function profileName(profile: 'basic' | 'none'): string {
  return profile === 'basic' ? `PS3.15 ${PROFILE_EDITION} Basic` : 'none';
}
