/** Why an instance is not part of a volume that can be defaced (dicom.md §3.3, §8). */
import { because } from '../error-reasons.ts';
import type { ErrorCode, ErrorRecord } from '../errors.ts';
import type { LeftOut } from '../scan.ts';
import type { Modality } from '../volume/volume.ts';
import type { DicomHeader, FileParts } from './header.ts';
import { isJpegOf8Bits, isReadable } from './transfer-syntax.ts';

export interface Refusal {
  readonly decision: LeftOut['decision'];
  readonly reason: ErrorRecord;
}

const DIRECTORY = '1.2.840.10008.1.3.10';
/** Secondary capture and its multi-frame sisters. */
const SECONDARY_CAPTURE = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.[1-4])?$/;
/** Terms of ImageType (PS3.3 C.7.6.1.1.2 and vendors') that say: a scout, not slices. */
const LOCALIZER = /LOCALIZER|SCOUT|SURVIEW|TOPOGRAM|SURVEY/;
/**
 * Terms that say: made from other images. They count only where value 1 is DERIVED,
 * because GE names some of its original multi-planar acquisitions ORIGINAL\PRIMARY\MPR.
 */
const REFORMAT =
  /^(MPR|CSA MPR|CPR|MIP|MINIP|MAXIP|MNIP|AIP|VRT|VR|SSD|REFORMATTED|PROJECTION IMAGE|PROJECTION|SCREEN SAVE|SCREENSHOT|SCREEN|RENDERED|VOLUME RENDERING|SURFACE|3D RENDERING|COLLAGE|CSA 3D EDITOR|CSA BLACK IMAGE|CSA RESAMPLED|POSDISP)$|SCREEN|RENDER|REFORMAT/;

/** What an instance's header says against it, or null. */
export function refusalOf(header: DicomHeader): Refusal | null {
  const { imageType } = header;
  if (header.sopClassUID === DIRECTORY) return exclude('dicom/directory');
  if (header.pixelData === null) return exclude('dicom/no-pixel-data');
  if (isColor(header)) {
    return exclude('dicom/colour', { photometric: termOf(header.photometric) });
  }
  if (!isModality(header.modality)) {
    return exclude('dicom/not-ct-or-mr', { modality: termOf(header.modality) });
  }
  if (SECONDARY_CAPTURE.test(header.sopClassUID)) return exclude('dicom/derived');
  // SeriesType value 2 of PET (PS3.3 C.8.9.1.1.4): seen through the body, not cut.
  if (header.seriesType[1] === 'REPROJECTION') return exclude('dicom/derived');
  const made = imageTypeRefusal(imageType);
  if (made) return made;
  if (header.burnedIn) return refuse('dicom/burned-in');
  return (
    pixelRefusal(header) ?? (header.parts ? partsRefusal(header.parts) : geometryRefusal(header))
  );
}

export function exclude(code: ErrorCode, details: ErrorRecord['details'] = {}): Refusal {
  return { decision: 'exclude', reason: { code, details } };
}

export function refuse(code: ErrorCode, details: ErrorRecord['details'] = {}): Refusal {
  return { decision: 'refuse', reason: { code, details } };
}

function pixelRefusal(header: DicomHeader): Refusal | null {
  const { rows, columns, bitsAllocated, bitsStored, highBit, pixelData } = header;
  if (!(rows > 0 && columns > 0)) return refuse('dicom/damaged');
  if (!isReadable(header.transferSyntaxUID)) {
    return refuse('dicom/unsupported-transfer-syntax', { uid: header.transferSyntaxUID });
  }
  if (isJpegOf8Bits(header.transferSyntaxUID) && bitsStored > 8) {
    return refuse('dicom/jpeg-12-bits', { bits: bitsStored });
  }
  const isCompressed = pixelData?.length === null;
  const known =
    pixelData?.kind === 'stored' &&
    [8, 16, 32].includes(bitsAllocated) &&
    bitsStored >= 1 &&
    bitsStored <= highBit + 1 &&
    highBit < bitsAllocated &&
    // What a decoder gives lies in the low bits.
    (!isCompressed || highBit === bitsStored - 1);
  return known ? null : refuse('dicom/unsupported-pixels', { bits: bitsAllocated });
}

/** Slices within a file: what speaks against one of them speaks against the file. */
function partsRefusal(parts: FileParts): Refusal | null {
  if ('problem' in parts) {
    return refuse(
      parts.kind === 'mosaic' ? 'dicom/mosaic' : 'dicom/multi-frame',
      because(parts.problem),
    );
  }
  for (const { header } of parts.slices) {
    const refusal = imageTypeRefusal(header.imageType) ?? geometryRefusal(header);
    if (refusal) return refusal;
  }
  return null;
}

function imageTypeRefusal(imageType: readonly string[]): Refusal | null {
  if (imageType.some((term) => LOCALIZER.test(term))) return exclude('dicom/localizer');
  const isReformat = imageType[0] === 'DERIVED' && imageType.some((term) => REFORMAT.test(term));
  return isReformat ? exclude('dicom/derived') : null;
}

function geometryRefusal({ position, orientation, pixelSpacing }: DicomHeader): Refusal | null {
  return position && orientation && pixelSpacing ? null : refuse('geometry/no-slices');
}

function isColor({ samplesPerPixel, photometric }: DicomHeader): boolean {
  const grey = photometric === '' || photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2';
  return samplesPerPixel > 1 || !grey;
}

export function isModality(term: string): term is Modality {
  return term === 'CT' || term === 'MR' || term === 'PT';
}

/** Only a term of the standard's alphabet is repeated: messages end up in logs. */
function termOf(text: string): string {
  return /^[A-Z0-9_ ]{1,16}$/.test(text) ? text : 'unknown';
}
