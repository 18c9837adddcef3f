/** Stored values of slices and frames from the bytes of their file, compressed or not. */
import { EffaceError } from '../errors.ts';
import type { StoredArray } from '../volume/volume.ts';
import type { DicomInstance } from './dicom-scan.ts';
import type { Element, Part10File, Span } from './element.ts';
import type { SourceFile } from '../source-file.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import { fragmentsOfFrames } from './frame-fragments.ts';
import type { DicomHeader, PixelFormat } from './header.ts';
import { parsePart10 } from './part10.ts';
import { readRange } from './read-range.ts';
import { frameBytes, storedArray, swappedPairs, wordsInto } from './stored-values.ts';
import { readFragments, sourceOf } from './tokenizer.ts';
import { DEFLATED, isNative, pixelOrder, syntaxOf, type PixelOrder } from './transfer-syntax.ts';
import { findElement, writtenVr } from './values.ts';

const PIXEL_DATA = 0x7fe00010;

/** Stored values of one compressed frame: `decode` of the FrameDecoder port (app/ports.ts). */
export type DecodeFrame = (frame: EncodedFrame) => Promise<StoredArray>;

/**
 * Reads frames of one file, in any order: stored values, rows × columns. Where they need no
 * decoding they are written into `target`, which is then what is given back.
 */
export type ReadFrame = (frame: number, target?: StoredArray) => Promise<StoredArray>;

/**
 * Stored values of slices of one file, rows × columns each, into their targets. The file is
 * opened once, no more of it is read than its pixels, and each frame is decoded once.
 *
 * @throws EffaceError `dicom/no-pixel-data`, `dicom/truncated-pixel-data`,
 *   `dicom/bad-compressed-data`, `dicom/unsupported-transfer-syntax`, `dicom/damaged`, `file/unreadable`
 */
export async function readSlices(
  slices: readonly { readonly instance: DicomInstance; readonly target: StoredArray }[],
  decode: DecodeFrame,
  onSlice?: () => void | Promise<void>,
): Promise<void> {
  const [first] = slices;
  if (!first) return;
  const { source, header, within } = first.instance;
  const file = within?.file ?? header;
  const read = await openFrames(source, file, decode);
  let last = null as { readonly frame: number; readonly values: StoredArray } | null;
  for (const { instance, target } of slices) {
    const { frame, left, top } = instance.within?.part ?? WHOLE;
    const { rows, columns } = instance.header;
    const isWhole = rows * columns === file.rows * file.columns;
    if (last?.frame !== frame) {
      last = { frame, values: await read(frame, isWhole ? target : undefined) };
    }
    if (!isWhole) copyWindow(last.values, file.columns, { left, top, rows, columns }, target);
    else if (last.values !== target) target.set(last.values);
    await onSlice?.();
  }
}

function copyWindow(
  values: StoredArray,
  across: number,
  { left, top, rows, columns }: { left: number; top: number; rows: number; columns: number },
  target: StoredArray,
): void {
  for (let row = 0; row < rows; row++) {
    const start = (top + row) * across + left;
    target.set(values.subarray(start, start + columns), row * columns);
  }
}

const WHOLE = { frame: 0, left: 0, top: 0 };

async function openFrames(
  source: SourceFile,
  header: DicomHeader,
  decode: DecodeFrame,
): Promise<ReadFrame> {
  const { pixelData, transferSyntaxUID } = header;
  if (pixelData?.kind !== 'stored') throw new EffaceError('dicom/no-pixel-data');
  const syntax = syntaxOf(transferSyntaxUID);
  const { dataStart, length } = pixelData;
  if (transferSyntaxUID === DEFLATED) {
    return framesOfFile(parsePart10(await readRange(source, 0, source.size)), header, decode);
  }
  if (length === null) {
    const bytes = await readRange(source, dataStart, source.size);
    const { fragments } = readFragments(sourceOf(bytes), 0, bytes.length, syntax);
    return framesOfFragments(bytes, fragments, header, decode);
  }
  if (!isNative(transferSyntaxUID)) throw new EffaceError('dicom/bad-compressed-data');
  return nativeFrames(
    (start, end) => readRange(source, dataStart + start, dataStart + end),
    length,
    header,
    pixelOrder(transferSyntaxUID, header.bitsAllocated, pixelData.vr ?? null),
  );
}

/** The frames of a whole file that was split into elements, such as one just written. */
export function framesOfFile(
  file: Part10File,
  format: PixelFormat & { readonly frames: number },
  decode: DecodeFrame,
): ReadFrame {
  const element = findElement(file.dataSet, PIXEL_DATA);
  if (!element) throw new EffaceError('dicom/no-pixel-data');
  const header = { ...format, transferSyntaxUID: file.transferSyntaxUID };
  if (element.fragments) return framesOfFragments(file.bytes, element.fragments, header, decode);
  if (!isNative(file.transferSyntaxUID)) throw new EffaceError('dicom/bad-compressed-data');
  const pixels = file.bytes.subarray(element.dataStart, element.dataEnd);
  return nativeFrames(
    (start, end) => Promise.resolve(pixels.subarray(start, end)),
    pixels.length,
    format,
    orderOfPixels(file, element, format),
  );
}

/** In which order the bytes of the uncompressed pixels of a file lie. */
export function orderOfPixels(
  file: Part10File,
  pixels: Element,
  { bitsAllocated }: Pick<PixelFormat, 'bitsAllocated'>,
): PixelOrder {
  return pixelOrder(file.transferSyntaxUID, bitsAllocated, writtenVr(pixels));
}

/** @param read bytes [start, end) of PixelData, which has so many */
function nativeFrames(
  read: (start: number, end: number) => Promise<Uint8Array>,
  length: number,
  format: PixelFormat,
  order: PixelOrder,
): ReadFrame {
  const size = frameBytes(format);
  return async (frame, target) => {
    const start = frame * size;
    const end = Math.min(start + size, length);
    const into = target ?? storedArray(format, format.rows * format.columns);
    if (order !== 'pairs') {
      wordsInto(into, await read(start, end), format, order === 'little');
      return into;
    }
    // A pair may lie in two frames.
    const first = start - (start % 2);
    const pairs = swappedPairs(await read(first, Math.min(end + (end % 2), length)));
    wordsInto(into, pairs.subarray(start - first, end - first), format, true);
    return into;
  };
}

type Described = PixelFormat & Pick<DicomHeader, 'transferSyntaxUID' | 'frames'>;

function framesOfFragments(
  bytes: Uint8Array,
  fragments: readonly Span[],
  header: Described,
  decode: DecodeFrame,
): ReadFrame {
  const { transferSyntaxUID, rows, columns, bitsAllocated, bitsStored, signed } = header;
  if (isNative(transferSyntaxUID)) throw new EffaceError('dicom/damaged');
  const frames = fragmentsOfFrames(bytes, fragments, header.frames);
  return async (frame) => {
    const stream = joined(bytes, frames[frame] ?? []);
    const decoded = await decode({
      transferSyntaxUID,
      bytes: stream,
      rows,
      columns,
      bitsAllocated,
      bitsStored,
      signed,
    });
    if (decoded.length !== rows * columns) throw new EffaceError('dicom/bad-compressed-data');
    return decoded;
  };
}

/** One frame may lie in several fragments (PS3.5 §A.4); the table before them is not part of it. */
export function joined(bytes: Uint8Array, fragments: readonly Span[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(fragments.reduce((sum, { start, end }) => sum + end - start, 0));
  let offset = 0;
  for (const { start, end } of fragments) {
    whole.set(bytes.subarray(start, end), offset);
    offset += end - start;
  }
  return whole;
}
