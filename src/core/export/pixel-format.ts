/** How the pixels of an instance are stored, read from its own bytes. */
import { assert } from '../errors.ts';
import type { Part10File } from '../dicom/element.ts';
import type { PixelFormat } from '../dicom/header.ts';
import { findElement, numbersOf, rawValueOf } from '../dicom/values.ts';

/** The pixel description of a gray single-frame image (PS3.3 C.7.6.3). */
export function pixelFormatOf(file: Part10File): PixelFormat {
  const number = (tag: number): number => {
    const element = findElement(file.dataSet, tag);
    // Implicit files and some old ones leave the VR open; all of these are US.
    const value = element && numbersOf({ ...rawValueOf(file, element), vr: 'US' })[0];
    assert(value !== undefined, 'the pixel description of a scan is complete');
    return value;
  };
  return {
    rows: number(0x00280010),
    columns: number(0x00280011),
    samplesPerPixel: 1,
    bitsAllocated: number(0x00280100),
    bitsStored: number(0x00280101),
    highBit: number(0x00280102),
    signed: number(0x00280103) === 1,
  };
}

/** Bytes of one frame, without the pad byte of an odd length. */
export function frameBytes({ rows, columns, bitsAllocated }: PixelFormat): number {
  return rows * columns * (bitsAllocated / 8);
}
