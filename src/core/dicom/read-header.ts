/**
 * Reads the header of a file, and no more of it than that takes: dicom-parser on growing
 * pieces from the front until PixelData comes. Where it cannot read a valid file (no
 * preamble, deflated, 64-bit VRs, a transfer syntax that is missing or untrue), our own
 * tokenizer reads the whole.
 */
import dicomParser from 'dicom-parser';
import { EffaceError } from '../errors.ts';
import type { SourceFile } from '../source-file.ts';
import { viewOfDataSet, viewOfElements, type DataSetView } from './data-set-view.ts';
import type { Part10File } from './element.ts';
import { framesOf, isMultiFrame } from './functional-groups.ts';
import { expectedBytes, headerFrom, type DicomHeader, type PixelDataPlace } from './header.ts';
import { isMosaic, tilesOf } from './mosaic.ts';
import { isPart10, parsePart10, startsLikeDicom } from './part10.ts';
import { readRange } from './read-range.ts';
import { DEFLATED, GE_PRIVATE, syntaxOf } from './transfer-syntax.ts';
import { findElement, writtenVr } from './values.ts';

/** Enough for most headers without their vendor blocks (bytes). */
const FIRST_READ = 16 * 1024;
const GROWTH = 8;
/** Files whose header needs more than this are not read (bytes). */
const MAX_HEADER = 512 * 1024 * 1024;

const PIXELS: readonly (readonly [tag: number, kind: PixelDataPlace['kind']])[] = [
  [0x7fe00010, 'stored'],
  [0x7fe00008, 'float'],
  [0x7fe00009, 'double'],
];

/**
 * @param front bytes from the front of the file that were read already
 * @throws EffaceError `file/empty`, `file/unreadable`, `file/too-large`, `dicom/not-dicom`,
 *   `dicom/truncated`, `dicom/truncated-pixel-data`, `dicom/damaged`
 */
export async function readHeader(
  source: SourceFile,
  front?: Uint8Array<ArrayBuffer>,
): Promise<DicomHeader> {
  if (source.size === 0) throw new EffaceError('file/empty');
  let bytes = front ?? (await readRange(source, 0, FIRST_READ));
  const hasPreamble = isPart10(bytes);
  if (!hasPreamble && !startsLikeDicom(bytes)) throw new EffaceError('dicom/not-dicom');
  for (let size = bytes.length * GROWTH; ; size *= GROWTH) {
    const isWhole = bytes.length >= source.size;
    const header = hasPreamble ? parseWithDicomParser(bytes, isWhole) : null;
    if (header) return checked(header, source.size);
    if (isWhole) return checked(fromTokenizer(parsePart10(bytes)), source.size);
    if (bytes.length >= MAX_HEADER) {
      throw new EffaceError('file/too-large', { megabytes: Math.round(source.size / 1e6) });
    }
    bytes = await readRange(source, 0, size);
  }
}

/** null where dicom-parser cannot read these bytes, or needs more of them. */
function parseWithDicomParser(
  bytes: Uint8Array<ArrayBuffer>,
  isWhole: boolean,
): DicomHeader | null {
  let dataSet: dicomParser.DataSet;
  try {
    dataSet = dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' });
  } catch {
    // It throws bare strings, objects and, on deep nesting, RangeErrors; the tokenizer names the cause.
    return null;
  }
  const { elements } = dataSet;
  const transferSyntaxUID = (dataSet.string('x00020010') ?? '').replace(/[\0 ]+$/, '');
  const { littleEndian } = syntaxOf(transferSyntaxUID);
  const pixels = placeIn((tag) => {
    const element = elements[keyOf(tag)];
    return (
      element && {
        dataStart: element.dataOffset,
        length: element.hadUndefinedLength ? null : element.length,
        vr: element.vr,
      }
    );
  });
  const sane = 'x00080016' in elements || 'x00080060' in elements || 'x00280010' in elements;
  // dicom-parser takes GE's syntax for explicit VR.
  const isKnown = transferSyntaxUID !== DEFLATED && transferSyntaxUID !== GE_PRIVATE;
  if (!sane || (!isWhole && pixels?.kind !== 'stored') || !isKnown) return null;
  const view = viewOfDataSet(dataSet, littleEndian);
  return withParts(view, headerFrom(view, transferSyntaxUID, pixels));
}

function fromTokenizer(file: Part10File): DicomHeader {
  // Elements were read against the declared byte order; nobody can say what the pixels have.
  const { littleEndian } = syntaxOf(file.transferSyntaxUID);
  if (littleEndian !== file.encoding.littleEndian) throw new EffaceError('dicom/damaged');
  const pixels = placeIn((tag) => {
    const element = findElement(file.dataSet, tag);
    if (!element) return undefined;
    const { dataStart, dataEnd, undefinedLength } = element;
    const length = undefinedLength ? null : dataEnd - dataStart;
    return { dataStart, length, vr: writtenVr(element) ?? undefined };
  });
  const view = viewOfElements(file, file.dataSet);
  return withParts(view, headerFrom(view, file.transferSyntaxUID, pixels));
}

/** With the slices of a file that holds several. */
function withParts(view: DataSetView, header: DicomHeader): DicomHeader {
  if (isMultiFrame(header)) return { ...header, parts: framesOf(view, header) };
  if (isMosaic(header)) return { ...header, parts: tilesOf(view, header) };
  return header;
}

function placeIn(
  find: (tag: number) => Omit<PixelDataPlace, 'kind'> | undefined,
): PixelDataPlace | null {
  for (const [tag, kind] of PIXELS) {
    const place = find(tag);
    if (place) return { kind, ...place };
  }
  return null;
}

/** Pixels must be as long as the header says, and lie inside the file. */
function checked(header: DicomHeader, fileSize: number): DicomHeader {
  const { pixelData } = header;
  if (pixelData === null || pixelData.length === null) return header;
  const inFile =
    header.transferSyntaxUID === DEFLATED ? pixelData.length : fileSize - pixelData.dataStart;
  const present = Math.min(pixelData.length, inFile);
  const expected = pixelData.kind === 'stored' ? expectedBytes(header) : null;
  if (present < Math.max(expected ?? 0, pixelData.length)) {
    throw new EffaceError('dicom/truncated-pixel-data', {
      bytes: present,
      expected: Math.max(expected ?? 0, pixelData.length),
    });
  }
  return header;
}

function keyOf(tag: number): string {
  return `x${tag.toString(16).padStart(8, '0')}`;
}
