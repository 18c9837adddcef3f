/**
 * Files → scans, what is left out, and what could not be used: each with its reason, and
 * none of them stops the others.
 */
import { EffaceError, type ErrorCode, type ErrorRecord } from '../core/errors.ts';
import type { DicomInstance, DicomLeftOut, DicomScan } from '../core/dicom/dicom-scan.ts';
import { readHeader } from '../core/dicom/read-header.ts';
import { groupInstances } from '../core/dicom/series.ts';
import { readNifti, type NiftiScan } from '../core/nifti/read.ts';
import { implausibleGrid } from '../core/geometry/plausible.ts';
import { createCheckpoint, type JobOptions } from '../core/progress.ts';
import type { LeftOut, SkippedFile } from '../core/scan.ts';
import type { SourceFile } from '../core/source-file.ts';
import { createBidsPlaces, type Places } from './bids-places.ts';
import { fileKind, hasDicomMark } from './file-kind.ts';
import { inOrder } from './in-order.ts';
import { intentOf } from './place/journal.ts';
import { halfOf, pairsOf, type Half } from './nifti-pairs.ts';
import { isInUndo, JOURNAL } from './place/layout.ts';
import type { ArchiveReader } from './ports.ts';

export type Scan = DicomScan | NiftiScan;

interface NiftiLeftOut extends LeftOut {
  readonly kind: 'nifti';
  readonly source: SourceFile;
  /** The second file of a pair. */
  readonly image?: SourceFile;
}

export interface OpenedScans {
  readonly scans: readonly Scan[];
  readonly left: readonly (DicomLeftOut | NiftiLeftOut)[];
  readonly skipped: readonly SkippedFile[];
  /** Those of the skipped that are no images: a BIDS dataset needs them. */
  readonly others: readonly SourceFile[];
}

export interface OpenOptions extends JobOptions {
  /** Opens archives; without it they are skipped like any other file. */
  readonly archives?: ArchiveReader;
  /** Larger files are skipped (a browser tab cannot hold them). */
  readonly maxFileBytes?: number;
}

/** Files read at a time: the disk is kept busy, the memory small. */
const AT_ONCE = 12;
/** What one read brings: most DICOM headers fit. */
const SHORT_FRONT = 16 * 1024;
/** Where they do not, for vendor blocks: reading twice costs more than reading much. */
const LONG_FRONT = 128 * 1024;
/** A head in fewer slices, in whatever direction, cannot be recognized safely. */
const MIN_SLICES = 8;

interface Looking extends OpenOptions {
  /** What is read of a file at first (bytes); the files of a folder are alike. */
  readonly front: { bytes: number };
}

/** One file, looked at. */
type Looked =
  | { readonly kind: 'dicom'; readonly instance: DicomInstance }
  | { readonly kind: 'nifti'; readonly scan: NiftiScan }
  | {
      readonly kind: 'refused';
      readonly source: SourceFile;
      readonly image: SourceFile | null;
      readonly reason: ErrorRecord;
    }
  /** By its name one of a pair, whose other half may come later. */
  | { readonly kind: 'half'; readonly source: SourceFile }
  | { readonly kind: 'archive'; readonly source: SourceFile }
  /** `source` where the file is whole, and only no image. */
  | { readonly kind: 'skipped'; readonly file: SkippedFile; readonly source?: SourceFile };

/**
 * Reads headers (of NIfTI files all of it, once). Files are taken in the order given;
 * archives are looked into. Ids are the same for the same files in the same order.
 *
 * @throws AbortSignal's reason when cancelled, and EffaceError `place/unfinished` where a
 *   folder is half new and half old; nothing else stops it
 */
export async function openScans(
  files: Iterable<SourceFile | SkippedFile> | AsyncIterable<SourceFile | SkippedFile>,
  options: OpenOptions = {},
): Promise<OpenedScans> {
  const found = new Found();
  const looking: Looking = { ...options, front: { bytes: SHORT_FRONT } };
  const total = Array.isArray(files) ? files.length : 0;
  await lookAtAll(files, looking, found, (done) => {
    options.onProgress?.({ stage: 'read', done, total: Math.max(done, total) });
  });
  for (const half of pairsOf(found.halves)) found.add(await lookAtHalf(half, looking));
  return found.sorted();
}

async function lookAtAll(
  files: Iterable<SourceFile | SkippedFile> | AsyncIterable<SourceFile | SkippedFile>,
  options: Looking,
  found: Found,
  onFile?: (done: number) => void,
): Promise<void> {
  const checkpoint = createCheckpoint(options.signal);
  let done = 0;
  for await (const looked of inOrder(outsideUndo(files), AT_ONCE, (file) => look(file, options))) {
    await checkpoint();
    if (looked.kind === 'archive') await lookInto(looked.source, options, found);
    else found.add(looked);
    onFile?.(++done);
  }
}

/**
 * What is not in an undo folder of a save in place (app/place).
 *
 * @throws EffaceError `place/unfinished` where that save did not end
 */
async function* outsideUndo(
  files: Iterable<SourceFile | SkippedFile> | AsyncIterable<SourceFile | SkippedFile>,
): AsyncGenerator<SourceFile | SkippedFile> {
  for await (const file of files) {
    if (!isInUndo(file.path)) yield file;
    else if ('read' in file && file.path.endsWith(JOURNAL)) {
      const intent = intentOf(await file.read());
      if (intent && !intent.done) throw new EffaceError('place/unfinished');
    }
  }
}

async function lookInto(archive: SourceFile, options: Looking, found: Found): Promise<void> {
  const { archives, ...inside } = options;
  if (!archives) return;
  try {
    await lookAtAll(archives.expand(archive, options), inside, found);
  } catch (error) {
    options.signal?.throwIfAborted();
    found.add(skipped(archive.path, reasonOf(error)));
  }
}

async function look(file: SourceFile | SkippedFile, options: Looking): Promise<Looked> {
  if ('reason' in file) return { kind: 'skipped', file };
  try {
    return await lookAt(file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    return skipped(file.path, reasonOf(error));
  }
}

/** A header with the image that was found for it; an image without a header is a file like any other. */
async function lookAtHalf({ source, image }: Half, options: Looking): Promise<Looked> {
  try {
    return halfOf(source.path) === 'head'
      ? await lookAtNifti(source, options.signal, image)
      : await lookAt(source, options, false);
  } catch (error) {
    options.signal?.throwIfAborted();
    return skipped(source.path, reasonOf(error));
  }
}

async function lookAt(
  source: SourceFile,
  { archives, maxFileBytes = Infinity, signal, front }: Looking,
  mayBeHalf = true,
): Promise<Looked> {
  const { path, size } = source;
  if (size === 0) return skipped(path, record('file/empty'));
  const first = await source.read(0, front.bytes);
  // A large archive is read in pieces, so its own size does not matter.
  if (archives?.isArchive(first)) return { kind: 'archive', source };
  if (size > maxFileBytes) {
    return skipped(path, record('file/too-large', { megabytes: Math.round(size / 2 ** 20) }));
  }
  const kind = await fileKind(source, first);
  const half = mayBeHalf ? halfOf(path) : null;
  if (half === 'head' && kind === 'nifti') return { kind: 'half', source };
  if (half === 'image' && kind !== 'nifti' && !hasDicomMark(first)) return { kind: 'half', source };
  if (kind === 'other') return other(source);
  if (kind === 'compressed-dicom') return skipped(path, record('file/compressed-dicom'));
  if (kind === 'nifti') return lookAtNifti(source, signal);
  try {
    const header = await readHeader(source, first);
    if ((header.pixelData?.dataStart ?? 0) > first.length) front.bytes = LONG_FRONT;
    return { kind: 'dicom', instance: { source, header } };
  } catch (error) {
    const isOther = error instanceof EffaceError && error.code === 'dicom/not-dicom';
    if (isOther && !/\.(dcm|dicom|ima)$/i.test(path)) {
      return other(source);
    }
    throw error;
  }
}

/** What is wrong with NIfTI files that are images all the same. */
const IMAGES: ReadonlySet<ErrorCode> = new Set([
  'nifti/unsupported',
  'geometry/degenerate',
  'file/too-large-to-write',
]);

async function lookAtNifti(
  source: SourceFile,
  signal: AbortSignal | undefined,
  image: SourceFile | null = null,
): Promise<Looked> {
  const refused = (reason: ErrorRecord): Looked => ({ kind: 'refused', source, image, reason });
  try {
    const scan = await readNifti(source, { id: '', patient: 0, visit: 0 }, { signal }, image);
    const slices = Math.min(...scan.grid.size);
    if (slices < MIN_SLICES) return refused(record('geometry/too-few-slices', { slices }));
    // What covers too little is shown, and left out when its turn comes (deface-scan.ts).
    const fault = implausibleGrid(scan.grid);
    return fault?.code === 'geometry/implausible' ? refused(fault) : { kind: 'nifti', scan };
  } catch (error) {
    const isImage = error instanceof EffaceError && IMAGES.has(error.code);
    if (!isImage) throw error;
    return refused(error.toRecord());
  }
}

/** Collects what was looked at, and sorts it into scans at the end. */
class Found {
  readonly #instances: DicomInstance[] = [];
  readonly #nifti: Extract<Looked, { kind: 'nifti' | 'refused' }>[] = [];
  readonly #skipped: SkippedFile[] = [];
  readonly #others: SourceFile[] = [];
  readonly halves: SourceFile[] = [];

  add(looked: Looked): void {
    if (looked.kind === 'archive') return;
    if (looked.kind === 'half') this.halves.push(looked.source);
    else if (looked.kind === 'dicom') this.#instances.push(looked.instance);
    else if (looked.kind === 'skipped') {
      this.#skipped.push(looked.file);
      if (looked.source) this.#others.push(looked.source);
    } else this.#nifti.push(looked);
  }

  /** Numbered from 1: DICOM in the order found, then NIfTI. */
  sorted(): OpenedScans {
    const dicom = groupInstances(this.#instances);
    const order = new Map(
      [...dicom.scans, ...dicom.left]
        .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
        .map(({ id }, n) => [id, String(n + 1)]),
    );
    const numbered = <One extends DicomScan | DicomLeftOut>(one: One): One => ({
      ...one,
      id: order.get(one.id) ?? one.id,
    });
    const scans: Scan[] = dicom.scans.map(numbered);
    const left: OpenedScans['left'][number][] = dicom.left.map(numbered);
    const places = createBidsPlaces(Math.max(0, ...dicom.scans.map(({ patient }) => patient)));
    this.#nifti.forEach((looked, n) => {
      const id = String(order.size + n + 1);
      if (looked.kind === 'nifti') scans.push(placed(looked.scan, id, places));
      else left.push(leftOut(looked, id));
    });
    return { scans, left, skipped: this.#skipped, others: this.#others };
  }
}

function placed(scan: NiftiScan, id: string, places: Places): NiftiScan {
  return { ...scan, id, ...places.placeOf(scan.source.path) };
}

function leftOut(
  { source, image, reason }: Extract<Looked, { kind: 'refused' }>,
  id: string,
): NiftiLeftOut {
  return {
    id,
    kind: 'nifti',
    modality: '',
    description: source.path.slice(source.path.lastIndexOf('/') + 1),
    files: image ? 2 : 1,
    decision: reason.code === 'geometry/too-few-slices' ? 'exclude' : 'refuse',
    reason,
    source,
    ...(image ? { image } : {}),
  };
}

function skipped(path: string, reason: ErrorRecord): Extract<Looked, { kind: 'skipped' }> {
  return { kind: 'skipped', file: { path, reason } };
}

function other(source: SourceFile): Looked {
  return { ...skipped(source.path, record('file/not-an-image')), source };
}

function record(code: ErrorCode, details: ErrorRecord['details'] = {}): ErrorRecord {
  return { code, details };
}

/** A fault of ours in one file is that file's problem, not the folder's. */
function reasonOf(error: unknown): ErrorRecord {
  return error instanceof EffaceError ? error.toRecord() : record('job/fault');
}
