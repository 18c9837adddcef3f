/**
 * The files of one series: each planned, edited, written, read back, and searched for what
 * identifies the patient; where its pixels may differ, held against its source voxel by voxel.
 */
import { countActions } from '../core/deidentify/actions.ts';
import { planHeader } from '../core/deidentify/apply.ts';
import type { Part10File } from '../core/dicom/element.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { EffaceError } from '../core/errors.ts';
import { searchFor, type LeakSearch } from '../core/export/leaks.ts';
import type { FrameCodec } from '../core/export/reencode.ts';
import { toDicom } from '../core/export/to-dicom.ts';
import { compareVoxels, samePixelBytes, storedOf } from '../core/export/verify-dicom.ts';
import { changeOfFile, type FileChange, type SliceOfFile } from '../core/export/whole-file.ts';
import { createCheckpoint } from '../core/progress.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { SeriesContext, SeriesWritten } from './export-scans.ts';
import { allowedIn, profileName, readSeries } from './read-series.ts';

export interface InstanceToWrite {
  readonly source: SourceFile;
  /** None: its pixels stay as they are, whatever they show. */
  readonly slices: readonly SliceOfFile[];
}

export interface SeriesToWrite {
  readonly files: readonly InstanceToWrite[];
  /** More files that say who the patient is: copies of slices. */
  readonly copies: readonly { readonly source: SourceFile }[];
  readonly modality: string;
  readonly visit: number;
  /** What the marks may say of every file. */
  readonly marks: {
    readonly defaced: boolean;
    readonly face: boolean;
    readonly approved: boolean;
  };
}

/** A file that was written, as it was read back. */
export interface InstanceWritten extends InstanceToWrite {
  readonly back: Uint8Array<ArrayBuffer>;
}

/**
 * Writes the series through the context's writer.
 *
 * @param onWritten called after each file, in order
 * @returns the folder of its files, beside what was done
 * @throws EffaceError `output/identifier-left`, `output/verify`, `output/write`, and what
 *   reading the sources throws
 */
export async function writeInstances(
  { files, copies, modality, visit, marks }: SeriesToWrite,
  context: SeriesContext,
  onWritten: (written: InstanceWritten) => void | Promise<void> = () => undefined,
): Promise<SeriesWritten & { readonly folder: string }> {
  const { deidentification, names, pseudonyms, writer, job } = context;
  const { profile } = deidentification;
  const checkpoint = createCheckpoint(job.signal);
  const series = await readSeries([...files, ...copies], marks.face, context);
  const leaks = searchFor(series.identifiers, await allowedIn(series, context));
  const patient = await pseudonyms.patient(series.patient);
  const folder = names.dicomSeries({ patient, visit, modality });
  const elements = { removed: 0, replaced: 0, kept: 0 };
  const timings = { writeMs: 0, verifyMs: 0 };
  for (const [n, { source, slices }] of files.entries()) {
    await checkpoint();
    const start = performance.now();
    const file = parsePart10(await source.read());
    const plan = await planHeader(file, {
      version: context.version,
      ...deidentification,
      ...marks,
      pseudonyms,
      keepLayout: context.inPlace,
      identifiers: series.identifiers,
      exported: series.sopInstanceUIDs,
    });
    const counts = countActions(plan.actions);
    elements.removed += counts.removed;
    elements.replaced += counts.replaced;
    elements.kept += counts.kept;
    const pixels = slices.length > 0 ? changeOfFile(slices) : null;
    const decode = decoding(file, context);
    const change = pixels?.change ?? null;
    // What was not made a volume of is not compressed anew, but left as it is or opened.
    const codec = pixels && codecOf(context);
    const bytes = await toDicom({ file, plan, profile, change, decode, codec });
    const back = await writer.write(
      names.dicomInstance(folder, n + 1, files.length),
      bytes,
      source,
    );
    const wrote = performance.now();
    const written = parsePart10(back);
    if (profile === 'basic') findLeaks(written, leaks);
    if (pixels) await verifyPixels(file, written, pixels, decode, context);
    await onWritten({ source, slices, back });
    timings.writeMs += wrote - start;
    timings.verifyMs += performance.now() - wrote;
    job.onProgress?.({ stage: 'write', done: n + 1, total: files.length });
  }
  const deid = { profile: profileName(profile), options: series.codes, elements };
  return { ...timings, outsideMaskChanged: 0, deid, folder };
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

function findLeaks(written: Part10File, leaks: LeakSearch): void {
  const where = leaks.find(written);
  if (where !== null) throw new EffaceError('output/identifier-left', { where });
}

async function verifyPixels(
  file: Part10File,
  written: Part10File,
  { change, region }: FileChange,
  decode: () => ReturnType<typeof storedOf>,
  { decoder }: SeriesContext,
): Promise<void> {
  // A slice without changes mostly keeps its very bytes, and needs no decoding then.
  if (!change && samePixelBytes(file, written)) return;
  const after = await storedOf(written, (frame) => decoder.decode(frame));
  const { outside, wrong } = compareVoxels(await decode(), after, change, region);
  if (outside > 0 || wrong > 0) throw new EffaceError('output/verify', { outside, wrong });
}
