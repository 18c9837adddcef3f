/** What the image says against the network's answer, in words: reasons for a person to look. */
import { because, sides, type Side } from '../error-reasons.ts';
import type { ErrorRecord } from '../errors.ts';
import type { Evidence } from './evidence.ts';

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

export function doubtsOf(seen: Evidence): readonly ErrorRecord[] {
  const doubts: ErrorRecord[] = [];
  const say = (...reason: Parameters<typeof because>): void => {
    doubts.push(uncertain(...reason));
  };
  const off = (Object.keys(sides) as Side[]).filter(
    (side) => Math.abs(seen.surface[side] ?? 0) >= LIMITS.surfaceMm,
  );
  if (off.length) {
    say('head/outline', { sides: off.join(' ') });
  } else if (seen.face && seen.face.farShare > LIMITS.faceFar) {
    say('face/off-skin');
  }
  if (
    (seen.brainMissed ?? 0) > LIMITS.brainMissed ||
    (seen.vaultMissed ?? 0) > LIMITS.vaultMissed
  ) {
    say('brain/missed');
  }
  if ((seen.brainInFaceMl ?? 0) > LIMITS.brainInFaceMl) {
    say('brain/called-face');
  }
  if (seen.brainBare > LIMITS.brainBare) {
    say('brain/bare');
  }
  const { sharpness, likeness } = seen.texture;
  if (sharpness !== null && sharpness < LIMITS.faceSharpness) {
    say('face/blurred');
  }
  if (likeness !== null && likeness < LIMITS.faceLikeness) {
    say('face/noise');
  }
  return doubts;
}

/** A scan that ends in the head above, and much less below, shows it the wrong way up. */
export function orientationDoubt({ cutAboveCm2, cutBelowCm2 }: Evidence): readonly ErrorRecord[] {
  return cutAboveCm2 > LIMITS.neckAboveCm2 && cutBelowCm2 < cutAboveCm2 / 2
    ? [uncertain('head/upside-down')]
    : [];
}

function uncertain(...reason: Parameters<typeof because>): ErrorRecord {
  return { code: 'segment/uncertain', details: because(...reason) };
}
