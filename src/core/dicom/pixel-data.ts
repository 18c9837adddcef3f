/** Stored values of an instance from the bytes of its file, compressed or not. */
import { EffaceError } from '../errors.ts';
import type { StoredArray } from '../volume/volume.ts';
import type { DicomInstance } from './dicom-scan.ts';
import type { Part10File, Span } from './element.ts';
import type { EncodedFrame } from './encoded-frame.ts';
import type { DicomHeader, PixelFormat } from './header.ts';
import { parsePart10 } from './part10.ts';
import { readRange } from './read-range.ts';
import { storedArray, valuesFromWords, wordsInto } from './stored-values.ts';
import { readFragments, sourceOf } from './tokenizer.ts';
import { DEFLATED, isNative, syntaxOf } from './transfer-syntax.ts';
import { findElement } from './values.ts';

const PIXEL_DATA = 0x7fe00010;

/** Stored values of one compressed frame: `decode` of the FrameDecoder port (app/ports.ts). */
export type DecodeFrame = (frame: EncodedFrame) => Promise<StoredArray>;

/**
 * Stored values of a single-frame instance, rows × columns, reading no more of the file
 * than its pixels. They go into `target` where one is given (a slice of a volume).
 *
 * @throws EffaceError `dicom/no-pixel-data`, `dicom/truncated-pixel-data`,
 *   `dicom/bad-compressed-data`, `dicom/unsupported-transfer-syntax`, `dicom/damaged`, `file/unreadable`
 */
export async function readStoredValues(
  { source, header }: DicomInstance,
  decode: DecodeFrame,
  target: StoredArray = storedArray(header, header.rows * header.columns),
): Promise<StoredArray> {
  const { pixelData, transferSyntaxUID } = header;
  if (pixelData?.kind !== 'stored') throw new EffaceError('dicom/no-pixel-data');
  const syntax = syntaxOf(transferSyntaxUID);
  const { dataStart, length } = pixelData;
  if (transferSyntaxUID === DEFLATED) {
    const file = parsePart10(await readRange(source, 0, source.size));
    target.set(await storedValuesOf(file, header, decode));
  } else if (length === null) {
    const bytes = await readRange(source, dataStart, source.size);
    const { fragments } = readFragments(sourceOf(bytes), 0, bytes.length, syntax);
    target.set(await fromFragments(bytes, fragments, header, decode));
  } else {
    if (!isNative(transferSyntaxUID)) throw new EffaceError('dicom/bad-compressed-data');
    const bytes = await readRange(source, dataStart, dataStart + length);
    wordsInto(target, bytes, header, syntax.littleEndian);
  }
  return target;
}

/** The same from a whole file that was split into elements, such as one just written. */
export async function storedValuesOf(
  file: Part10File,
  format: PixelFormat,
  decode: DecodeFrame,
): Promise<StoredArray> {
  const element = findElement(file.dataSet, PIXEL_DATA);
  if (!element) throw new EffaceError('dicom/no-pixel-data');
  const header = { ...format, transferSyntaxUID: file.transferSyntaxUID };
  if (element.fragments) return fromFragments(file.bytes, element.fragments, header, decode);
  if (!isNative(file.transferSyntaxUID)) throw new EffaceError('dicom/bad-compressed-data');
  const bytes = file.bytes.subarray(element.dataStart, element.dataEnd);
  return valuesFromWords(bytes, format, file.encoding.littleEndian);
}

type Described = PixelFormat & Pick<DicomHeader, 'transferSyntaxUID'>;

async function fromFragments(
  bytes: Uint8Array,
  fragments: readonly Span[],
  header: Described,
  decode: DecodeFrame,
): Promise<StoredArray> {
  const { transferSyntaxUID, rows, columns, bitsAllocated, bitsStored, signed } = header;
  if (isNative(transferSyntaxUID)) throw new EffaceError('dicom/damaged');
  const stream = joined(bytes, fragments.slice(1));
  const frame = {
    transferSyntaxUID,
    bytes: stream,
    rows,
    columns,
    bitsAllocated,
    bitsStored,
    signed,
  };
  const decoded = await decode(frame);
  if (decoded.length !== rows * columns) throw new EffaceError('dicom/bad-compressed-data');
  return decoded;
}

/** One frame may lie in several fragments (PS3.5 §A.4); the table before them is not part of it. */
function joined(bytes: Uint8Array, fragments: readonly Span[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(fragments.reduce((sum, { start, end }) => sum + end - start, 0));
  let offset = 0;
  for (const { start, end } of fragments) {
    whole.set(bytes.subarray(start, end), offset);
    offset += end - start;
  }
  return whole;
}
