/**
 * One instance as it is written: the source's bytes, the changed stored values of its
 * slice, and the edits of the header. Uncompressed pixels are patched in place under the
 * same transfer syntax. A compressed frame that changes is encoded again without loss
 * (reencode.ts); where that cannot be done the file becomes Explicit VR Little Endian,
 * because a second lossy pass would change other voxels. A frame that does not change
 * keeps its bytes.
 */
import type { HeaderPlan } from '../deidentify/actions.ts';
import { encodeText, find } from '../deidentify/element-value.ts';
import { assert } from '../errors.ts';
import type { Element, NewElement, Part10File } from '../dicom/element.ts';
import { writeEdited } from '../dicom/span-writer.ts';
import { EXPLICIT_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { frameBytes, swappedPairs, valuesFromWords } from '../dicom/stored-values.ts';
import type { PixelFormat } from '../dicom/header.ts';
import type { StoredArray } from '../volume/volume.ts';
import { fragmentsOfFrames } from '../dicom/frame-fragments.ts';
import { joined, orderOfPixels } from '../dicom/pixel-data.ts';
import { evenLength, reencoded, type FrameCodec } from './reencode.ts';
import { hasHiddenSegments } from './hidden-segments.ts';
import { pixelFormatOf, wholeFormat } from './pixel-format.ts';
import { clearUnusedBits, patchFrame, wordsFromValues } from '../dicom/patch-frame.ts';
import { withChange, type SliceChange } from './slices.ts';

const PIXEL_DATA = 0x7fe00010;
const TRANSFER_SYNTAX = 0x00020010;
const SMALLEST = 0x00280106;
const LARGEST = 0x00280107;
/** Extended Offset Table and its lengths: of a frame that is no longer in fragments. */
const OFFSET_TABLES = [0x7fe00001, 0x7fe00002];

export interface InstanceWrite {
  readonly file: Part10File;
  /** Of `deidentify/apply`. Pixel edits are added to it. */
  readonly plan: HeaderPlan;
  readonly profile: 'basic' | 'none';
  /** Of all pixels of the file (whole-file.ts); null: they stay. */
  readonly change: SliceChange | null;
  /** Stored values of all frames, decoded; called only for compressed pixels that change. */
  readonly decode: () => Promise<StoredArray>;
  /** Writes changed frames compressed without loss; without it they are written uncompressed. */
  readonly codec?: FrameCodec | null;
}

/** The bytes of the instance. */
export async function toDicom(write: InstanceWrite): Promise<Uint8Array<ArrayBuffer>> {
  const { file, plan, profile } = write;
  const pixels = find(file.dataSet, PIXEL_DATA);
  assert(pixels, 'an instance of a scan has pixels');
  if (pixels.fragments) await planCompressed(write, pixels);
  else planNative(write, pixels);
  return writeEdited(file, {
    edits: plan.edits,
    insertMeta: plan.insertMeta,
    insertDataSet: plan.insertDataSet,
    zeroPreamble: profile === 'basic',
    dropTrailing: profile === 'basic',
  });
}

function planNative({ file, plan, profile, change }: InstanceWrite, pixels: Element): void {
  const format = wholeFormat(pixelFormatOf(file));
  const order = orderOfPixels(file, pixels, format);
  const littleEndian = order !== 'big';
  const isGrey = format.samplesPerPixel === 1 && format.bitsAllocated >= 8;
  const length = frameBytes(format);
  const clear = isGrey && profile === 'basic' && hasOverlayInPixels(file);
  const found = file.bytes.subarray(pixels.dataStart, pixels.dataEnd);
  let bytes: Uint8Array = order === 'pairs' ? swappedPairs(found) : found;
  // More bytes than the frame needs show nothing, so they may hide something.
  const excess =
    isGrey &&
    profile === 'basic' &&
    (bytes.length > length + (length % 2) || isPadUsed(bytes, length));
  if (!change && !clear && !excess) return;

  if (excess) bytes = evenLength(bytes.subarray(0, length));
  if (clear) bytes = clearUnusedBits(bytes, format, littleEndian);
  if (change) bytes = patchFrame(bytes, format, littleEndian, change);
  const value = order === 'pairs' ? swappedPairs(bytes) : bytes;
  plan.edits.set(pixels, { kind: 'replace', value });
  if (change) planExtremes(file, plan, format, () => valuesFromWords(bytes, format, littleEndian));
}

/** Whether the pad byte of an odd frame is other than NUL. */
function isPadUsed(bytes: Uint8Array, length: number): boolean {
  return length % 2 !== 0 && bytes.length > length && bytes[length] !== 0;
}

async function planCompressed(write: InstanceWrite, pixels: Element): Promise<void> {
  const { file, plan, change, profile, decode, codec } = write;
  const single = pixelFormatOf(file);
  const perFrame = single.rows * single.columns;
  const changed = new Set<number>();
  for (let r = 0; r < (change?.runs.length ?? 0); r += 2) {
    changed.add(Math.floor((change?.runs[r] ?? 0) / perFrame));
  }
  const hides = (stream: Uint8Array): boolean => profile === 'basic' && hasHiddenSegments(stream);
  const streams = fragmentsOfFrames(file.bytes, pixels.fragments ?? [], single.frames);
  const isHiding = streams.some((fragments) => hides(joined(file.bytes, fragments)));
  if (!change && !isHiding) return;
  const decoded = await decode();
  const stored = change ? withChange(decoded, change) : decoded;
  const isNew = (frame: number, stream: Uint8Array): boolean => changed.has(frame) || hides(stream);
  const fragments = codec && (await reencoded(file, pixels, single, stored, isNew, codec));
  for (const tag of OFFSET_TABLES) {
    const table = find(file.dataSet, tag);
    if (table) plan.edits.set(table, { kind: 'remove' });
  }
  if (fragments) plan.edits.set(pixels, { kind: 'refragment', fragments });
  else planUncompressed(file, plan, pixels, stored);
  if (change) planExtremes(file, plan, single, () => stored);
}

/** Everything else of a compressed file is Explicit VR Little Endian already. */
function planUncompressed(
  file: Part10File,
  plan: HeaderPlan,
  pixels: Element,
  stored: StoredArray,
): void {
  const format = wholeFormat(pixelFormatOf(file));
  const element: NewElement = {
    tag: PIXEL_DATA,
    vr: format.bitsAllocated === 8 ? 'OB' : 'OW',
    value: wordsFromValues(stored, format),
  };
  plan.edits.set(pixels, { kind: 'rewrite', element });
  const syntax = file.meta.find(({ tag }) => tag === TRANSFER_SYNTAX);
  assert(syntax, 'compressed pixels come with a transfer syntax');
  plan.edits.set(syntax, { kind: 'replace', value: encodeText(EXPLICIT_LITTLE_ENDIAN, 'UI') });
}

/** Smallest and Largest Image Pixel Value, where the file has them (PS3.3 C.7.6.3). */
function planExtremes(
  file: Part10File,
  plan: HeaderPlan,
  format: PixelFormat,
  storedValues: () => StoredArray,
): void {
  const elements = file.dataSet.filter(({ tag }) => tag === SMALLEST || tag === LARGEST);
  if (elements.length === 0) return;
  const stored = storedValues();
  let smallest = Infinity;
  let largest = -Infinity;
  for (let n = 0; n < stored.length; n++) {
    const value = stored[n] as number;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  for (const element of elements) {
    const value = element.tag === SMALLEST ? smallest : largest;
    const bytes = new Uint8Array(2);
    new DataView(bytes.buffer).setUint16(0, value & 0xffff, file.encoding.littleEndian);
    // US and SS hold 16 bits: what is longer cannot be said.
    const fits = format.bitsStored <= 16;
    plan.edits.set(element, fits ? { kind: 'replace', value: bytes } : { kind: 'remove' });
  }
}

/**
 * Whether an overlay lies in unused bits of the pixels (retired; PS3.5-2004 §8.1.2):
 * OverlayBitPosition other than 0, and no OverlayData.
 */
function hasOverlayInPixels(file: Part10File): boolean {
  return file.dataSet.some((element) => {
    if (element.tag >>> 24 !== 0x60 || (element.tag & 0xffff) !== 0x0102) return false;
    const data = ((element.tag & 0xffff0000) | 0x3000) >>> 0;
    const position =
      (file.bytes[element.dataStart] ?? 0) | (file.bytes[element.dataStart + 1] ?? 0);
    return position !== 0 && !find(file.dataSet, data);
  });
}
