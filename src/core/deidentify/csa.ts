/**
 * The Siemens CSA image header (0029,xx10), made anew from numbers alone, as SV10 also where it
 * was of the older form (readers tell the two apart): without it converters turn a mosaic round (mirror it) and lose slice timing and
 * diffusion. What it holds besides (protocol texts, UIDs, free fields) does not come along.
 */
import { readCsa, type CsaField } from '../dicom/csa.ts';

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

/** The mark behind the number of fields, and in the head of each field and item. */
const MARK = 77;

/**
 * The header with the fields that are safe, numbers only.
 *
 * @param only fields to keep of them; all where it is null
 * @returns null where the bytes are no CSA header, or none of the fields is in it
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
