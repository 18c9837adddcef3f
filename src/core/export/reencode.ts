/**
 * Compressed frames that changed, in the transfer syntax they came in: only where that
 * loses nothing, and only where decoding gives back every value. Frames that did not
 * change keep their code stream.
 */
import type { Element, Part10File } from '../dicom/element.ts';
import type { FrameFormat } from '../dicom/encoded-frame.ts';
import { fragmentsOfFrames } from '../dicom/frame-fragments.ts';
import { joined, type DecodeFrame } from '../dicom/pixel-data.ts';
import { mayBeLossy } from '../dicom/transfer-syntax.ts';
import type { StoredArray } from '../volume/volume.ts';
import type { WholeFormat } from './pixel-format.ts';

/** `encode` of the FrameDecoder port (app/ports.ts). */
export type EncodeFrame = (
  values: StoredArray,
  format: FrameFormat,
) => Promise<Uint8Array<ArrayBuffer> | null>;

export interface FrameCodec {
  readonly decode: DecodeFrame;
  readonly encode: EncodeFrame;
}

/**
 * New fragments for the pixels of a file, the Basic Offset Table first; null where they must
 * be written uncompressed.
 *
 * @param stored all frames, with their changes
 * @param isNew whether a frame is to be encoded anew
 */
export async function reencoded(
  file: Part10File,
  pixels: Element,
  format: WholeFormat,
  stored: StoredArray,
  isNew: (frame: number, stream: Uint8Array) => boolean,
  { decode, encode }: FrameCodec,
): Promise<readonly Uint8Array[] | null> {
  const { transferSyntaxUID } = file;
  if (mayBeLossy(transferSyntaxUID) || !pixels.fragments) return null;
  const perFrame = format.rows * format.columns;
  const streams: Uint8Array[] = [];
  const spans = fragmentsOfFrames(file.bytes, pixels.fragments, format.frames);
  for (const [frame, fragments] of spans.entries()) {
    const old = joined(file.bytes, fragments);
    if (!isNew(frame, old)) {
      streams.push(old);
      continue;
    }
    const values = stored.slice(frame * perFrame, (frame + 1) * perFrame);
    const frameFormat: FrameFormat = { ...format, transferSyntaxUID };
    const bytes = await encode(values, frameFormat);
    if (!bytes) return null;
    const again = await decode({ ...frameFormat, bytes }).catch(() => null);
    if (!again || !isSame(again, values)) return null;
    streams.push(evenLength(bytes));
  }
  const [table] = pixels.fragments;
  const hadTable = table !== undefined && table.end > table.start;
  return [hadTable ? offsetTable(streams) : new Uint8Array(0), ...streams];
}

/** PS3.5 §A.4: offsets of the items from the first one. */
function offsetTable(streams: readonly Uint8Array[]): Uint8Array {
  const table = new Uint8Array(4 * streams.length);
  const view = new DataView(table.buffer);
  let offset = 0;
  streams.forEach(({ length }, n) => {
    view.setUint32(4 * n, offset, true);
    offset += 8 + length;
  });
  return table;
}

/** With a NUL behind it where the length is odd. */
export function evenLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  return padded;
}

function isSame(a: StoredArray, b: StoredArray): boolean {
  return a.length === b.length && a.every((value, n) => value === b[n]);
}
