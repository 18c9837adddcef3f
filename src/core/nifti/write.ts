/**
 * A NIfTI file with some of its voxels replaced: it is the bytes of the original, so that
 * everything outside the delta is what it was, bit for bit.
 */
import { assert, EffaceError } from '../errors.ts';
import { voxelCount } from '../geometry/grid.ts';
import type { JobOptions } from '../progress.ts';
import type { SourceFile } from '../source-file.ts';
import type { Delta } from '../volume/delta.ts';
import type { Mask } from '../volume/volume.ts';
import { createGzipper } from './gzip.ts';
import type { NiftiHeader } from './header.ts';
import { withoutIdentifyingText } from './identifying.ts';
import { headerBytes, headerFields, textFields } from './layout.ts';
import { patchOf, type Patch } from './patch.ts';
import { openNiftiStream } from './stream.ts';

export interface WriteNiftiOptions extends JobOptions {
  /** Clears identifying text from the header (default); false keeps it byte for byte. */
  readonly scrub?: boolean;
}

/**
 * The file with the delta in each of its volumes: same number type, byte order, scaling
 * and geometry; .nii.gz stays gzip. Bytes after the voxels are left out, since nobody
 * knows what they show.
 *
 * @param delta null changes no voxel
 * @throws EffaceError as `readNifti`
 */
export async function writeNifti(
  source: SourceFile,
  delta: Delta | null,
  { scrub = true, signal, onProgress }: WriteNiftiOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await openNiftiStream(source, { signal });
  const { header } = stream;
  const patch = delta && patchOf(header, delta);
  const total = header.voxOffset + header.voxelBytes;
  const out = stream.gzip ? createGzipper() : plain(total);
  out.push(scrub ? withoutIdentifyingText(stream.head, header.version) : stream.head);
  let done = 0;
  for await (const block of stream.blocks()) {
    patch?.(block, done);
    out.push(block);
    done += block.length;
    onProgress?.({ stage: 'write', done, total: header.voxelBytes });
  }
  return out.end();
}

/**
 * Holds a written file against its source: the same header, and every byte of the voxels
 * as the delta leaves it.
 *
 * @throws EffaceError `output/verify` with the number of voxel bytes that differ
 */
export async function verifyNifti(
  written: SourceFile,
  source: SourceFile,
  delta: Delta,
  { signal }: JobOptions = {},
): Promise<void> {
  const [after, before] = await Promise.all([
    openNiftiStream(written, { signal }),
    openNiftiStream(source, { signal }),
  ]);
  if (!sameHeader(after.header, before.header)) throw new EffaceError('output/verify');
  const patch: Patch = patchOf(before.header, delta);
  const blocks = after.blocks();
  let [done, different] = [0, 0];
  for await (const expected of before.blocks()) {
    patch(expected, done);
    done += expected.length;
    const { value: block } = (await blocks.next()) as IteratorResult<Uint8Array, undefined>;
    for (let n = 0; n < expected.length; n++) if (block?.[n] !== expected[n]) different++;
  }
  if (different > 0) throw new EffaceError('output/verify', { different });
}

/**
 * The mask as a .nii.gz on the grid of the original (uint8: 1 where a voxel is set, one
 * volume), with the original's geometry fields and none of its text.
 */
export async function writeNiftiMask(
  source: SourceFile,
  { voxels }: Mask,
  job: JobOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { header, head } = await openNiftiStream(source, job);
  const { version, littleEndian } = header;
  assert(voxels.length === voxelCount(header.grid), 'a mask has the grid of its file');
  const start = headerBytes(version) + 4;
  const clean = withoutIdentifyingText(head, version).slice(0, start);
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
function plain(total: number): ReturnType<typeof createGzipper> {
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
