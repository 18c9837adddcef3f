/** What the image says against the network's answer, in words: reasons for a person to look. */
import type { ErrorRecord } from '../errors.ts';
import type { Evidence, Side } from './evidence.ts';

/**
 * Measured on the 49 training people and made-up heads of four contrasts; what planted
 * failures give is in brackets. Surface: 0, seldom 3 mm (10 mm: 9 and more). Vault not
 * labelled brain: to 0.6 %, in a made T2 5.5 % (brain 6 mm smaller: 7 % and more). Enclosed tissue not
 * labelled brain: to 4.5 % (half a brain: 48 %). Of it labelled face: to 10 ml where it
 * leaked, else 0 (face 15 mm into the brain: 24 ml and more). Bare brain: 0 % (labels
 * moved by 20 mm: 3–14 %; stripped: nearly all). The skin of the face far from where the
 * labels begin: to 3 % (10 mm to the side: 22 % and more). Sharpness of the face against
 * the scalp: 0.8 and more (blurred by 8 mm: to 0.5). Likeness of places 6 mm apart in the
 * face: 0.32 and more (noise: to 0.09).
 */
const LIMITS = {
  surfaceMm: 6,
  faceFar: 0.15,
  brainMissed: 0.2,
  vaultMissed: 0.062,
  brainInFaceMl: 15,
  brainBare: 0.04,
  neckAboveCm2: 40,
  faceSharpness: 0.6,
  faceLikeness: 0.18,
} as const;

const SIDES: Readonly<Record<Side, string>> = {
  left: 'on the left',
  right: 'on the right',
  front: 'in front',
  back: 'at the back',
  up: 'at the crown',
};

export function doubtsOf(seen: Evidence): readonly ErrorRecord[] {
  const reasons: string[] = [];
  const off = (Object.keys(SIDES) as Side[]).filter(
    (side) => Math.abs(seen.surface[side] ?? 0) >= LIMITS.surfaceMm,
  );
  if (off.length) {
    const where = off.map((side) => SIDES[side]).join(', ');
    reasons.push(`The head it outlines does not end where the image ends (${where}).`);
  } else if (seen.face && seen.face.farShare > LIMITS.faceFar) {
    reasons.push('The face it outlines does not begin where the skin begins.');
  }
  if (
    (seen.brainMissed ?? 0) > LIMITS.brainMissed ||
    (seen.vaultMissed ?? 0) > LIMITS.vaultMissed
  ) {
    reasons.push('Tissue enclosed in the skull is not labelled brain.');
  }
  if ((seen.brainInFaceMl ?? 0) > LIMITS.brainInFaceMl) {
    reasons.push('Tissue that belongs to the inside of the skull is labelled face.');
  }
  if (seen.brainBare > LIMITS.brainBare) {
    reasons.push('What it calls brain reaches the skin: the skull was removed, or it is wrong.');
  }
  const { sharpness, likeness } = seen.texture;
  if (sharpness !== null && sharpness < LIMITS.faceSharpness) {
    reasons.push(
      'The skin of the face is far less sharp than that of the scalp: it may be blurred.',
    );
  }
  if (likeness !== null && likeness < LIMITS.faceLikeness) {
    reasons.push('The face is noise: it may have been replaced before.');
  }
  return reasons.map(uncertain);
}

/** A scan that ends in the head above, and much less below, shows it the wrong way up. */
export function orientationDoubt({ cutAboveCm2, cutBelowCm2 }: Evidence): readonly ErrorRecord[] {
  return cutAboveCm2 > LIMITS.neckAboveCm2 && cutBelowCm2 < cutAboveCm2 / 2
    ? [uncertain('The scan cuts the neck above the head: its orientation may be upside down.')]
    : [];
}

function uncertain(reason: string): ErrorRecord {
  return { code: 'segment/uncertain', details: { reason } };
}
