/**
 * Attributes that the Basic profile removes from classic images and that multi-frame CT
 * and MR must have (Type 1 and 2 in PS3.3 A.36, A.38, A.70, A.71): they get a dummy (D of
 * Table E.1-1), so that the object stays valid.
 */
import type { Part10File } from '../dicom/element.ts';
import { textAt } from './element-value.ts';

const ENHANCED = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(2\.[12]|4\.[14])$/;

const DUMMIES: ReadonlyMap<number, string> = new Map([
  [0x00080023, '19000101'], // ContentDate
  [0x00080033, '000000'], // ContentTime
  [0x0008002a, '19000101000000'], // AcquisitionDateTime
  [0x00081090, 'REMOVED'], // ManufacturerModelName
  [0x00181000, 'REMOVED'], // DeviceSerialNumber
  [0x00181250, 'REMOVED'], // ReceiveCoilName
  [0x00181251, 'REMOVED'], // TransmitCoilName
  [0x00189041, ''], // ReceiveCoilManufacturerName
  [0x00189047, 'REMOVED'], // MultiCoilElementName
  [0x00189050, ''], // TransmitCoilManufacturerName
  [0x00189074, '19000101000000'], // FrameAcquisitionDateTime
  [0x00189080, 'REMOVED'], // MetaboliteMapDescription
  [0x00189151, '19000101000000'], // FrameReferenceDateTime
]);

/** AcquisitionContextSequence: Type 2 there, so it is emptied (Z) and not removed. */
export const ACQUISITION_CONTEXT = 0x00400555;

export function isEnhanced(file: Part10File): boolean {
  return ENHANCED.test(textAt(file, file.dataSet, 0x00080016).trim());
}

/** The dummy of an attribute in a multi-frame object; undefined in all other files. */
export function enhancedDummy(file: Part10File, tag: number): string | undefined {
  const dummy = DUMMIES.get(tag);
  return dummy !== undefined && isEnhanced(file) ? dummy : undefined;
}
