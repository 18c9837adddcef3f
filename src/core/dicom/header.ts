/**
 * What the steps before writing need to know of an instance: identity, geometry, and how
 * its pixels are stored. Texts and keys in here are patient data: they are shown on the
 * page and compared, never logged or written.
 */
import type { ReasonId } from '../error-reasons.ts';
import type { Vec3 } from '../geometry/affine.ts';
import type { Rescale } from '../volume/volume.ts';
import type { DataSetView } from './data-set-view.ts';
import { isNative } from './transfer-syntax.ts';
import { numbersOf, textOf, textsOf, type RawValue } from './values.ts';

/** How stored values lie in their words (PS3.3 C.7.6.3.1). */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  /** PixelRepresentation 1. */
  readonly signed: boolean;
}

/** Where the pixels lie in the file; in the inflated data set where it is deflated. */
export interface PixelDataPlace {
  /** PixelData, or its floating point sisters (7FE0,0008) and (7FE0,0009). */
  readonly kind: 'stored' | 'float' | 'double';
  readonly dataStart: number;
  /** null: encapsulated, of undefined length. */
  readonly length: number | null;
  /** As the file says; without it where it says none (implicit VR). */
  readonly vr?: string | undefined;
}

/** Values that tell apart several images of one place (echoes, time points, b-values). */
export interface Discriminators {
  readonly echoNumber: number | null;
  readonly echoTime: number | null;
  readonly inversionTime: number | null;
  readonly bValue: number | null;
  readonly temporalPosition: number | null;
  readonly triggerTime: number | null;
  readonly acquisitionNumber: number | null;
  readonly repetitionTime: number | null;
  readonly flipAngle: number | null;
  /** FrameReferenceTime of PET (ms since the start of the series): frames of a dynamic series. */
  readonly frameReferenceTime: number | null;
}

export interface DicomHeader extends PixelFormat {
  readonly transferSyntaxUID: string;
  readonly sopClassUID: string;
  readonly sopInstanceUID: string;
  readonly studyInstanceUID: string;
  readonly seriesInstanceUID: string;
  readonly frameOfReferenceUID: string;
  readonly modality: string;
  readonly imageType: readonly string[];
  /** SeriesType of PET, such as DYNAMIC, IMAGE. */
  readonly seriesType: readonly string[];
  /** StackID of a frame: frames of one stack belong together. */
  readonly stackID: string;
  /** Patient ID, name and birth date in one: to tell patients apart, for nothing else. */
  readonly patientKey: string;
  /** SeriesDescription, or ProtocolName, in the file's character set. */
  readonly description: string;
  readonly seriesNumber: number | null;
  readonly instanceNumber: number | null;
  readonly acquisitionTime: string;
  readonly convolutionKernel: string;
  readonly discriminators: Discriminators;

  /** ImagePositionPatient: centre of the first pixel (LPS mm). */
  readonly position: Vec3 | null;
  /** ImageOrientationPatient: direction of a row, then of a column. */
  readonly orientation: { readonly row: Vec3; readonly column: Vec3 } | null;
  /** PixelSpacing as DICOM orders it: distance between rows, then between columns (mm). */
  readonly pixelSpacing: readonly [number, number] | null;

  readonly frames: number;
  readonly photometric: string;
  readonly rescale: Rescale;
  /** PixelPaddingValue (and its range limit), in stored values. */
  readonly padding: { readonly low: number; readonly high: number } | null;
  /** BurnedInAnnotation is YES. */
  readonly burnedIn: boolean;
  /** RecognizableVisualFeatures as found: `NO` says that the face was removed before. */
  readonly recognizableVisualFeatures: string;
  /** LossyImageCompression is 01. */
  readonly lossy: boolean;
  readonly pixelData: PixelDataPlace | null;
  /** The slices within the file (multi-frame, mosaic); null where the file is one slice. */
  readonly parts: FileParts | null;
}

/** A slice within a file: a window of one of its frames. */
export interface PixelPart {
  /** From 0. */
  readonly frame: number;
  /** Columns and rows of the frame before the window. */
  readonly left: number;
  readonly top: number;
}

export interface HeaderPart {
  readonly part: PixelPart;
  /** The file's header with geometry, size, rescale and kind of image of this slice. */
  readonly header: DicomHeader;
}

export type FileParts =
  | { readonly kind: 'frames' | 'mosaic'; readonly slices: readonly HeaderPart[] }
  /** A file of several slices that cannot be told apart; the sentence says why. */
  | { readonly kind: 'frames' | 'mosaic'; readonly problem: ReasonId };

/** Puts a header together from the values of a data set. */
export function headerFrom(
  view: DataSetView,
  transferSyntaxUID: string,
  pixelData: PixelDataPlace | null,
): DicomHeader {
  const find = (tag: number): RawValue | null => view.value(tag);
  const characterSet = textsAt(view, 0x00080005);
  const text = (tag: number): string => {
    const value = find(tag);
    return value ? textOf(value, characterSet).trim() : '';
  };
  const numbers = (tag: number): readonly number[] => numbersAt(view, tag);
  const number = (tag: number): number | null => numbers(tag)[0] ?? null;
  const bitsAllocated = number(0x00280100) ?? 0;
  const bitsStored = number(0x00280101) ?? bitsAllocated;
  const signed = number(0x00280103) === 1;
  return {
    transferSyntaxUID,
    sopClassUID: text(0x00080016) || text(0x00020002),
    sopInstanceUID: text(0x00080018),
    studyInstanceUID: text(0x0020000d),
    seriesInstanceUID: text(0x0020000e),
    frameOfReferenceUID: text(0x00200052),
    modality: text(0x00080060),
    imageType: textsAt(view, 0x00080008).map((term) => term.toUpperCase()),
    seriesType: textsAt(view, 0x00541000).map((term) => term.toUpperCase()),
    stackID: '',
    patientKey: [text(0x00100020), text(0x00100010), text(0x00100030)].join('\n'),
    description: text(0x0008103e) || text(0x00181030),
    seriesNumber: number(0x00200011),
    instanceNumber: number(0x00200013),
    acquisitionTime: text(0x00080032) || text(0x00080033),
    convolutionKernel: text(0x00181210),
    discriminators: {
      echoNumber: number(0x00180086),
      echoTime: number(0x00180081),
      inversionTime: number(0x00180082),
      bValue: number(0x00189087),
      temporalPosition: number(0x00200100),
      triggerTime: number(0x00181060),
      acquisitionNumber: number(0x00200012),
      repetitionTime: number(0x00180080),
      flipAngle: number(0x00181314),
      frameReferenceTime: number(0x00541300),
    },
    position: positionOf(numbers(0x00200032)),
    orientation: orientationOf(numbers(0x00200037)),
    pixelSpacing: spacingOf(numbers(0x00280030)),
    rows: number(0x00280010) ?? 0,
    columns: number(0x00280011) ?? 0,
    frames: number(0x00280008) ?? 1,
    samplesPerPixel: number(0x00280002) ?? 1,
    photometric: text(0x00280004).toUpperCase(),
    bitsAllocated,
    bitsStored,
    highBit: number(0x00280102) ?? bitsStored - 1,
    signed,
    rescale: rescaleOf(number(0x00281053), number(0x00281052)),
    padding: paddingOf(find(0x00280120), find(0x00280121), signed),
    burnedIn: text(0x00280301).toUpperCase() === 'YES',
    recognizableVisualFeatures: text(0x00280302).toUpperCase(),
    lossy: text(0x00282110) === '01',
    pixelData,
    parts: null,
  };
}

/** Bytes that uncompressed pixels take; null for compressed ones and formats we do not count. */
export function expectedBytes(header: DicomHeader): number | null {
  const { rows, columns, frames, samplesPerPixel, bitsAllocated, transferSyntaxUID } = header;
  if (!isNative(transferSyntaxUID) || samplesPerPixel !== 1 || bitsAllocated % 8 !== 0) return null;
  return rows * columns * frames * (bitsAllocated / 8);
}

/** The values of a text without a character set of its own. */
export function textsAt(view: DataSetView, tag: number): readonly string[] {
  const value = view.value(tag);
  return value ? textsOf(value) : [];
}

/** Values that are numbers. */
export function numbersAt(view: DataSetView, tag: number): readonly number[] {
  const value = view.value(tag);
  return value ? numbersOf(value).filter(Number.isFinite) : [];
}

function vectorsOf(numbers: readonly number[], count: number): readonly Vec3[] {
  if (numbers.length !== 3 * count) return [];
  const vectors: Vec3[] = [];
  for (let n = 0; n < 3 * count; n += 3) {
    vectors.push([numbers[n] ?? 0, numbers[n + 1] ?? 0, numbers[n + 2] ?? 0]);
  }
  return vectors;
}

export function positionOf(numbers: readonly number[]): DicomHeader['position'] {
  return vectorsOf(numbers, 1)[0] ?? null;
}

export function orientationOf(numbers: readonly number[]): DicomHeader['orientation'] {
  const [row, column] = vectorsOf(numbers, 2);
  return row && column ? { row, column } : null;
}

/** Some writers give three values; the first two are meant. */
export function spacingOf([row, column]: readonly number[]): DicomHeader['pixelSpacing'] {
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [row, column] : null;
}

/** Slope 0 would make one value of all: files that say so mean 1. */
export function rescaleOf(slope: number | null, intercept: number | null): Rescale {
  return { slope: slope === null || slope === 0 ? 1 : slope, intercept: intercept ?? 0 };
}

/** US or SS by PixelRepresentation, whatever the VR says (PS3.3 C.7.5.1.1.2). */
function paddingOf(
  value: RawValue | null,
  limit: RawValue | null,
  signed: boolean,
): DicomHeader['padding'] {
  const first = value && wordOf(value, signed);
  if (first === null) return null;
  const second = (limit && wordOf(limit, signed)) ?? first;
  return { low: Math.min(first, second), high: Math.max(first, second) };
}

function wordOf({ bytes, littleEndian }: RawValue, signed: boolean): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4)
    return signed ? view.getInt32(0, littleEndian) : view.getUint32(0, littleEndian);
  if (bytes.length < 2) return null;
  return signed ? view.getInt16(0, littleEndian) : view.getUint16(0, littleEndian);
}
