/**
 * A NIfTI-1 file with some of its voxels replaced: it starts from the bytes of the
 * original, so that everything outside the delta is what it was, bit for bit.
 */
import { assert } from '../errors.ts';
import { voxelCount } from '../geometry/grid.ts';
import type { JobOptions } from '../progress.ts';
import type { SourceFile } from '../source-file.ts';
import type { Delta } from '../volume/delta.ts';
import type { Mask } from '../volume/volume.ts';
import { bytesPerVoxel, MACHINE_IS_LITTLE_ENDIAN, swapBytes } from './datatype.ts';
import { gzip } from './gzip.ts';
import type { NiftiHeader } from './header.ts';
import { withoutIdentifyingText } from './identifying.ts';
import { openNiftiStream } from './stream.ts';

export interface WriteNiftiOptions extends JobOptions {
  /** Clears identifying text from the header (default); false keeps it byte for byte. */
  readonly scrub?: boolean;
}

/**
 * The file with the delta in it: same number type, byte order, scaling and geometry;
 * .nii.gz stays gzip. Bytes after the voxels are left out, since nobody knows what they
 * show.
 *
 * @param original the whole file as it was read
 * @param delta null changes no voxel
 * @throws EffaceError as `readNifti`
 */
export async function writeNifti(
  original: Uint8Array<ArrayBuffer>,
  delta: Delta | null,
  { scrub = true, signal, onProgress }: WriteNiftiOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await openNiftiStream(inMemory(original), { signal });
  const { header, head } = stream;
  const bytes = new Uint8Array(header.voxOffset + header.voxelBytes);
  bytes.set(scrub ? withoutIdentifyingText(head) : head);
  let filled = header.voxOffset;
  for await (const block of stream.blocks()) {
    bytes.set(block, filled);
    filled += block.length;
  }
  if (delta) applyDelta(bytes.subarray(header.voxOffset), header, delta);
  return stream.gzip ? gzip(bytes, { signal, onProgress }) : bytes;
}

/**
 * The mask as a .nii.gz on the grid of the original (uint8: 1 where a voxel is set), with
 * the original's geometry fields and none of its text.
 */
export async function writeNiftiMask(
  original: Uint8Array<ArrayBuffer>,
  mask: Mask,
  { signal, onProgress }: JobOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { header, head } = await openNiftiStream(inMemory(original), { signal });
  assert(mask.voxels.length === voxelCount(header.grid), 'a mask has the grid of its file');
  const bytes = new Uint8Array(352 + mask.voxels.length);
  bytes.set(withoutIdentifyingText(head).subarray(0, 352));
  bytes.fill(0, 148, 148 + 80);
  const view = new DataView(bytes.buffer);
  view.setInt16(70, 2, header.littleEndian);
  view.setInt16(72, 8, header.littleEndian);
  view.setFloat32(108, 352, header.littleEndian);
  for (const offset of [112, 116, 124, 128]) view.setFloat32(offset, 0, header.littleEndian);
  view.setFloat32(124, 1, header.littleEndian);
  for (let v = 0; v < mask.voxels.length; v++) bytes[352 + v] = mask.voxels[v] ? 1 : 0;
  return gzip(bytes, { signal, onProgress });
}

/** Puts the delta's values into the voxel bytes of a file. */
function applyDelta(voxels: Uint8Array, header: NiftiHeader, { grid, runs, values }: Delta): void {
  const width = bytesPerVoxel(header.type);
  assert(voxelCount(grid) === voxelCount(header.grid), 'a delta has the grid of its file');
  assert(values.BYTES_PER_ELEMENT === width, 'a delta has the number type of its file');
  const next = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  if (header.littleEndian !== MACHINE_IS_LITTLE_ENDIAN) swapBytes(next, width);
  let used = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = (runs[r] as number) * width;
    const length = (runs[r + 1] as number) * width;
    assert(start + length <= voxels.length, 'a delta lies within its volume');
    voxels.set(next.subarray(used, used + length), start);
    used += length;
  }
  assert(used === next.length, 'a delta has one value for each voxel of its runs');
}

function inMemory(bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path: '',
    size: bytes.length,
    read: (start = 0, end = bytes.length) => Promise.resolve(bytes.slice(start, end)),
  };
}
