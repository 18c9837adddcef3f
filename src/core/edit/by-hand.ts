/** Which refused scans a person may correct by hand, and what must be said for it. */
import type { ErrorRecord } from '../errors.ts';
import type { Modality } from '../volume/volume.ts';

/**
 * What the network does not see, a person may: the voxels are read, and lie where the header says.
 * Not where the grid itself is in doubt, since no face has its true shape there, and not PET,
 * which shows too little skin to paint by.
 *
 * @param reasons of the refusal
 */
export function mayCorrectByHand(modality: Modality, reasons: readonly ErrorRecord[]): boolean {
  return (
    modality !== 'PT' &&
    reasons.length > 0 &&
    reasons.every(({ code }) => code.startsWith('segment/') && code !== 'segment/pet-alone')
  );
}
