/**
 * What a NIfTI-1 header says about the person, taken out (dicom.md 7). Numbers stay
 * byte for byte; text that tools fill as they like is cleared.
 */

const DATA_TYPE = { start: 4, length: 10 };
const DB_NAME = { start: 14, length: 18 };
const DESCRIP = { start: 148, length: 80 };
const AUX_FILE = { start: 228, length: 24 };
const INTENT_NAME = { start: 328, length: 16 };
/** Extension flag (4 bytes), then extensions up to the voxels. */
const EXTENSIONS = 348;

/**
 * The bytes before the voxels, without identifying text.
 *
 * `descrip` keeps an echo time (`TE=30`), as dcm2niix writes it; its `Time=` is the
 * clock time of the scan. Extensions hold DICOM attributes (2), AFNI's history with user
 * and host (4), comments (6) or the like, none of which a head volume needs: their bytes
 * become 0 and the voxels stay where they are.
 */
export function withoutIdentifyingText(head: Uint8Array): Uint8Array<ArrayBuffer> {
  const clean = new Uint8Array(head);
  const echoTime = /(?:^|;)(TE=[0-9.]{1,12})(?:;|\0|$)/.exec(text(head, DESCRIP))?.[1] ?? '';
  for (const { start, length } of [DATA_TYPE, DB_NAME, DESCRIP, AUX_FILE, INTENT_NAME]) {
    clean.fill(0, start, start + length);
  }
  clean.set(new TextEncoder().encode(echoTime), DESCRIP.start);
  clean.fill(0, EXTENSIONS);
  return clean;
}

function text(bytes: Uint8Array, { start, length }: { start: number; length: number }): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
