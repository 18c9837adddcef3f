/** The header of a NIfTI-1 or NIfTI-2 file (nifti1.h, nifti2.h), read and checked. */
import { because } from '../error-reasons.ts';
import { EffaceError, type ErrorDetails } from '../errors.ts';
import { MOST_WRITTEN_BYTES } from '../source-file.ts';
import type { Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { bytesPerVoxel, niftiType, type NiftiType } from './datatype.ts';
import { headerBytes, headerFields, type HeaderFields, type NiftiVersion } from './layout.ts';
import { orientationOf, type Orientation } from './orientation.ts';

/** Enough of a file to tell what it is: the header of NIfTI-1. */
export const FIRST_BYTES = 348;

/** More than this before the voxels is no header. */
const MAX_VOX_OFFSET = 64 * 2 ** 20;

export interface NiftiHeader {
  readonly version: NiftiVersion;
  readonly littleEndian: boolean;
  /** The voxels lie in another file (.hdr and .img). */
  readonly pair: boolean;
  readonly type: NiftiType;
  readonly grid: Grid;
  /** Which fields gave the affine; `pixdim`: the file does not say how the head lies. */
  readonly orientation: Orientation['from'];
  /** Where the voxels start (bytes), in the uncompressed file that holds them. */
  readonly voxOffset: number;
  /** Bytes of all voxels. */
  readonly voxelBytes: number;
  /** Volumes on this grid, one after the other (time points, directions, echoes). */
  readonly volumes: number;
  /** Modality value = stored · slope + intercept; scl_slope 0 is no scaling (1 and 0). */
  readonly slope: number;
  readonly intercept: number;
}

/** Whether the first bytes (at least 348) are those of NIfTI or Analyze, of any version. */
export function looksLikeNifti(bytes: Uint8Array): boolean {
  if (bytes.length < FIRST_BYTES) return false;
  const magic = text(bytes, 344, 3);
  if (magic === 'n+1' || magic === 'ni1') return true;
  const size = sizeofHeader(bytes);
  if (size === 540) return /^n(\+|i)2$/.test(text(bytes, 4, 3));
  // Analyze 7.5 has no magic: its size, and a number of axes that is one.
  return size === 348 && axes(bytes) !== null;
}

/**
 * Reads the header of a file, or of the first of a pair.
 *
 * @param bytes at least its first 348 bytes (NIfTI-2: 540), uncompressed
 * @throws EffaceError `nifti/not-nifti`, `nifti/unsupported` (with the reason),
 *   `nifti/damaged`, `geometry/degenerate`, `file/too-large-to-write`
 */
export function parseNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const { version, littleEndian, pair } = checkVersion(bytes);
  const fields = headerFields(bytes, version, littleEndian);
  const { size, volumes } = readSize(fields);
  const read = niftiType(fields.code('datatype'));
  if ('problem' in read) throw unsupported(read.problem);
  const { type } = read;
  const bitpix = fields.code('bitpix');
  if (bitpix !== 0 && bitpix !== 8 * bytesPerVoxel(type)) throw new EffaceError('nifti/damaged');
  const voxelBytes = size[0] * size[1] * size[2] * volumes * bytesPerVoxel(type);
  if (!(voxelBytes <= MOST_WRITTEN_BYTES)) {
    const megabytes = Math.round(voxelBytes / 2 ** 20);
    throw new EffaceError('file/too-large-to-write', { megabytes });
  }

  // Behind header and extension flag, or at the start of their own file.
  const earliest = pair ? 0 : headerBytes(version) + 4;
  const voxOffset = fields.voxOffset() || earliest;
  if (!Number.isInteger(voxOffset) || voxOffset < earliest || voxOffset > MAX_VOX_OFFSET) {
    throw new EffaceError('nifti/damaged');
  }
  const orientation = readOrientation(fields);
  if (!orientation) throw new EffaceError('geometry/degenerate');

  const slope = fields.float('sclSlope');
  const scaled = Number.isFinite(slope) && slope !== 0;
  const intercept = fields.float('sclInter');
  return {
    version,
    littleEndian,
    pair,
    type,
    grid: { size, affine: orientation.affine },
    orientation: orientation.from,
    voxOffset,
    voxelBytes,
    volumes,
    slope: scaled ? slope : 1,
    intercept: scaled && Number.isFinite(intercept) ? intercept : 0,
  };
}

function readOrientation(fields: HeaderFields): Orientation | null {
  const several = (field: 'quatern' | 'qoffset' | 'srow' | 'pixdim', n: number): number[] =>
    Array.from({ length: n }, (_, at) => fields.float(field, at));
  return orientationOf({
    qformCode: fields.code('qformCode'),
    sformCode: fields.code('sformCode'),
    pixdim: several('pixdim', 4) as [number, number, number, number],
    quatern: several('quatern', 3) as unknown as Vec3,
    qoffset: several('qoffset', 3) as unknown as Vec3,
    srow: several('srow', 12),
    millimetres: millimetresPerUnit(fields.code('xyztUnits'), fields.float('pixdim', 1)),
  });
}

/** NIfTI-2 is told by the size its header gives. */
export function versionOf(bytes: Uint8Array): NiftiVersion {
  return sizeofHeader(bytes) === 540 ? 2 : 1;
}

/** Version, byte order, and whether the voxels lie in another file. */
function checkVersion(bytes: Uint8Array): Pick<NiftiHeader, 'version' | 'littleEndian' | 'pair'> {
  if (!looksLikeNifti(bytes)) throw new EffaceError('nifti/not-nifti');
  const size = sizeofHeader(bytes);
  const version = versionOf(bytes);
  const magic = version === 2 ? text(bytes, 4, 4) : text(bytes, 344, 4);
  const pair = magic === 'ni1\0' || magic === 'ni2\0';
  if (version === 2) {
    if (bytes.length < headerBytes(2)) throw new EffaceError('nifti/damaged');
    return { version, littleEndian: isLittle(bytes, 540), pair };
  }
  if (magic !== 'n+1\0' && !pair) throw unsupported(because('nifti/analyze'));
  const order = axes(bytes);
  if (size !== 348 || order === null) throw new EffaceError('nifti/damaged');
  return { version, littleEndian: order === 'little', pair };
}

function readSize(fields: HeaderFields): { size: [number, number, number]; volumes: number } {
  const axesUsed = fields.dim(0);
  if (!inAxes(axesUsed)) throw new EffaceError('nifti/damaged');
  const used = Array.from({ length: axesUsed }, (_, n) => fields.dim(n + 1));
  if (used.some((n) => n < 1)) throw new EffaceError('nifti/damaged');
  const [ni = 1, nj = 1, nk = 1, ...more] = used;
  return { size: [ni, nj, nk], volumes: more.reduce((product, n) => product * n, 1) };
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

function isLittle(bytes: Uint8Array, size: number): boolean {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(0, true) === size;
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

function unsupported(reason: ErrorDetails): EffaceError {
  return new EffaceError('nifti/unsupported', reason);
}

function text(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
