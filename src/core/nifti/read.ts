/** A NIfTI file (.nii or .nii.gz) or pair (.hdr and .img) as a scan, and its voxels. */
import { EffaceError } from '../errors.ts';
import { voxelCount } from '../geometry/grid.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import { scanWarning, type ScanWarning } from '../scan-warnings.ts';
import type { ScanId, ScanSummary } from '../scan.ts';
import type { SourceFile } from '../source-file.ts';
import type { LoadOptions, MakeMemory, StoredArray, Volume } from '../volume/volume.ts';
import { bytesPerVoxel, integerRange, MACHINE_IS_LITTLE_ENDIAN, numbersIn } from './datatype.ts';
import type { NiftiHeader } from './header.ts';
import { airValue, guessModality } from './intensities.ts';
import { openNiftiStream, type NiftiStream } from './stream.ts';

/** `sub-01_pet.nii.gz` (BIDS 1.10, PET), and half a pair of that name. */
const PET_NAME = /(?:^|[/_])pet\.(?:nii|hdr|img)(?:\.gz)?$/;

/** Enough voxels to see peaks of a few per cent. */
const SAMPLE = 200_000;

export interface NiftiScan extends ScanSummary {
  readonly kind: 'nifti';
  /** The file, or the header file of a pair. */
  readonly source: SourceFile;
  /** The second file of a pair. */
  readonly image?: SourceFile;
  readonly header: NiftiHeader;
}

/** What the caller knows of the file: our own numbers (scan.ts). */
export interface Place {
  readonly id: ScanId;
  readonly patient: number;
  readonly visit: number;
}

/**
 * Reads the file through once, so that a cut or damaged one is known before work starts,
 * and keeps its header. The modality is judged from the intensities (`guessModality`), which do
 * not tell PET: that is told by the suffix of its BIDS name.
 *
 * @param image the second file of a pair; of no use to a file that holds its voxels
 * @throws EffaceError `nifti/not-nifti`, `nifti/unsupported` (with the reason),
 *   `nifti/truncated`, `nifti/damaged`, `geometry/degenerate`,
 *   `file/too-large-to-write`
 */
export async function readNifti(
  source: SourceFile,
  place: Place,
  job: JobOptions = {},
  image: SourceFile | null = null,
): Promise<NiftiScan> {
  const stream = await openNiftiStream(source, job, image);
  const { header } = stream;
  const voxels = header.voxelBytes / bytesPerVoxel(header.type);
  const step = Math.max(1, Math.floor(voxels / SAMPLE));
  const sample = new Float64Array(Math.ceil(voxels / step));
  let taken = 0;
  let next = 0;
  for await (const block of stream.blocks()) {
    const numbers = numbersIn(block, header.type, header.littleEndian);
    for (; next < numbers.length; next += step) {
      sample[taken++] = (numbers[next] as number) * header.slope + header.intercept;
    }
    next -= numbers.length;
  }

  const warnings: ScanWarning[] = [];
  if (stream.hasTrailingBytes()) {
    warnings.push(scanWarning('trailing-bytes'));
  }
  if (header.volumes > 1) {
    warnings.push(scanWarning('repeats/file', { volumes: header.volumes }));
  }
  if (header.orientation === 'pixdim') {
    warnings.push(scanWarning('no-orientation'));
  }
  return {
    ...place,
    kind: 'nifti',
    modality: PET_NAME.test(source.path) ? 'PT' : guessModality(sample),
    description: source.path.slice(source.path.lastIndexOf('/') + 1),
    grid: header.grid,
    files: image ? 2 : 1,
    bytes: source.size + (image?.size ?? 0),
    warnings,
    source,
    ...(image ? { image } : {}),
    header,
  };
}

/**
 * The stored values, as the file has them (a float file may hold NaN); of several volumes
 * their mean, in the file's number type.
 *
 * @throws EffaceError `job/memory`; `nifti/truncated` or `nifti/damaged` where the file
 *   changed since it was opened
 */
export async function loadNiftiScan(scan: NiftiScan, job: LoadOptions = {}): Promise<Volume> {
  const { header, modality } = scan;
  const stream = await openNiftiStream(scan.source, job, scan.image);
  if (stream.header.voxelBytes !== header.voxelBytes) throw new EffaceError('nifti/damaged');
  const stored = await (header.volumes > 1 ? meanOf(stream, job) : valuesOf(stream, job));
  return {
    grid: header.grid,
    modality,
    stored,
    rescale: [{ slope: header.slope, intercept: header.intercept }],
    padding: null,
    air: [airValue(stored, header, modality)],
  };
}

async function valuesOf(stream: NiftiStream, job: LoadOptions): Promise<StoredArray> {
  const { header } = stream;
  const bytes = allocate(header.voxelBytes, job.memory);
  const checkpoint = createCheckpoint(job.signal);
  let filled = 0;
  for await (const block of stream.blocks()) {
    bytes.set(block, filled);
    filled += block.length;
    await checkpoint();
  }
  return numbersIn(bytes, header.type, header.littleEndian);
}

async function meanOf(stream: NiftiStream, job: LoadOptions): Promise<StoredArray> {
  const { header } = stream;
  const { type, littleEndian, volumes } = header;
  const count = voxelCount(header.grid);
  const sums = new Float64Array(count);
  const checkpoint = createCheckpoint(job.signal);
  let v = 0;
  for await (const block of stream.blocks()) {
    for (const value of numbersIn(block, type, littleEndian)) {
      sums[v] = (sums[v] as number) + value;
      if (++v === count) v = 0;
    }
    await checkpoint();
  }
  const bytes = allocate(count * bytesPerVoxel(type), job.memory);
  const mean = numbersIn(bytes, type, MACHINE_IS_LITTLE_ENDIAN);
  const isWhole = integerRange(type) !== null;
  for (let n = 0; n < count; n++) {
    const value = (sums[n] as number) / volumes;
    mean[n] = isWhole ? Math.round(value) : value;
  }
  return mean;
}

function allocate(
  length: number,
  memory: MakeMemory = (bytes) => new ArrayBuffer(bytes),
): Uint8Array {
  try {
    return new Uint8Array(memory(length));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new EffaceError('job/memory', { needed: Math.ceil(length / 2 ** 20) }, { cause });
  }
}
