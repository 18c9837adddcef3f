/** One DICOM series → its instances, de-identified, defaced, read back and verified. */
import { assert, EffaceError } from '../core/errors.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { countActions } from '../core/deidentify/actions.ts';
import { patientOf, planHeader } from '../core/deidentify/apply.ts';
import { textAt } from '../core/deidentify/element-value.ts';
import { collectIdentifiers, type Identifiers } from '../core/deidentify/identifiers.ts';
import { PROFILE_EDITION } from '../core/deidentify/profile.ts';
import type { Pseudonyms } from '../core/deidentify/pseudonyms.ts';
import {
  duplicateFiles,
  writtenFiles,
  type DicomInstance,
  type DicomScan,
} from '../core/dicom/dicom-scan.ts';
import type { DicomHeader } from '../core/dicom/header.ts';
import { readHeader } from '../core/dicom/read-header.ts';
import type { Part10File } from '../core/dicom/element.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { defacemask } from '../core/export/defacemask.ts';
import { searchFor, type LeakSearch } from '../core/export/leaks.ts';
import { maskPath } from '../core/export/names.ts';
import { changesBySlice, type SliceChange } from '../core/export/slices.ts';
import { changeOfFile, type SliceOfFile } from '../core/export/whole-file.ts';
import { loadDicomScan } from '../core/dicom/load.ts';
import { blank } from '../core/deface/blank.ts';
import type { Delta } from '../core/volume/delta.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { FrameCodec } from '../core/export/reencode.ts';
import { toDicom } from '../core/export/to-dicom.ts';
import { compareVoxels, samePixelBytes, storedOf } from '../core/export/verify-dicom.ts';
import { createCheckpoint } from '../core/progress.ts';
import type { SeriesReport } from '../core/report/report.ts';
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
  const { deidentification: profile, names, pseudonyms, writer, job } = context;
  const { result } = defaced;
  assert(result, 'a series is written with its result');
  const files = await changedFiles(scan, result, context);
  const checkpoint = createCheckpoint(job.signal);
  const total = files.length;

  const series = await readSeries(scan, context);
  const leaks = searchFor(series.identifiers, await madeByThisKey(series.identifiers, pseudonyms));
  const folder = names.dicomSeries({
    patient: await pseudonyms.patient(series.patient),
    visit: scan.visit,
    modality: scan.modality,
  });
  const elements = { removed: 0, replaced: 0, kept: 0 };
  const timings = { writeMs: 0, verifyMs: 0 };
  for (const [n, { source, slices }] of files.entries()) {
    await checkpoint();
    const start = performance.now();
    const file = parsePart10(await source.read());
    const plan = await planHeader(file, {
      version: context.version,
      profile,
      defaced: true,
      approved,
      pseudonyms,
      identifiers: series.identifiers,
      exported: series.sopInstanceUIDs,
    });
    const counts = countActions(plan.actions);
    elements.removed += counts.removed;
    elements.replaced += counts.replaced;
    elements.kept += counts.kept;
    const { change, region } = changeOfFile(slices);
    const decode = decoding(file, context);
    const bytes = await toDicom({ file, plan, profile, change, decode, codec: codecOf(context) });
    const back = await writer.write(names.dicomInstance(folder, n + 1, total), bytes);
    const wrote = performance.now();
    await verifyInstance({ file, back, change, region, decode }, leaks, context);
    if (slices[0]) await verifyPlaces(back, slices[0].instance);
    timings.writeMs += wrote - start;
    timings.verifyMs += performance.now() - wrote;
    job.onProgress?.({ stage: 'write', done: n + 1, total });
  }
  if (context.mask) await writer.write(maskPath(folder), defacemask(result.region));
  return { ...timings, outsideMaskChanged: 0, deid: deidOf(profile, elements) };
}

interface ChangedFile {
  readonly source: SourceFile;
  readonly slices: SliceOfFile[];
}

/** Every file of the scan with what becomes of its slices, in the order of the first slice. */
async function changedFiles(
  scan: DicomScan,
  { delta, region }: NonNullable<DefacedScan['result']>,
  { decoder, job }: SeriesContext,
): Promise<readonly ChangedFile[]> {
  const perSlice = scan.grid.size[0] * scan.grid.size[1];
  const files = new Map<SourceFile, ChangedFile>();
  for (const [n, slices] of [scan.slices, ...scan.repeats].entries()) {
    const changes = changesBySlice(n === 0 ? delta : await repeated(slices));
    slices.forEach((slice, k) => {
      if (!slice) return;
      const { source } = slice.instance;
      const file = files.get(source) ?? { source, slices: [] };
      files.set(source, file);
      file.slices.push({
        instance: slice.instance,
        change: changes[k] ?? null,
        region: region.voxels.subarray(k * perSlice, (k + 1) * perSlice),
      });
    });
  }
  return [...files.values()];

  /** The same region of another volume on the grid, with the air of that volume. */
  async function repeated(slices: DicomScan['slices']): Promise<Delta> {
    const volume = await loadDicomScan({ ...scan, slices }, decoder, { signal: job.signal });
    return blank(volume, region, { signal: job.signal });
  }
}

interface SeriesRead {
  readonly identifiers: Identifiers;
  readonly patient: { id: string; issuer: string; name: string };
  readonly sopInstanceUIDs: ReadonlySet<string>;
}

/** A first look into every file of the series, copies of slices too: what identifies the patient. */
async function readSeries(scan: DicomScan, { job }: SeriesContext): Promise<SeriesRead> {
  const collector = collectIdentifiers();
  const sopInstanceUIDs = new Set<string>();
  const checkpoint = createCheckpoint(job.signal);
  let patient: SeriesRead['patient'] | null = null;
  for (const { source } of [...writtenFiles(scan), ...duplicateFiles(scan)]) {
    await checkpoint();
    const file = parsePart10(await source.read());
    collector.add(file);
    sopInstanceUIDs.add(textAt(file, file.dataSet, 0x00080018));
    patient ??= patientOf(file);
  }
  assert(patient, 'a series has a file');
  return { identifiers: collector.found, patient, sopInstanceUIDs };
}

/** UIDs that an earlier run with the same key gave: they stay, and may stand in the output. */
async function madeByThisKey(
  { uids }: Identifiers,
  pseudonyms: Pseudonyms,
): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  for (const uid of uids) if ((await pseudonyms.uid(uid)) === uid) own.add(uid);
  return own;
}

/** Decodes an instance once, however often it is asked. */
function decoding(file: Part10File, { decoder }: SeriesContext): () => ReturnType<typeof storedOf> {
  let stored: ReturnType<typeof storedOf> | null = null;
  return () => (stored ??= storedOf(file, (frame) => decoder.decode(frame)));
}

/** Decoder and encoder in one, where there is an encoder. */
function codecOf({ decoder }: SeriesContext): FrameCodec | null {
  if (!decoder.encode) return null;
  return {
    decode: (frame) => decoder.decode(frame),
    encode: async (values, format) => (await decoder.encode?.(values, format)) ?? null,
  };
}

interface Written {
  readonly file: Part10File;
  readonly back: Uint8Array<ArrayBuffer>;
  readonly change: SliceChange | null;
  readonly region: Uint8Array;
  readonly decode: () => ReturnType<typeof storedOf>;
}

/**
 * The slices within a written file lie where they lay: a mosaic whose private elements are
 * gone could be mirrored, a multi-frame object without its functional groups has no place.
 */
async function verifyPlaces(
  back: Uint8Array<ArrayBuffer>,
  { within }: DicomInstance,
): Promise<void> {
  if (!within) return;
  const source = memoryFile(back);
  const places = ({ parts }: DicomHeader): string =>
    JSON.stringify(
      parts && 'slices' in parts
        ? parts.slices.map(({ part, header: { position, orientation, pixelSpacing, rescale } }) => [
            part,
            position,
            orientation,
            pixelSpacing,
            rescale,
          ])
        : null,
    );
  const isSame = places(await readHeader(source)) === places(within.file);
  if (!isSame) throw new EffaceError('output/verify');
}

function memoryFile(bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path: '',
    size: bytes.length,
    read: (start = 0, end = bytes.length) => Promise.resolve(bytes.slice(start, end)),
  };
}

async function verifyInstance(
  { file, back, change, region, decode }: Written,
  leaks: LeakSearch,
  { deidentification, decoder }: SeriesContext,
): Promise<void> {
  const written = parsePart10(back);
  if (deidentification === 'basic') {
    const where = leaks.find(written);
    if (where !== null) throw new EffaceError('output/identifier-left', { where });
  }
  // A slice without changes mostly keeps its very bytes, and needs no decoding then.
  if (!change && samePixelBytes(file, written)) return;
  const after = await storedOf(written, (frame) => decoder.decode(frame));
  const { outside, wrong } = compareVoxels(await decode(), after, change, region);
  if (outside > 0 || wrong > 0) throw new EffaceError('output/verify', { outside, wrong });
}

function deidOf(
  profile: 'basic' | 'none',
  elements: { removed: number; replaced: number; kept: number },
): SeriesReport['deid'] {
  return profile === 'basic'
    ? { profile: `PS3.15 ${PROFILE_EDITION} Basic`, options: ['113100', '113102'], elements }
    : { profile: 'none', options: [], elements };
}
