/**
 * A NIfTI file with some of its voxels replaced: it is the bytes of the original, so that
 * everything outside the delta is what it was, bit for bit.
 */
import { assert, EffaceError } from '../errors.ts';
import { voxelCount } from '../geometry/grid.ts';
import type { JobOptions } from '../progress.ts';
import type { SourceFile } from '../source-file.ts';
import type { Delta } from '../volume/delta.ts';
import type { Mask, StoredArray } from '../volume/volume.ts';
import { numbersIn } from './datatype.ts';
import { createGzipper, type Gzipper } from './gzip.ts';
import type { NiftiHeader } from './header.ts';
import { withoutIdentifyingText } from './identifying.ts';
import { headerBytes, headerFields, textFields } from './layout.ts';
import { patchOf } from './patch.ts';
import { openNiftiStream, type NiftiStream } from './stream.ts';

export interface WriteNiftiOptions extends JobOptions {
  /** Clears identifying text from the header (default); false keeps it byte for byte. */
  readonly scrub?: boolean;
}

/**
 * What becomes of volume n (from 0) of a file of several, by its own stored values, which it
 * must not change: the same each time it is asked.
 */
export type DeltaOfVolume = (n: number, stored: StoredArray) => Promise<Delta>;

/**
 * The file with the delta in each of its volumes: same number type, byte order, scaling
 * and geometry; .nii.gz stays gzip. Bytes after the voxels are left out, since nobody
 * knows what they show.
 *
 * @param delta one for all volumes, or made for each; null changes no voxel
 * @throws EffaceError as `readNifti`
 */
export async function writeNifti(
  source: SourceFile,
  delta: Delta | DeltaOfVolume | null,
  { scrub = true, signal, onProgress }: WriteNiftiOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await openNiftiStream(source, { signal });
  const { header } = stream;
  const out = stream.gzip ? createGzipper() : plain(header.voxOffset + header.voxelBytes);
  out.push(scrub ? withoutIdentifyingText(stream.head, header.version) : stream.head);
  await pushVoxels(out, stream, delta, onProgress);
  return out.end();
}

/** A pair, as its two files. */
export interface NiftiPair<File> {
  readonly head: File;
  readonly image: File;
}

/** The same of a pair: each of the two files gzip where it was, bytes before the voxels 0. */
export async function writeNiftiPair(
  { head, image }: NiftiPair<SourceFile>,
  delta: Delta | DeltaOfVolume | null,
  { scrub = true, signal, onProgress }: WriteNiftiOptions = {},
): Promise<NiftiPair<Uint8Array<ArrayBuffer>>> {
  const stream = await openNiftiStream(head, { signal }, image);
  const { header } = stream;
  const first = stream.gzip ? createGzipper() : plain(stream.head.length);
  first.push(scrub ? withoutIdentifyingText(stream.head, header.version) : stream.head);
  const second = stream.imageGzip ? createGzipper() : plain(header.voxOffset + header.voxelBytes);
  second.push(new Uint8Array(header.voxOffset));
  await pushVoxels(second, stream, delta, onProgress);
  return { head: first.end(), image: second.end() };
}

async function pushVoxels(
  out: Gzipper,
  stream: NiftiStream,
  delta: Delta | DeltaOfVolume | null,
  onProgress: JobOptions['onProgress'],
): Promise<void> {
  const total = stream.header.voxelBytes;
  let done = 0;
  for await (const block of patched(stream, delta)) {
    out.push(block);
    done += block.length;
    onProgress?.({ stage: 'write', done, total });
  }
}

/**
 * Holds a written file against its source: the same header, and every byte of the voxels
 * as the delta leaves it.
 *
 * @param images the second files, where they are pairs
 * @throws EffaceError `output/verify` with the number of voxel bytes that differ
 */
export async function verifyNifti(
  written: SourceFile,
  source: SourceFile,
  delta: Delta | DeltaOfVolume,
  { signal }: JobOptions = {},
  images: { readonly written: SourceFile; readonly source: SourceFile } | null = null,
): Promise<void> {
  const [after, before] = await Promise.all([
    openNiftiStream(written, { signal }, images?.written),
    openNiftiStream(source, { signal }, images?.source),
  ]);
  if (!sameHeader(after.header, before.header)) throw new EffaceError('output/verify');
  const blocks = after.blocks();
  let [different, at] = [0, 0];
  let block: Uint8Array = new Uint8Array(0);
  for await (const expected of patched(before, delta)) {
    for (let n = 0; n < expected.length; n++, at++) {
      if (at === block.length) {
        const next = (await blocks.next()) as IteratorResult<Uint8Array, undefined>;
        [block, at] = [next.value ?? new Uint8Array(expected.length - n), 0];
        if (!next.value) different++;
      }
      if (block[at] !== expected[n]) different++;
    }
  }
  if (different > 0) throw new EffaceError('output/verify', { different });
}

/** The voxel bytes with the delta in them: in blocks as they are read, or a volume at a time. */
async function* patched(
  stream: NiftiStream,
  delta: Delta | DeltaOfVolume | null,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { header } = stream;
  if (typeof delta !== 'function') {
    const patch = delta && patchOf(header, delta);
    let done = 0;
    for await (const block of stream.blocks()) {
      patch?.(block, done);
      done += block.length;
      yield block;
    }
    return;
  }
  let n = 0;
  for await (const volume of volumesOf(stream)) {
    const stored = numbersIn(volume.slice(), header.type, header.littleEndian);
    patchOf(header, await delta(n++, stored))(volume, 0);
    yield volume;
  }
}

/** The voxel bytes, one volume at a time. */
async function* volumesOf(stream: NiftiStream): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { header } = stream;
  const length = header.voxelBytes / header.volumes;
  let volume = new Uint8Array(length);
  let filled = 0;
  for await (const block of stream.blocks()) {
    for (let used = 0; used < block.length;) {
      const part = block.subarray(used, used + length - filled);
      volume.set(part, filled);
      filled += part.length;
      used += part.length;
      if (filled < length) continue;
      yield volume;
      [volume, filled] = [new Uint8Array(length), 0];
    }
  }
}

/**
 * The mask as a .nii.gz on the grid of the original (uint8: 1 where a voxel is set, one
 * volume), with the original's geometry fields and none of its text.
 */
export async function writeNiftiMask(
  source: SourceFile,
  { voxels }: Mask,
  job: JobOptions = {},
  image: SourceFile | null = null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { header, head } = await openNiftiStream(source, job, image);
  const { version, littleEndian } = header;
  assert(voxels.length === voxelCount(header.grid), 'a mask has the grid of its file');
  const start = headerBytes(version) + 4;
  const clean = new Uint8Array(start);
  clean.set(withoutIdentifyingText(head, version).subarray(0, start));
  // One file, of a pair too.
  clean[version === 1 ? 345 : 5] = 0x2b;
  const fields = headerFields(clean, version, littleEndian);
  // An echo time says nothing of a mask.
  const [descrip = 0, length = 0] = textFields(version)[0] ?? [];
  clean.fill(0, descrip, descrip + length);
  fields.setDim(0, Math.min(3, fields.dim(0)));
  for (let n = 4; n < 8; n++) fields.setDim(n, 1);
  fields.setCode('datatype', 2);
  fields.setCode('bitpix', 8);
  fields.setVoxOffset(start);
  for (const field of ['sclSlope', 'sclInter', 'calMin'] as const) fields.setFloat(field, 0);
  fields.setFloat('calMax', 1);
  const out = createGzipper();
  out.push(clean);
  out.push(voxels.map((on) => (on ? 1 : 0)));
  return out.end();
}

function sameHeader(a: NiftiHeader, b: NiftiHeader): boolean {
  const facts = ({ grid, ...rest }: NiftiHeader): string =>
    JSON.stringify([rest, grid.size, Array.from(grid.affine)]);
  return facts(a) === facts(b);
}

/** Collects the bytes of a file whose size is known. */
function plain(total: number): Gzipper {
  const bytes = new Uint8Array(total);
  let filled = 0;
  return {
    push(part) {
      bytes.set(part, filled);
      filled += part.length;
    },
    end: () => bytes,
  };
}
