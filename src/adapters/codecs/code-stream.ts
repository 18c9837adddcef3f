/**
 * What a JPEG, JPEG-LS or JPEG 2000 code stream (HTJ2K too) says of its own size, read before
 * it is decoded: a stream that claims a huge picture must not make the decoder allocate one.
 */

export interface CodeStreamSize {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly bits: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOC = 0x4f;
const SIZ = 0x51;
const SOS = 0xda;
/**
 * Frame headers: baseline, extended and lossless Huffman (ITU-T T.81 B.2.2), JPEG-LS
 * (ITU-T T.87 C.2.2).
 */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc3, 0xf7]);

/** null where the bytes are none of these code streams. */
export function codeStreamSize(bytes: Uint8Array): CodeStreamSize | null {
  if (bytes[0] !== 0xff) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[1] === SOC) return sizeOfJpeg2000(bytes, view);
  return bytes[1] === SOI ? sizeOfJpeg(bytes, view) : null;
}

/**
 * Whether the stream has its end marker, behind which there may be padding. Of a stream that
 * was cut off CharLS makes half a minute's work, libjpeg and OpenJPH a picture.
 */
export function hasEnd(bytes: Uint8Array): boolean {
  let last = bytes.length - 1;
  while (last > 1 && bytes[last] === 0) last--;
  return bytes[last - 1] === 0xff && bytes[last] === EOI;
}

function sizeOfJpeg(bytes: Uint8Array, view: DataView): CodeStreamSize | null {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++; // fill byte
      continue;
    }
    if (marker === SOS) return null;
    if (FRAMES.has(marker)) {
      if (at + 10 > bytes.length) return null;
      return {
        bits: view.getUint8(at + 4),
        rows: view.getUint16(at + 5),
        columns: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** ITU-T T.800 A.5.1: SIZ comes right after SOC. */
function sizeOfJpeg2000(bytes: Uint8Array, view: DataView): CodeStreamSize | null {
  if (bytes.length < 43 || bytes[2] !== 0xff || bytes[3] !== SIZ) return null;
  return {
    columns: view.getUint32(8) - view.getUint32(16),
    rows: view.getUint32(12) - view.getUint32(20),
    components: view.getUint16(40),
    bits: (view.getUint8(42) & 0x7f) + 1,
  };
}
