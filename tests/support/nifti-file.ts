/** NIfTI files made in memory, with every field a test may want to set. */
import { gzipSync } from 'fflate';
import type { NiftiType } from '../../src/core/nifti/datatype.ts';

export interface NiftiFileOptions {
  readonly version?: 1 | 2;
  readonly type?: NiftiType;
  readonly littleEndian?: boolean;
  readonly dim?: readonly number[];
  readonly pixdim?: readonly number[];
  readonly sform?: readonly number[] | null;
  readonly qform?: { quatern: readonly number[]; offset: readonly number[]; qfac: 1 | -1 } | null;
  readonly slope?: number;
  readonly intercept?: number;
  readonly magic?: string;
  readonly datatype?: number;
  readonly bitpix?: number;
  readonly voxOffset?: number;
  readonly xyztUnits?: number;
  readonly texts?: Readonly<Record<number, string>>;
  readonly extension?: { code: number; text: string };
  readonly gz?: boolean;
  readonly trailing?: number;
}

export const NIFTI_TYPES = [
  'uint8',
  'int8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'float32',
  'float64',
] as const;

const CODES = {
  uint8: 2,
  int16: 4,
  int32: 8,
  float32: 16,
  float64: 64,
  int8: 256,
  uint16: 512,
  uint32: 768,
};
const WIDTHS = {
  uint8: 1,
  int16: 2,
  int32: 4,
  float32: 4,
  float64: 8,
  int8: 1,
  uint16: 2,
  uint32: 4,
};

/** A file whose voxel v holds `values(v)`; by default a small ramp that every type holds. */
export function niftiFile(
  options: NiftiFileOptions = {},
  values: (v: number) => number = (v) => v % 100,
): Uint8Array<ArrayBuffer> {
  const { type = 'int16', littleEndian = true, dim = [3, 4, 5, 6] } = options;
  if (options.version === 2) return nifti2(options, values);
  const extension = extensionBytes(options.extension, littleEndian);
  const voxOffset = options.voxOffset ?? 352 + extension.length;
  const voxels = dim.slice(1, 1 + (dim[0] as number)).reduce((n, d) => n * d, 1);
  const width = WIDTHS[type];
  const bytes = new Uint8Array(voxOffset + voxels * width + (options.trailing ?? 0));
  const view = new DataView(bytes.buffer);
  const int16 = (at: number, value: number): void => {
    view.setInt16(at, value, littleEndian);
  };
  const float = (at: number, value: number): void => {
    view.setFloat32(at, value, littleEndian);
  };
  view.setInt32(0, 348, littleEndian);
  bytes[38] = 'r'.charCodeAt(0);
  dim.forEach((d, n) => {
    int16(40 + 2 * n, d);
  });
  int16(70, options.datatype ?? CODES[type]);
  int16(72, options.bitpix ?? 8 * width);
  const { qform = null, sform = null } = options;
  (options.pixdim ?? [qform?.qfac ?? 1, 1.5, 2, 2.5]).forEach((p, n) => {
    float(76 + 4 * n, p);
  });
  float(108, voxOffset);
  float(112, options.slope ?? 1);
  float(116, options.intercept ?? 0);
  bytes[123] = options.xyztUnits ?? 2;
  if (qform) {
    int16(252, 1);
    [...qform.quatern, ...qform.offset].forEach((q, n) => {
      float(256 + 4 * n, q);
    });
  }
  if (sform) {
    int16(254, 1);
    sform.forEach((s, n) => {
      float(280 + 4 * n, s);
    });
  }
  for (const [at, text] of Object.entries(options.texts ?? {})) {
    bytes.set(new TextEncoder().encode(text), Number(at));
  }
  bytes.set(new TextEncoder().encode(options.magic ?? 'n+1\0'), 344);
  if (options.extension) bytes[348] = 1;
  bytes.set(extension, 352);
  for (let v = 0; v < voxels; v++)
    setNumber(view, voxOffset + v * width, type, values(v), littleEndian);
  return options.gz ? gzipSync(bytes, { mtime: 0 }) : bytes;
}

export interface PairOptions extends Omit<NiftiFileOptions, 'gz' | 'trailing' | 'magic'> {
  readonly headGz?: boolean;
  readonly imageGz?: boolean;
  /** Bytes of the image file before the voxels. */
  readonly lead?: number;
}

/** The same as two files: header and extensions, and voxels. */
export function niftiPair(
  { headGz = false, imageGz = false, lead = 0, ...options }: PairOptions = {},
  values?: (v: number) => number,
): { readonly head: Uint8Array<ArrayBuffer>; readonly image: Uint8Array<ArrayBuffer> } {
  const { version = 1, littleEndian = true } = options;
  const magic = version === 1 ? 'ni1\0' : 'ni2\0\r\n\x1a\n';
  const whole = niftiFile({ ...options, magic }, values);
  const view = new DataView(whole.buffer);
  const start =
    version === 1
      ? view.getFloat32(108, littleEndian)
      : Number(view.getBigInt64(168, littleEndian));
  if (version === 1) view.setFloat32(108, lead, littleEndian);
  else view.setBigInt64(168, BigInt(lead), littleEndian);
  const image = new Uint8Array(lead + whole.length - start);
  image.fill(0x44, 0, lead);
  image.set(whole.subarray(start), lead);
  const zipped = (bytes: Uint8Array<ArrayBuffer>, isZipped: boolean): Uint8Array<ArrayBuffer> =>
    isZipped ? gzipSync(bytes, { mtime: 0 }) : bytes;
  return { head: zipped(whole.slice(0, start), headGz), image: zipped(image, imageGz) };
}

/** The same file with the header of nifti2.h. */
function nifti2(options: NiftiFileOptions, values: (v: number) => number): Uint8Array<ArrayBuffer> {
  const { type = 'int16', littleEndian = true, dim = [3, 4, 5, 6] } = options;
  const old = niftiFile({ ...options, version: 1, gz: false, texts: {} }, values);
  const from = new DataView(old.buffer);
  const oldOffset = from.getFloat32(108, littleEndian);
  const bytes = new Uint8Array(old.length + 192);
  const view = new DataView(bytes.buffer);
  const double = (at: number, value: number): void => {
    view.setFloat64(at, value, littleEndian);
  };
  const int32 = (at: number, value: number): void => {
    view.setInt32(at, value, littleEndian);
  };
  int32(0, 540);
  bytes.set(new TextEncoder().encode(options.magic ?? 'n+2\0\r\n\x1a\n'), 4);
  view.setInt16(12, options.datatype ?? CODES[type], littleEndian);
  view.setInt16(14, options.bitpix ?? 8 * WIDTHS[type], littleEndian);
  dim.forEach((d, n) => {
    view.setBigInt64(16 + 8 * n, BigInt(d), littleEndian);
  });
  for (let n = 0; n < 8; n++) double(104 + 8 * n, from.getFloat32(76 + 4 * n, littleEndian));
  view.setBigInt64(168, BigInt(oldOffset + 192), littleEndian);
  double(176, options.slope ?? 1);
  double(184, options.intercept ?? 0);
  int32(344, from.getInt16(252, littleEndian));
  int32(348, from.getInt16(254, littleEndian));
  for (let n = 0; n < 18; n++) double(352 + 8 * n, from.getFloat32(256 + 4 * n, littleEndian));
  int32(500, options.xyztUnits ?? 2);
  for (const [at, text] of Object.entries(options.texts ?? {})) {
    bytes.set(new TextEncoder().encode(text), Number(at));
  }
  bytes.set(old.subarray(348), 540);
  return options.gz ? gzipSync(bytes, { mtime: 0 }) : bytes;
}

function setNumber(
  view: DataView,
  at: number,
  type: NiftiType,
  value: number,
  littleEndian: boolean,
): void {
  if (type === 'uint8') view.setUint8(at, value);
  else if (type === 'int8') view.setInt8(at, value);
  else if (type === 'int16') view.setInt16(at, value, littleEndian);
  else if (type === 'uint16') view.setUint16(at, value, littleEndian);
  else if (type === 'int32') view.setInt32(at, value, littleEndian);
  else if (type === 'uint32') view.setUint32(at, value, littleEndian);
  else if (type === 'float32') view.setFloat32(at, value, littleEndian);
  else view.setFloat64(at, value, littleEndian);
}

function extensionBytes(
  extension: NiftiFileOptions['extension'],
  littleEndian: boolean,
): Uint8Array {
  if (!extension) return new Uint8Array(0);
  const text = new TextEncoder().encode(extension.text);
  const bytes = new Uint8Array(Math.ceil((8 + text.length) / 16) * 16);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, bytes.length, littleEndian);
  view.setInt32(4, extension.code, littleEndian);
  bytes.set(text, 8);
  return bytes;
}
