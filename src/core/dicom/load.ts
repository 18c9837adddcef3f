/** Decodes a scan into a volume of stored values. */
import { EffaceError } from '../errors.ts';
import { voxelCount } from '../geometry/grid.ts';
import { createCheckpoint } from '../progress.ts';
import type { LoadOptions, MakeMemory, Rescale, StoredArray, Volume } from '../volume/volume.ts';
import type { SourceFile } from '../source-file.ts';
import { airValues } from './air.ts';
import type { DicomScan, DicomSlice } from './dicom-scan.ts';
import type { DicomHeader } from './header.ts';
import { readSlices, type DecodeFrame } from './pixel-data.ts';
import { storedArray, storedRange } from './stored-values.ts';

/** Reads in flight: files come in at full speed, and few wait in memory. */
const READS = 12;
/** ImageType value 3 of images with values around 0: phase, and parts of complex numbers. */
const SIGNED_IMAGE = /^(P|PHASE|REAL|IMAGINARY)$/;

/**
 * The voxels of a scan as its files store them. Places without a file (`slices[k]` null)
 * hold values between their neighbors, so that nothing looks like a hole.
 *
 * Progress: stage `decode`, in slices.
 *
 * @throws EffaceError `job/memory`, and what readSlices throws; the reason of `signal` when cancelled
 */
export async function loadDicomScan(
  scan: DicomScan,
  decoder: { decode: DecodeFrame },
  { signal, onProgress, memory }: LoadOptions = {},
): Promise<Volume> {
  const present = scan.slices.flatMap((slice, k) => (slice ? [{ slice, k }] : []));
  const first = present[0]?.slice.instance.header;
  if (!first) throw new EffaceError('geometry/no-slices');
  const [ni, nj] = scan.grid.size;
  const sliceLength = ni * nj;
  const stored = allocate(first, voxelCount(scan.grid), memory);

  const decode: DecodeFrame = (frame) => decoder.decode(frame);
  const checkpoint = createCheckpoint(signal);
  const queue = bySource(present).values();
  let done = 0;
  let isFailed = false;
  const work = async (): Promise<void> => {
    try {
      for (const ofFile of queue) {
        if (isFailed) return;
        await checkpoint();
        const slices = ofFile.map(({ slice: { instance }, k }) => ({
          instance,
          target: stored.subarray(k * sliceLength, (k + 1) * sliceLength),
        }));
        await readSlices(slices, decode, () => {
          onProgress?.({ stage: 'decode', done: ++done, total: present.length });
          return checkpoint();
        });
      }
    } catch (error) {
      isFailed = true;
      throw error;
    }
  };
  // The iterator is shared: each worker takes the next file. All end before an error is passed on.
  const ends = await Promise.allSettled(Array.from({ length: READS }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;

  const rescales = rescaleOfSlices(scan.slices);
  fillMissing(stored, scan.slices, sliceLength, rescales);
  const rescale = rescales.every((r) => isSame(r, first.rescale)) ? [first.rescale] : rescales;
  const { padding } = first;
  const air = airValues({
    modality: scan.modality,
    stored,
    sliceLength,
    rescale,
    padding,
    range: rangeOf(present.map(({ slice }) => slice.instance.header)),
    isSigned: scan.modality === 'MR' && SIGNED_IMAGE.test(first.imageType[2] ?? ''),
  });
  return { grid: scan.grid, modality: scan.modality, stored, rescale, padding, air };
}

interface Present {
  readonly slice: DicomSlice;
  readonly k: number;
}

/** Slices of one file together, so that it is opened once. */
function bySource(present: readonly Present[]): ReadonlyMap<SourceFile, readonly Present[]> {
  const files = new Map<SourceFile, Present[]>();
  for (const one of present) {
    const { source } = one.slice.instance;
    const ofFile = files.get(source);
    if (ofFile) ofFile.push(one);
    else files.set(source, [one]);
  }
  return files;
}

function allocate(header: DicomHeader, length: number, memory?: MakeMemory): StoredArray {
  try {
    return storedArray(header, length, memory);
  } catch (error) {
    const needed = Math.ceil((length * header.bitsAllocated) / 8e6);
    throw new EffaceError('job/memory', { needed }, { cause: error });
  }
}

/** The rescale of every k; a place without a file has that of the slice before it. */
function rescaleOfSlices(slices: readonly (DicomSlice | null)[]): readonly Rescale[] {
  let last: Rescale = { slope: 1, intercept: 0 };
  return slices.map((slice) => {
    if (slice) last = slice.instance.header.rescale;
    return last;
  });
}

/** What every slice of the scan can store. */
function rangeOf(headers: readonly DicomHeader[]): readonly [number, number] {
  const ranges = headers.map(storedRange);
  return [Math.max(...ranges.map(([low]) => low)), Math.min(...ranges.map(([, high]) => high))];
}

/** Linear between the neighbors; a copy of the one before where their rescales differ. */
function fillMissing(
  stored: StoredArray,
  slices: readonly (DicomSlice | null)[],
  length: number,
  rescales: readonly Rescale[],
): void {
  let before = 0;
  slices.forEach((slice, k) => {
    if (slice) {
      before = k;
      return;
    }
    const after = slices.findIndex((next, n) => n > k && next !== null);
    const [left, right] = [rescales[before], rescales[after]];
    const mixes = left && right && isSame(left, right);
    const share = mixes ? (k - before) / (after - before) : 0;
    const [from, to, into] = [before * length, after * length, k * length];
    for (let n = 0; n < length; n++) {
      const a = stored[from + n] as number;
      stored[into + n] = Math.round(a + share * ((stored[to + n] as number) - a));
    }
  });
}

function isSame(a: Rescale, b: Rescale): boolean {
  return a.slope === b.slope && a.intercept === b.intercept;
}
