/** One DICOM series → its instances, de-identified, defaced, read back and verified. */
import { assert, EffaceError } from '../core/errors.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { countActions } from '../core/deidentify/actions.ts';
import { planHeader } from '../core/deidentify/apply.ts';
import { textAt } from '../core/deidentify/element-value.ts';
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
import { searchFor, type LeakSearch } from '../core/export/leaks.ts';
import { changesBySlice, type SliceChange } from '../core/export/slices.ts';
import { changeOfFile, type SliceOfFile } from '../core/export/whole-file.ts';
import { loadDicomScan } from '../core/dicom/load.ts';
import { repeatOn } from '../core/deface/repeat.ts';
import type { Delta } from '../core/volume/delta.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { FrameCodec } from '../core/export/reencode.ts';
import { toDicom } from '../core/export/to-dicom.ts';
import { compareVoxels, samePixelBytes, storedOf } from '../core/export/verify-dicom.ts';
import { createCheckpoint } from '../core/progress.ts';
import { tookFace } from '../core/report/report.ts';
import type { SeriesContext, SeriesWritten } from './export-scans.ts';
import { allowedIn, profileName, readSeries } from './read-series.ts';
import { writeMask, type WrittenSlice } from './write-mask.ts';

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
  const files = await changedFiles(scan, result, context);
  const checkpoint = createCheckpoint(job.signal);
  const total = files.length;

  const face = tookFace(result.regions);
  const series = await readSeries([...writtenFiles(scan), ...duplicateFiles(scan)], face, context);
  const leaks = searchFor(series.identifiers, await allowedIn(series, context));
  const folder = names.dicomSeries({
    patient: await pseudonyms.patient(series.patient),
    visit: scan.visit,
    modality: scan.modality,
  });
  const elements = { removed: 0, replaced: 0, kept: 0 };
  const timings = { writeMs: 0, verifyMs: 0 };
  const written = new Map<SourceFile, WrittenSlice>();
  for (const [n, { source, slices }] of files.entries()) {
    await checkpoint();
    const start = performance.now();
    const file = parsePart10(await source.read());
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
    const { change, region } = changeOfFile(slices);
    const decode = decoding(file, context);
    const bytes = await toDicom({ file, plan, profile, change, decode, codec: codecOf(context) });
    const path = names.dicomInstance(folder, n + 1, total);
    const back = await writer.write(path, bytes, source);
    const wrote = performance.now();
    await verifyInstance({ file, back, change, region, decode }, leaks, context);
    if (slices[0]) await verifyPlaces(back, slices[0].instance);
    if (context.mask) written.set(source, writtenSlice(parsePart10(back), n === 0));
    timings.writeMs += wrote - start;
    timings.verifyMs += performance.now() - wrote;
    job.onProgress?.({ stage: 'write', done: n + 1, total });
  }
  if (context.mask) await writeMask(scan, result.region, written, folder, context);
  const deid = { profile: profileName(profile), options: series.codes, elements };
  return { ...timings, outsideMaskChanged: 0, deid };
}

function writtenSlice(file: Part10File, isSample: boolean): WrittenSlice {
  return {
    file: isSample ? file : null,
    sopClass: textAt(file, file.dataSet, 0x00080016).trim(),
    sopInstance: textAt(file, file.dataSet, 0x00080018).trim(),
  };
}

interface ChangedFile {
  readonly source: SourceFile;
  readonly slices: SliceOfFile[];
}

/** Every file of the scan with what becomes of its slices, in the order of the first slice. */
async function changedFiles(
  scan: DicomScan,
  result: NonNullable<DefacedScan['result']>,
  { decoder, job }: SeriesContext,
): Promise<readonly ChangedFile[]> {
  const { delta, region } = result;
  const perSlice = scan.grid.size[0] * scan.grid.size[1];
  const files = new Map<SourceFile, ChangedFile>();
  for (const [n, slices] of [scan.slices, ...scan.repeats].entries()) {
    const changes = changesBySlice(n === 0 ? delta : await repeated(slices, n));
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

  /** The same region of another volume on the grid, by what that volume holds. */
  async function repeated(slices: DicomScan['slices'], n: number): Promise<Delta> {
    const volume = await loadDicomScan({ ...scan, slices }, decoder, { signal: job.signal });
    return repeatOn(volume, result, n, { signal: job.signal });
  }
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
