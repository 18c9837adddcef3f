/**
 * The Siemens CSA image header (0029,xx10), version SV10, made anew from numbers alone:
 * without it converters turn a mosaic round (mirror it) and lose slice timing and
 * diffusion. What it holds besides (protocol texts, UIDs, free fields) does not come along.
 */
import { asciiOf } from './element-value.ts';

/** Values of numbers only. */
const NUMERIC: ReadonlySet<string> = new Set([
  'NumberOfImagesInMosaic',
  'SliceNormalVector',
  'B_value',
  'DiffusionGradientDirection',
  'B_matrix',
  'MosaicRefAcqTimes',
  'BandwidthPerPixelPhaseEncode',
  'PhaseEncodingDirectionPositive',
  'ProtocolSliceNumber',
  'SliceMeasurementDuration',
]);
/** One number, so that no UID passes for one. */
const NUMBER = /^[-+]?\d{0,16}(\.\d{0,16})?([eE][-+]?\d{1,3})?$/;
const DIRECTIONALITY = /^(NONE|DIRECTIONAL|ISOTROPIC|BMATRIX)?$/;

/** Without these two a mosaic has no slices and no side. */
export const MOSAIC_FIELDS: ReadonlySet<string> = new Set([
  'NumberOfImagesInMosaic',
  'SliceNormalVector',
]);

interface CsaField {
  readonly name: string;
  readonly vm: number;
  readonly vr: string;
  readonly syngoDt: number;
  readonly values: readonly string[];
}

const MAX_FIELDS = 1000;
const MAX_ITEMS = 2000;
/** The mark behind the number of fields, and in the head of each field and item. */
const MARK = 77;

/**
 * The header with the fields that are safe, numbers only.
 *
 * @param only fields to keep of them; all where it is null
 * @returns null where the bytes are no SV10 header, or none of the fields is in it
 */
export function rebuiltCsa(
  bytes: Uint8Array,
  only: ReadonlySet<string> | null = null,
): Uint8Array<ArrayBuffer> | null {
  const fields = readCsa(bytes)
    ?.filter(({ name }) => only?.has(name) ?? true)
    .filter(isSafe);
  return fields && fields.length > 0 ? writeCsa(fields) : null;
}

function isSafe({ name, values }: CsaField): boolean {
  if (NUMERIC.has(name)) return values.every((value) => NUMBER.test(value));
  return name === 'DiffusionDirectionality' && values.every((value) => DIRECTIONALITY.test(value));
}

/** The fields of an SV10 header; null where it is none, or damaged. */
function readCsa(bytes: Uint8Array): readonly CsaField[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || asciiOf(bytes.subarray(0, 4)) !== 'SV10') return null;
  const count = view.getUint32(8, true);
  if (count > MAX_FIELDS) return null;
  const fields: CsaField[] = [];
  let at = 16;
  for (let n = 0; n < count; n++) {
    if (at + 84 > bytes.length) return null;
    const text = (start: number, length: number): string =>
      /^[^\0]*/.exec(asciiOf(bytes.subarray(start, start + length)))?.[0] ?? '';
    const field = {
      name: text(at, 64),
      vm: view.getInt32(at + 64, true),
      vr: text(at + 68, 4),
      syngoDt: view.getInt32(at + 72, true),
    };
    const items = view.getInt32(at + 76, true);
    at += 84;
    if (items < 0 || items > MAX_ITEMS) return null;
    const values: string[] = [];
    for (let item = 0; item < items; item++) {
      if (at + 16 > bytes.length) return null;
      const length = view.getInt32(at + 4, true);
      if (length < 0 || at + 16 + length > bytes.length) return null;
      values.push(text(at + 16, length).trim());
      at += 16 + 4 * Math.ceil(length / 4);
    }
    fields.push({ ...field, values });
  }
  return fields;
}

function writeCsa(fields: readonly CsaField[]): Uint8Array<ArrayBuffer> {
  const lengthOf = (value: string): number => (value === '' ? 0 : value.length + 1);
  const size = fields.reduce(
    (sum, { values }) =>
      sum + values.reduce((all, value) => all + 16 + 4 * Math.ceil(lengthOf(value) / 4), 84),
    16,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const put = (text: string, at: number): void => {
    for (let n = 0; n < text.length; n++) bytes[at + n] = text.charCodeAt(n);
  };
  put('SV10\x04\x03\x02\x01', 0);
  view.setUint32(8, fields.length, true);
  view.setUint32(12, MARK, true);
  let at = 16;
  for (const { name, vm, vr, syngoDt, values } of fields) {
    put(name, at);
    view.setInt32(at + 64, vm, true);
    put(vr, at + 68);
    view.setInt32(at + 72, syngoDt, true);
    view.setInt32(at + 76, values.length, true);
    view.setInt32(at + 80, MARK, true);
    at += 84;
    for (const value of values) {
      const length = lengthOf(value);
      [length, length, MARK, length].forEach((word, n) => {
        view.setInt32(at + 4 * n, word, true);
      });
      put(value, at + 16);
      at += 16 + 4 * Math.ceil(length / 4);
    }
  }
  return bytes;
}
