/**
 * What is known of each voxel while a region is corrected by hand, in one byte: what the plan
 * claims, what the hand said, and what holds against both. The region itself is not stored: it
 * follows from the bytes, so that depth, margin and regions can change under the strokes, and
 * no order of strokes can bring a voxel into the region that may not be there.
 */
import { REGIONS, type Region } from '../deface/options.ts';
import { Label } from '../volume/volume.ts';

export const Mark = {
  /** Number of the region of the plan that claims the voxel, counted from 1 (`numberOf`); 0: none. */
  claim: 0b0000_0111,
  /** The hand says that it goes, or that it does not; never both. */
  take: 0b0000_1000,
  leave: 0b0001_0000,
  /** It must stay, whatever else is said (an electrode, a lesion). */
  protect: 0b0010_0000,
  /** Within the guard around the brain. */
  guard: 0b0100_0000,
  /** Holds no image (PixelPaddingValue): there is nothing to change. */
  padding: 0b1000_0000,
} as const;

/** What comes from the hand, and is kept; the rest is planned anew. */
export const HAND = Mark.take | Mark.leave | Mark.protect;

/** Whether a voxel goes. The guard holds against the hand unless it was overridden. */
export function isTaken(mark: number, overridesGuard: boolean): boolean {
  if (mark & (Mark.protect | Mark.padding)) return false;
  if (mark & Mark.guard) return overridesGuard && (mark & Mark.take) !== 0;
  if (mark & Mark.take) return true;
  return (mark & Mark.leave) === 0 && (mark & Mark.claim) !== 0;
}

/**
 * Whether the hand keeps a voxel that the plan would take. What the guard keeps is not the
 * hand's doing: at its rim a claim of the plan can lie within the guard by less than a voxel.
 */
export function isLeft(mark: number): boolean {
  const claimed = (mark & Mark.claim) !== 0 && (mark & (Mark.guard | Mark.padding)) === 0;
  return claimed && (mark & (Mark.leave | Mark.protect)) !== 0;
}

/** Whether the hand wanted a voxel that the guard keeps. */
export function isHeld(mark: number, overridesGuard: boolean): boolean {
  const wanted = (mark & Mark.take) !== 0 && (mark & (Mark.protect | Mark.padding)) === 0;
  return wanted && (mark & Mark.guard) !== 0 && !overridesGuard;
}

/** A function of a mark as a table: 1 where it is true. */
export function tableOf(is: (mark: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, mark) => (is(mark) ? 1 : 0));
}

/** What a tool makes of a mark. */
export const STROKES = {
  take: (mark: number) => (mark & ~Mark.leave) | Mark.take,
  leave: (mark: number) => (mark & ~Mark.take) | Mark.leave,
  protect: (mark: number) => mark | Mark.protect,
  unprotect: (mark: number) => mark & ~Mark.protect,
} as const;
export type Stroke = keyof typeof STROKES;

const OF_LABEL: Readonly<Partial<Record<number, Region>>> = {
  [Label.ears]: 'ears',
  [Label.eyes]: 'eyes',
  [Label.forehead]: 'scalp',
};

/**
 * To which region a voxel is counted that no plan claims: that of its label, where it was
 * chosen. A face that was not chosen is never counted as gone because of a stroke.
 *
 * @param chosen at least one
 */
export function regionAt(label: number, chosen: readonly Region[]): Region {
  const own = OF_LABEL[label] ?? 'face';
  return chosen.includes(own) ? own : (chosen[0] ?? REGIONS[0]);
}
