/** How the pixels of an instance are stored, read from its own bytes. */
import { assert } from '../errors.ts';
import type { Part10File } from '../dicom/element.ts';
import type { PixelFormat } from '../dicom/header.ts';
import { findElement, numbersOf, rawValueOf } from '../dicom/values.ts';

/** How one frame is stored, and how many there are. */
export interface WholeFormat extends PixelFormat {
  readonly frames: number;
}

/** The pixel description of a gray image with one frame or more (PS3.3 C.7.6.3, C.7.6.6). */
export function pixelFormatOf(file: Part10File): WholeFormat {
  const number = (tag: number): number | undefined => {
    const element = findElement(file.dataSet, tag);
    // Implicit files and some old ones leave the VR open; all of these are US.
    return element && numbersOf({ ...rawValueOf(file, element), vr: 'US' })[0];
  };
  const [rows, columns, bitsAllocated] = [0x00280010, 0x00280011, 0x00280100].map(number);
  assert(rows && columns && bitsAllocated, 'the pixel description of a scan is complete');
  // What may be missing is taken as header.ts takes it.
  const bitsStored = number(0x00280101) ?? bitsAllocated;
  return {
    rows,
    columns,
    samplesPerPixel: number(0x00280002) ?? 1,
    bitsAllocated,
    bitsStored,
    highBit: number(0x00280102) ?? bitsStored - 1,
    signed: number(0x00280103) === 1,
    frames: framesIn(file),
  };
}

/** NumberOfFrames; 1 where it is missing. */
function framesIn(file: Part10File): number {
  const element = findElement(file.dataSet, 0x00280008);
  const [frames] = element ? numbersOf({ ...rawValueOf(file, element), vr: 'IS' }) : [];
  return frames !== undefined && frames > 1 ? frames : 1;
}

/** The format of all frames taken as one picture, one below the other. */
export function wholeFormat(format: WholeFormat): WholeFormat {
  return { ...format, rows: format.rows * format.frames, frames: 1 };
}
