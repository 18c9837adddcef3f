/**
 * The 348 bytes of a NIfTI-1 header (nifti1.h; offsets in dicom.md follow it). Fields
 * keep their names of the standard in camel case.
 */
import { EffaceError } from '../errors.ts';
import type { Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { bytesPerVoxel, niftiType, type NiftiType } from './datatype.ts';
import { orientationOf, type Orientation } from './orientation.ts';

export const HEADER_BYTES = 348;
/** Header and extension flag: where the voxels of a single file start at the earliest. */
const SINGLE_FILE_OFFSET = 352;

/** More than this before the voxels is no header. */
const MAX_VOX_OFFSET = 64 * 2 ** 20;
/** More voxels than this do not fit into one typed array everywhere. */
const MAX_VOXEL_BYTES = 2 ** 31;

export interface NiftiHeader {
  readonly littleEndian: boolean;
  readonly type: NiftiType;
  readonly grid: Grid;
  /** Which fields gave the affine; `pixdim`: the file does not say how the head lies. */
  readonly orientation: Orientation['from'];
  /** Where the voxels start (bytes), in the uncompressed file. */
  readonly voxOffset: number;
  readonly voxelBytes: number;
  /** Modality value = stored · slope + intercept; scl_slope 0 is no scaling (1 and 0). */
  readonly slope: number;
  readonly intercept: number;
}

/** Whether the first bytes (at least 348) are those of NIfTI or Analyze, of any version. */
export function looksLikeNifti(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const magic = text(bytes, 344, 3);
  if (magic === 'n+1' || magic === 'ni1') return true;
  const size = sizeofHeader(bytes);
  if (size === 540) return /^n(\+|i)2$/.test(text(bytes, 4, 3));
  // Analyze 7.5 has no magic: its size, and a number of axes that is one.
  return size === 348 && axes(bytes) !== null;
}

/**
 * Reads the header of a single-file NIfTI-1.
 *
 * @param bytes at least its first 348 bytes, uncompressed
 * @throws EffaceError `nifti/not-nifti`, `nifti/unsupported` (with the reason),
 *   `nifti/damaged`, `geometry/degenerate`, `file/too-large`
 */
export function parseNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const littleEndian = checkVersion(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const int16 = (offset: number): number => view.getInt16(offset, littleEndian);
  const float = (offset: number): number => view.getFloat32(offset, littleEndian);

  const size = readSize(int16);
  const read = niftiType(int16(70));
  if ('reason' in read) throw unsupported(read.reason);
  const { type } = read;
  if (int16(72) !== 0 && int16(72) !== 8 * bytesPerVoxel(type)) {
    throw new EffaceError('nifti/damaged');
  }
  const voxelBytes = size[0] * size[1] * size[2] * bytesPerVoxel(type);
  if (voxelBytes > MAX_VOXEL_BYTES) {
    throw new EffaceError('file/too-large', { megabytes: Math.round(voxelBytes / 2 ** 20) });
  }

  const voxOffset = float(108) || SINGLE_FILE_OFFSET;
  if (
    !Number.isInteger(voxOffset) ||
    voxOffset < SINGLE_FILE_OFFSET ||
    voxOffset > MAX_VOX_OFFSET
  ) {
    throw new EffaceError('nifti/damaged');
  }

  const vector = (offset: number): Vec3 => [float(offset), float(offset + 4), float(offset + 8)];
  const orientation = orientationOf({
    qformCode: int16(252),
    sformCode: int16(254),
    pixdim: [float(76), float(80), float(84), float(88)],
    quatern: vector(256),
    qoffset: vector(268),
    srow: Array.from({ length: 12 }, (_, n) => float(280 + 4 * n)),
    millimetres: millimetresPerUnit(bytes[123] as number, float(80)),
  });
  if (!orientation) throw new EffaceError('geometry/degenerate');

  const slope = float(112);
  const scaled = Number.isFinite(slope) && slope !== 0;
  const intercept = float(116);
  return {
    littleEndian,
    type,
    grid: { size, affine: orientation.affine },
    orientation: orientation.from,
    voxOffset,
    voxelBytes,
    slope: scaled ? slope : 1,
    intercept: scaled && Number.isFinite(intercept) ? intercept : 0,
  };
}

/** Whether numbers are little endian, of a header that is NIfTI-1 in one file. */
function checkVersion(bytes: Uint8Array): boolean {
  if (!looksLikeNifti(bytes)) throw new EffaceError('nifti/not-nifti');
  const size = sizeofHeader(bytes);
  if (size === 540) throw unsupported('It is NIfTI-2, which only very large images need.');
  const magic = text(bytes, 344, 4);
  if (magic === 'ni1\0') throw unsupported('Header and image are two files (.hdr and .img).');
  if (magic !== 'n+1\0')
    throw unsupported('It is Analyze 7.5, which does not say where right and left are.');
  const order = axes(bytes);
  if (size !== 348 || order === null) throw new EffaceError('nifti/damaged');
  return order === 'little';
}

function readSize(int16: (offset: number) => number): [number, number, number] {
  const dim = Array.from({ length: 8 }, (_, n) => int16(40 + 2 * n));
  const used = dim.slice(1, 1 + (dim[0] as number));
  if (used.some((n) => n < 1)) throw new EffaceError('nifti/damaged');
  const volumes = used.slice(3).reduce((product, n) => product * n, 1);
  if (volumes > 1) throw unsupported(`It holds ${volumes} volumes, one after the other.`);
  const [ni = 1, nj = 1, nk = 1] = used;
  return [ni, nj, nk];
}

/** sizeof_hdr in the byte order in which it makes sense; 0 if in none. */
function sizeofHeader(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const little of [true, false]) {
    const size = view.getInt32(0, little);
    if (size === 348 || size === 540) return size;
  }
  return 0;
}

/** The byte order in which dim[0] is a number of axes (nifti1.h, "BYTE ORDERING"). */
function axes(bytes: Uint8Array): 'little' | 'big' | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (inAxes(view.getInt16(40, true))) return 'little';
  return inAxes(view.getInt16(40, false)) ? 'big' : null;
}

function inAxes(n: number): boolean {
  return n >= 1 && n <= 7;
}

/**
 * xyzt_units: 1 metres, 2 mm, 3 micrometres, 0 unknown (mm by custom). Some writers set
 * the code and still write mm, so it counts only where it makes a voxel of a head.
 */
function millimetresPerUnit(xyztUnits: number, spacing: number): number {
  const factor = { 1: 1000, 3: 0.001 }[xyztUnits & 7] ?? 1;
  const mm = Math.abs(spacing) * factor;
  return mm >= 0.05 && mm <= 20 ? factor : 1;
}

function unsupported(reason: string): EffaceError {
  return new EffaceError('nifti/unsupported', { reason });
}

function text(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
