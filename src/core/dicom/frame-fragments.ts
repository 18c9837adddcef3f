/** Which fragments of encapsulated pixel data hold which frame (PS3.5 §A.4). */
import { EffaceError } from '../errors.ts';
import type { Span } from './element.ts';

/**
 * The spans of each frame. The Basic Offset Table is used only where fragments and frames
 * do not count the same; it is wrong or empty in many files, and then the end marker of
 * JPEG and JPEG 2000 code streams tells where a frame ends.
 *
 * @param fragments of PixelData, the Basic Offset Table first
 * @throws EffaceError `dicom/bad-compressed-data`
 */
export function fragmentsOfFrames(
  bytes: Uint8Array,
  fragments: readonly Span[],
  frames: number,
): readonly (readonly Span[])[] {
  const [table, ...data] = fragments;
  if (frames === 1) return [data];
  if (data.length === frames) return data.map((fragment) => [fragment]);
  const found =
    (table && byOffsets(bytes, table, data, frames)) ?? byEndMarkers(bytes, data, frames);
  if (!found) throw new EffaceError('dicom/bad-compressed-data');
  return found;
}

/** Offsets point at item headers, counted from that of the first fragment. */
function byOffsets(
  bytes: Uint8Array,
  table: Span,
  data: readonly Span[],
  frames: number,
): readonly (readonly Span[])[] | null {
  const [first] = data;
  if (!first || table.end - table.start !== 4 * frames) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = Array.from({ length: frames }, (_, frame) => {
    const offset = view.getUint32(table.start + 4 * frame, true);
    return data.findIndex(({ start }) => start === first.start + offset);
  });
  const isAscending = starts.every((start, n) => start >= 0 && start > (starts[n - 1] ?? -1));
  if (!isAscending || starts[0] !== 0) return null;
  return starts.map((start, n) => data.slice(start, starts[n + 1]));
}

function byEndMarkers(
  bytes: Uint8Array,
  data: readonly Span[],
  frames: number,
): readonly (readonly Span[])[] | null {
  const found: Span[][] = [];
  let open: Span[] = [];
  for (const fragment of data) {
    open.push(fragment);
    if (!endsStream(bytes, fragment)) continue;
    found.push(open);
    open = [];
  }
  return open.length === 0 && found.length === frames ? found : null;
}

/** EOI of JPEG, EOC of JPEG 2000: both FFD9, with at most one byte of padding behind. */
function endsStream(bytes: Uint8Array, { start, end }: Span): boolean {
  const last = bytes[end - 1] === 0 ? end - 1 : end;
  return last - 2 >= start && bytes[last - 2] === 0xff && bytes[last - 1] === 0xd9;
}
