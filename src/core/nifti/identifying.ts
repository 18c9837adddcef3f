/**
 * What a NIfTI header says about the person, taken out (dicom.md 7). Numbers stay
 * byte for byte; text that tools fill as they like is cleared.
 */

import { headerBytes, textFields, type NiftiVersion } from './layout.ts';

/**
 * The bytes before the voxels, without identifying text.
 *
 * `descrip` keeps an echo time (`TE=30`), as dcm2niix writes it; its `Time=` is the
 * clock time of the scan. Extensions hold DICOM attributes (2), AFNI's history with user
 * and host (4), comments (6) or the like, none of which a head volume needs: their bytes
 * become 0 and the voxels stay where they are.
 */
export function withoutIdentifyingText(
  head: Uint8Array,
  version: NiftiVersion,
): Uint8Array<ArrayBuffer> {
  const clean = new Uint8Array(head);
  const fields = textFields(version);
  const [[descrip, length]] = fields as [readonly [number, number]];
  const words = String.fromCharCode(...head.subarray(descrip, descrip + length));
  const echoTime = /(?:^|;)(TE=[0-9.]{1,12})(?:;|\0|$)/.exec(words)?.[1] ?? '';
  for (const [start, bytes] of fields) clean.fill(0, start, start + bytes);
  clean.set(new TextEncoder().encode(echoTime), descrip);
  // Extension flag (4 bytes), then extensions up to the voxels.
  clean.fill(0, headerBytes(version));
  return clean;
}
