/**
 * A NIfTI file, or a pair of them, as its header and its voxel bytes in blocks, gunzipped where it is gzip.
 * Nothing is inflated beyond what the header announces, so a small file cannot fill
 * the memory (`parseNiftiHeader` bounds what a header may announce).
 */
import { FlateErrorCode, Gunzip } from 'fflate';
import { crc32 } from '../crc32.ts';
import { because } from '../error-reasons.ts';
import { EffaceError } from '../errors.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import type { SourceFile } from '../source-file.ts';
import { FIRST_BYTES, parseNiftiHeader, versionOf, type NiftiHeader } from './header.ts';
import { headerBytes } from './layout.ts';

/** A multiple of the widest number, so that a block never splits one. */
const BLOCK_BYTES = 2 ** 20;
const READ_BYTES = 2 ** 22;
/** Deflate makes at most 1032 bytes of one, so this bounds what a push gives at once. */
const PUSH_BYTES = 2 ** 15;

export interface NiftiStream {
  readonly header: NiftiHeader;
  /** The bytes before the voxels: header, extension flag, extensions. Of a pair: the whole header file. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** Whether the file is gzip; of a pair, each of the two. */
  readonly gzip: boolean;
  readonly imageGzip: boolean;
  /**
   * The voxel bytes, once, in blocks of 1 MiB (the last may be shorter). Each block is
   * the reader's to keep or change.
   *
   * @throws EffaceError `nifti/truncated`, `nifti/damaged`
   */
  blocks(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** Whether bytes follow the voxels; known once the blocks are read. */
  hasTrailingBytes(): boolean;
}

/**
 * @param image the second file of a pair
 * @throws EffaceError as `parseNiftiHeader`, and `nifti/truncated`, `nifti/damaged`
 */
export async function openNiftiStream(
  source: SourceFile,
  job: JobOptions = {},
  image: SourceFile | null = null,
): Promise<NiftiStream> {
  const { gzip, bytes } = await openFile(source, job);
  const first = await bytes.take(FIRST_BYTES);
  if (first.length < FIRST_BYTES) throw new EffaceError('nifti/not-nifti');
  const start = join(first, await bytes.take(headerBytes(versionOf(first)) - FIRST_BYTES));
  const header = parseNiftiHeader(start);

  if (header.pair) {
    if (!image) throw new EffaceError('nifti/unsupported', because('nifti/two-files'));
    const head = join(start, await bytes.take(MOST_HEAD_BYTES));
    const own = await openFile(image, job);
    const lead = await own.bytes.take(header.voxOffset);
    return streamOf({ header, head, gzip }, own, lead.length, image.size);
  }
  const head = join(start, await bytes.take(header.voxOffset - start.length));
  return streamOf({ header, head, gzip }, { gzip, bytes }, head.length, source.size);
}

/** Extensions of a header file; what is beyond is not kept. */
const MOST_HEAD_BYTES = 2 ** 24;

interface OpenedFile {
  readonly gzip: boolean;
  readonly bytes: Reader;
}

async function openFile(source: SourceFile, job: JobOptions): Promise<OpenedFile> {
  const gzip = isGzip(await source.read(0, 2));
  return { gzip, bytes: createReader(gzip ? gunzip(source, job) : plainChunks(source, job)) };
}

/**
 * @param before bytes that were read of the file with the voxels
 * @param size of that file
 */
function streamOf(
  known: Pick<NiftiStream, 'header' | 'head' | 'gzip'>,
  { gzip, bytes }: OpenedFile,
  before: number,
  size: number,
): NiftiStream {
  const { voxOffset, voxelBytes } = known.header;
  const truncated = (has: number): EffaceError =>
    new EffaceError('nifti/truncated', { bytes: has, expected: voxelBytes });
  if (before < voxOffset) throw truncated(0);
  if (!gzip && size < voxOffset + voxelBytes) throw truncated(size - voxOffset);

  let trailing = false;
  async function* blocks(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (let done = 0; done < voxelBytes;) {
      const block = await bytes.take(Math.min(BLOCK_BYTES, voxelBytes - done));
      done += block.length;
      if (block.length < BLOCK_BYTES && done < voxelBytes) throw truncated(done);
      yield block;
    }
    trailing = await bytes.hasMore();
  }
  return { ...known, imageGzip: gzip, blocks, hasTrailingBytes: () => trailing };
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The first bytes of a gzip file, inflated; fewer where it is damaged or shorter.
 */
export async function peekGzip(source: SourceFile, length: number): Promise<Uint8Array> {
  try {
    return await createReader(gunzip(source, {})).take(length);
  } catch (error) {
    if (error instanceof EffaceError) return new Uint8Array(0);
    throw error;
  }
}

async function* plainChunks(
  source: SourceFile,
  { signal, onProgress }: JobOptions,
): AsyncGenerator<Uint8Array> {
  const checkpoint = createCheckpoint(signal);
  for (let start = 0; start < source.size; start += READ_BYTES) {
    const end = Math.min(source.size, start + READ_BYTES);
    yield await source.read(start, end);
    onProgress?.({ stage: 'read', done: end, total: source.size });
    await checkpoint();
  }
}

async function* gunzip(source: SourceFile, job: JobOptions): AsyncGenerator<Uint8Array> {
  const checkpoint = createCheckpoint(job.signal);
  const out: Uint8Array[] = [];
  const inflater = new Gunzip((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  let members = 1;
  inflater.onmember = () => {
    members++;
  };
  let crc = 0;
  let inflated = 0;
  for await (const chunk of plainChunks(source, job)) {
    for (let start = 0; start < chunk.length; start += PUSH_BYTES) {
      const problem = attempt(() => {
        inflater.push(chunk.subarray(start, start + PUSH_BYTES));
      });
      for (const piece of out.splice(0)) {
        crc = crc32(piece, crc);
        inflated += piece.length;
        yield piece;
      }
      // Bytes after the end of the data; gzip ignores them too.
      if (problem && inflated > 0 && isInvalidHeader(problem)) return;
      if (problem) throw new EffaceError('nifti/damaged', {}, { cause: problem });
      await checkpoint();
    }
  }
  // A cut file has another length in its last bytes; the reader above says that it is cut.
  if (members > 1 || source.size < 18) return;
  const end = await source.read(source.size - 8, source.size);
  const trailer = new DataView(end.buffer, end.byteOffset, 8);
  if (trailer.getUint32(4, true) === inflated % 2 ** 32 && trailer.getUint32(0, true) !== crc) {
    throw new EffaceError('nifti/damaged');
  }
}

function attempt(run: () => void): Error | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error('not an error', { cause: error });
  }
}

/** fflate's error for bytes that do not start as gzip. */
function isInvalidHeader(error: Error): boolean {
  return 'code' in error && error.code === FlateErrorCode.InvalidHeader;
}

interface Reader {
  /** The next bytes, fewer only at the end. */
  take(length: number): Promise<Uint8Array<ArrayBuffer>>;
  hasMore(): Promise<boolean>;
}

/** Cuts chunks of any size into pieces of the sizes asked for. */
function createReader(chunks: AsyncGenerator<Uint8Array>): Reader {
  let chunk: Uint8Array = new Uint8Array(0);
  let used = 0;
  const refill = async (): Promise<boolean> => {
    while (used === chunk.length) {
      const next = await chunks.next();
      if (next.done) return false;
      chunk = next.value;
      used = 0;
    }
    return true;
  };
  const take = async (length: number): Promise<Uint8Array<ArrayBuffer>> => {
    const piece = new Uint8Array(length);
    let filled = 0;
    while (filled < length && (await refill())) {
      const part = chunk.subarray(used, used + length - filled);
      piece.set(part, filled);
      filled += part.length;
      used += part.length;
    }
    return filled === length ? piece : piece.slice(0, filled);
  };
  return { take, hasMore: refill };
}
