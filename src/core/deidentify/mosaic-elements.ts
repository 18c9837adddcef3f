/**
 * What of the private elements of a Siemens mosaic stays under the Basic profile: the
 * numbers without which nobody can tell its slices, and to which side they count. Without
 * them converters mirror the head (dicom.md §4.6). The CSA image header is written anew
 * with a few of its numbers; the series header, which holds UIDs and protocols, goes.
 */
import { readCsa, writeCsa, type CsaTag } from '../dicom/csa.ts';
import { viewOfElements } from '../dicom/data-set-view.ts';
import type { Element, Part10File } from '../dicom/element.ts';
import { textOf } from '../dicom/values.ts';
import { asciiOf, bytesOf, componentsOf, textAt } from './element-value.ts';

const MR_HEADER = 'SIEMENS MR HEADER';
const CSA_HEADER = 'SIEMENS CSA HEADER';
/** Slices, their duration, b-value, gradient, b-matrix, bandwidth, slice times. */
const MR_NUMBERS: ReadonlySet<number> = new Set([0x0a, 0x0b, 0x0c, 0x0e, 0x27, 0x28, 0x29]);
const CSA_TYPE = 0x08;
const CSA_IMAGE_HEADER = 0x10;
const CSA_NUMBERS: readonly (readonly [name: string, vr: CsaTag['vr']])[] = [
  ['B_value', 'IS'],
  ['B_matrix', 'FD'],
  ['DiffusionGradientDirection', 'FD'],
  ['ProtocolSliceNumber', 'IS'],
  ['SliceMeasurementDuration', 'DS'],
  ['BandwidthPerPixelPhaseEncode', 'FD'],
  ['PhaseEncodingDirectionPositive', 'IS'],
  ['NumberOfImagesInMosaic', 'US'],
  ['SliceNormalVector', 'FD'],
  ['MosaicRefAcqTimes', 'FD'],
];
/** More bytes than a number for each slice hold something else. */
const MAX_NUMBERS = 4096;

/** The value that a private element of the outermost data set keeps; null where it must go. */
export function keptOfMosaic(file: Part10File, element: Element): Uint8Array | null {
  if (element.items || element.fragments || !isMosaicFile(file)) return null;
  const { tag } = element;
  const group = tag >>> 16;
  if (group !== 0x0019 && group !== 0x0029) return null;
  const creator = group === 0x0019 ? MR_HEADER : CSA_HEADER;
  const bytes = bytesOf(file, element);
  const within = tag & 0xffff;
  if (within < 0x1000) return isCreator(file, tag, creator) ? bytes : null;
  if (!isCreator(file, group * 0x10000 + (within >>> 8), creator)) return null;
  const low = within & 0xff;
  if (creator === MR_HEADER) return MR_NUMBERS.has(low) && isNumeric(file, element) ? bytes : null;
  if (low === CSA_TYPE) return /^IMAGE NUM 4 *$/.test(asciiOf(bytes)) ? bytes : null;
  return low === CSA_IMAGE_HEADER ? rebuilt(bytes) : null;
}

function isMosaicFile(file: Part10File): boolean {
  return componentsOf(textAt(file, file.dataSet, 0x00080008)).includes('MOSAIC');
}

function isCreator(file: Part10File, tag: number, creator: string): boolean {
  const value = viewOfElements(file, file.dataSet).value(tag);
  return value !== null && textOf(value).trim() === creator;
}

/** Binary numbers by their VR; texts of digits by what they hold. */
function isNumeric(file: Part10File, element: Element): boolean {
  const bytes = bytesOf(file, element);
  if (bytes.length > MAX_NUMBERS) return false;
  if (element.vr === 'US' || element.vr === 'FD') return true;
  return /^[-+0-9.eE\\ \0]*$/.test(asciiOf(bytes));
}

/** A CSA image header that holds nothing but the numbers listed; null where it cannot be read. */
function rebuilt(bytes: Uint8Array): Uint8Array | null {
  const found = readCsa(bytes);
  if (!found) return null;
  const kept = CSA_NUMBERS.flatMap(([name, vr]): readonly CsaTag[] => {
    const texts = found.get(name) ?? [];
    const isPlain = texts.length > 0 && texts.every((text) => /^[-+0-9.eE]{1,32}$/.test(text));
    return isPlain ? [{ name, vr, texts }] : [];
  });
  return kept.length > 0 ? writeCsa(kept) : null;
}
