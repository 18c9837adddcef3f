/**
 * Text inside compressed pixels: JPEG comments and application segments (ISO 10918-1
 * B.2.4.5–6), JPEG 2000 comments (ISO 15444-1 A.9.2). A frame that has any is written
 * uncompressed, so that they are gone.
 */
import { asciiOf } from '../deidentify/element-value.ts';

/** Whether a code stream carries a segment that could hold anything. */
export function hasHiddenSegments(frame: Uint8Array): boolean {
  if (frame[0] !== 0xff) return false; // RLE has no room for text
  if (frame[1] === 0xd8) return jpegHasText(frame);
  if (frame[1] === 0x4f) return jpeg2000HasText(frame);
  return true;
}

/** JFIF, the colour transform of JPEG-LS (SPIFF) and Adobe's, as encoders write them. */
const HARMLESS: readonly { readonly marker: number; readonly max: number }[] = [
  { marker: 0xe0, max: 16 },
  { marker: 0xe8, max: 32 },
  { marker: 0xee, max: 14 },
];

function jpegHasText(frame: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= frame.length) {
    if (frame[at] !== 0xff) return true; // not a marker: read no further
    const marker = frame[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0xda) return false; // the scan begins
    const length = ((frame[at + 2] as number) << 8) | (frame[at + 3] as number);
    if (marker === 0xfe) return true;
    if (marker >= 0xe0 && marker <= 0xef) {
      if (!HARMLESS.some((one) => one.marker === marker && length <= one.max)) return true;
    }
    at += 2 + length;
  }
  return true;
}

/** What encoders call themselves. */
const ENCODER =
  /^(kakadu|openjpeg|openjph|created by|creator:|jasper|aware|lead|matrox|j2k|jj2000)[\x20-\x7e]{0,60}\0?$/i;

function jpeg2000HasText(frame: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= frame.length) {
    if (frame[at] !== 0xff) return true;
    const marker = frame[at + 1] as number;
    if (marker === 0x90) return false; // the first tile begins
    const length = ((frame[at + 2] as number) << 8) | (frame[at + 3] as number);
    if (marker === 0x64) {
      const text = asciiOf(frame.subarray(at + 6, at + 2 + length));
      if (!ENCODER.test(text)) return true;
    }
    at += 2 + length;
  }
  return true;
}
