/**
 * A DICOM file as a tree of spans (PS3.10 §7): preamble, meta group, data set.
 *
 * This is our own reader for writing: unlike dicom-parser it keeps duplicates, knows the
 * 64-bit VRs, opens sequences inside UN, and tells where every header starts. It reads
 * what real files need: no preamble, no meta group, a transfer syntax that is missing,
 * padded or untrue, deflated data sets, and bytes after the last element.
 */
import { Inflate } from 'fflate';
import { EffaceError } from '../errors.ts';
import { vrOf } from './dictionary.ts';
import type { Element, Part10File, Span } from './element.ts';
import { hasVrAt, readElement, sourceOf, tagAt, type Source } from './tokenizer.ts';
import { DEFLATED, isNative, syntaxOf, type Syntax } from './transfer-syntax.ts';
import { isKnownVr } from './value-representation.ts';

const TRANSFER_SYNTAX = 0x00020010;
const EXPLICIT: Syntax = { explicit: true, littleEndian: true };
const IMPLICIT: Syntax = { explicit: false, littleEndian: true };
const BIG_ENDIAN: Syntax = { explicit: true, littleEndian: false };
/** A deflated data set may grow to this many bytes, or to so many times its size if that is more. */
const MAX_INFLATED = 64e6;
const MAX_INFLATION = 100;

/**
 * Splits a file into elements; nothing is copied unless the data set is deflated.
 *
 * @throws EffaceError `file/empty`, `dicom/not-dicom`, `dicom/truncated`, `dicom/damaged`,
 *   `file/too-large` (a deflated data set that unfolds like a bomb)
 */
export function parsePart10(bytes: Uint8Array<ArrayBuffer>): Part10File {
  if (bytes.length === 0) throw new EffaceError('file/empty');
  const hasPreamble = isPart10(bytes);
  const { meta, next: dataSetStart } = readMeta(sourceOf(bytes), hasPreamble ? 132 : 0);
  if (!hasPreamble && meta.length === 0 && !startsLikeDicom(bytes)) {
    throw new EffaceError('dicom/not-dicom');
  }
  const transferSyntaxUID = uidIn(
    bytes,
    meta.find(({ tag }) => tag === TRANSFER_SYNTAX),
  );
  const deflated = transferSyntaxUID === DEFLATED;
  const whole = deflated ? inflated(bytes, dataSetStart) : bytes;
  const { syntax, dataSet, trailing } = readDataSet(
    sourceOf(whole),
    dataSetStart,
    transferSyntaxUID,
  );
  // Another meta group behind the first element would be taken for it once that element is gone.
  const stray = dataSet.find(({ tag }) => tag >>> 16 === 2);
  if (stray) throw new EffaceError('dicom/damaged', { offset: stray.headStart });
  return {
    bytes: whole,
    original: bytes,
    transferSyntaxUID: transferSyntaxUID === '' ? uidOf(syntax) : transferSyntaxUID,
    encoding: {
      ...syntax,
      deflated,
      encapsulated: transferSyntaxUID !== '' && !isNative(transferSyntaxUID),
    },
    hasPreamble,
    dataSetStart,
    meta,
    dataSet,
    trailing,
  };
}

/** Whether the file has a preamble and `DICM` (PS3.10 §7.1). */
export function isPart10(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 132 &&
    bytes[128] === 0x44 &&
    bytes[129] === 0x49 &&
    bytes[130] === 0x43 &&
    bytes[131] === 0x4d
  );
}

/** Whether bytes without a preamble look like the start of a data set or a meta group. */
export function startsLikeDicom(bytes: Uint8Array<ArrayBuffer>): boolean {
  const source = sourceOf(bytes);
  return [EXPLICIT, IMPLICIT, BIG_ENDIAN].some((syntax) => isPlausible(source, 0, syntax));
}

function readMeta(source: Source, start: number): { meta: readonly Element[]; next: number } {
  const meta: Element[] = [];
  const { length } = source.bytes;
  let next = start;
  // By tag, not by (0002,0000): the group length is often wrong or missing.
  while (next + 8 <= length && tagAt(source, next, EXPLICIT) >>> 16 === 2) {
    const element = readElement(source, next, length, hasVrAt(source, next) ? EXPLICIT : IMPLICIT);
    meta.push(element);
    next = element.end;
  }
  return { meta, next };
}

interface DataSetRead {
  readonly syntax: Syntax;
  readonly dataSet: readonly Element[];
  readonly trailing: Span | null;
}

/** Reads by the declared syntax; where that cannot be true, by the one the bytes suggest. */
function readDataSet(source: Source, start: number, transferSyntaxUID: string): DataSetRead {
  const declared = transferSyntaxUID === '' ? EXPLICIT : syntaxOf(transferSyntaxUID);
  if (start === source.bytes.length) return { syntax: declared, dataSet: [], trailing: null };
  const others = [EXPLICIT, IMPLICIT, BIG_ENDIAN].filter(
    (s) => s.explicit !== declared.explicit || s.littleEndian !== declared.littleEndian,
  );
  const candidates = [declared, ...others].filter((syntax) => isPossible(source, start, syntax));
  let first: unknown = new EffaceError('dicom/damaged', { offset: start });
  for (const [n, syntax] of candidates.entries()) {
    try {
      return { syntax, ...readElements(source, start, syntax) };
    } catch (error) {
      if (!(error instanceof EffaceError)) throw error;
      if (n === 0) first = error;
    }
  }
  throw first;
}

function readElements(source: Source, start: number, syntax: Syntax): Omit<DataSetRead, 'syntax'> {
  const { length } = source.bytes;
  const dataSet: Element[] = [];
  let offset = start;
  let highest = 0;
  while (offset < length) {
    try {
      const element = readElement(source, offset, length, syntax);
      if (element.tag === 0 && isZero(source.bytes, offset)) break;
      dataSet.push(element);
      highest = Math.max(highest, element.tag);
      offset = element.end;
    } catch (error) {
      if (isPadding(source, offset, syntax, highest)) break;
      throw error;
    }
  }
  return { dataSet, trailing: offset < length ? { start: offset, end: length } : null };
}

/**
 * Whether what could not be read is no element but bytes after the last one: zeros, or
 * anything behind the pixels that does not go on in tag order.
 */
function isPadding(source: Source, offset: number, syntax: Syntax, highest: number): boolean {
  if (isZero(source.bytes, offset)) return true;
  if (highest < 0x7fe00008) return false;
  if (offset + 8 > source.bytes.length) return true;
  const tag = tagAt(source, offset, syntax);
  const group = tag >>> 16;
  // Behind the pixels come private groups up to 7FFF, signatures (FFFA) and padding (FFFC).
  const isBehindPixels = group < 0x8000 || group === 0xfffa || group === 0xfffc;
  return tag <= highest || !isBehindPixels || (syntax.explicit && !hasVrAt(source, offset));
}

function isZero(bytes: Uint8Array, start: number): boolean {
  for (let n = start; n < bytes.length; n++) if (bytes[n] !== 0) return false;
  return true;
}

/** Whether the bytes at `start` can be an element in a syntax: a VR where it needs one, a length that fits. */
function isPossible(source: Source, start: number, syntax: Syntax): boolean {
  const { bytes, view } = source;
  if (start + 8 > bytes.length) return false;
  if (syntax.explicit) {
    const vr = String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0);
    const group = tagAt(source, start, syntax) >>> 16;
    // A big endian group read the other way round is far above the low groups files begin with.
    return isKnownVr(vr) && (group < 0x100 || group % 0x100 !== 0);
  }
  const length = view.getUint32(start + 4, true);
  return length === 0xffffffff || start + 8 + length <= bytes.length;
}

/** The same for a file without preamble, where nothing else says that it is DICOM. */
function isPlausible(source: Source, start: number, syntax: Syntax): boolean {
  if (!isPossible(source, start, syntax)) return false;
  const tag = tagAt(source, start, syntax);
  return tag !== 0 && tag >>> 16 <= 0x0020 && vrOf(tag) !== null;
}

function inflated(bytes: Uint8Array<ArrayBuffer>, start: number): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [bytes.subarray(0, start)];
  const limit = start + Math.max(MAX_INFLATED, MAX_INFLATION * (bytes.length - start));
  let size = start;
  const stream = new Inflate((chunk) => {
    size += chunk.length;
    if (size > limit) {
      throw new EffaceError('file/too-large', { megabytes: Math.round(size / 1e6) });
    }
    chunks.push(chunk);
  });
  try {
    // In pieces: the limit is looked at before a bomb has unfolded.
    for (let at = start; at < bytes.length; at += 65536) {
      stream.push(bytes.subarray(at, at + 65536), at + 65536 >= bytes.length);
    }
  } catch (error) {
    if (error instanceof EffaceError) throw error;
    throw new EffaceError('dicom/damaged', { offset: start }, { cause: error });
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function uidIn(bytes: Uint8Array, element: Element | undefined): string {
  if (!element) return '';
  let text = '';
  for (let n = element.dataStart; n < element.dataEnd; n++) {
    text += String.fromCharCode(bytes[n] ?? 0);
  }
  // Padded with NUL by the standard, with spaces by some writers.
  return text.replace(/[\0 ]+$/, '');
}

function uidOf({ explicit, littleEndian }: Syntax): string {
  if (!explicit) return '1.2.840.10008.1.2';
  return littleEndian ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2.2';
}
