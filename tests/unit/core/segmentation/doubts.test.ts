import { describe, expect, test } from 'vitest';
import { explain } from '../../../../src/core/errors.ts';
import { doubtsOf, orientationDoubt } from '../../../../src/core/segmentation/doubts.ts';
import type { Evidence } from '../../../../src/core/segmentation/evidence.ts';

/** What a good head gives. */
const GOOD: Evidence = {
  surface: { left: 0, right: 0, front: 0, back: -3, up: 3 },
  face: { median: 0, farShare: 0.02 },
  brainMissed: 0.03,
  vaultMissed: 0.005,
  brainInFaceMl: 4,
  brainBare: 0,
  texture: { sharpness: 1.1, likeness: 0.45 },
  cutAboveCm2: 0,
  cutBelowCm2: 120,
};
const say = (other: Partial<Evidence>): string =>
  doubtsOf({ ...GOOD, ...other })
    .map(({ code, details }) => explain(code, details).why)
    .join(' ');

describe('doubts', () => {
  test('are none about a good head, nor where nothing could be measured', () => {
    expect(doubtsOf(GOOD)).toEqual([]);
    const nothing = { left: null, right: null, front: null, back: null, up: null };
    expect(
      doubtsOf({
        ...GOOD,
        surface: nothing,
        face: null,
        brainMissed: null,
        vaultMissed: null,
        brainInFaceMl: null,
        texture: { sharpness: null, likeness: null },
      }),
    ).toEqual([]);
  });

  test.each<readonly [Partial<Evidence>, RegExp]>([
    [{ surface: { ...GOOD.surface, front: 9, back: -9 } }, /does not end .*in front, at the back/],
    [{ face: { median: 0, farShare: 0.22 } }, /does not begin where the skin begins/],
    [{ brainMissed: 0.48 }, /enclosed in the skull is not labelled brain/],
    [{ vaultMissed: 0.07 }, /enclosed in the skull is not labelled brain/],
    [{ brainInFaceMl: 24 }, /inside of the skull is labelled face/],
    [{ brainBare: 0.1 }, /reaches the skin/],
    [{ texture: { sharpness: 0.5, likeness: 0.5 } }, /blurred/],
    [{ texture: { sharpness: 1, likeness: 0.1 } }, /noise/],
  ])('%j', (other, reason) => {
    expect(say(other)).toMatch(reason);
    expect(doubtsOf({ ...GOOD, ...other })).toHaveLength(1);
  });

  test('about the orientation need a neck that is cut above and not below', () => {
    expect(orientationDoubt(GOOD)).toEqual([]);
    expect(orientationDoubt({ ...GOOD, cutAboveCm2: 127, cutBelowCm2: 0 })).toHaveLength(1);
    // A crown outside the scan, and a slab through the brain.
    expect(orientationDoubt({ ...GOOD, cutAboveCm2: 33, cutBelowCm2: 0 })).toEqual([]);
    expect(orientationDoubt({ ...GOOD, cutAboveCm2: 200, cutBelowCm2: 150 })).toEqual([]);
  });
});
