/**
 * Whether the network's answer can be believed. Its own confidence says nothing (it
 * "finds" a head in noise with p = 0.8, model.md §4.4), so the answer is held against what
 * a head must look like. Nothing here changes the answer.
 */
import { because } from '../error-reasons.ts';
import type { ErrorRecord } from '../errors.ts';
import { voxelVolume } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { largestComponent } from '../volume/components.ts';
import { diceOfLabels } from '../volume/statistics.ts';
import { Label } from '../volume/volume.ts';
import type { Conformed } from './conform.ts';
import { doubtsOf, orientationDoubt } from './doubts.ts';
import { gather } from './evidence.ts';
import { petDoubts } from './pet-doubts.ts';
import type { Segmentation } from './segmentation.ts';

export interface Verdict {
  /** Reasons not to deface at all. */
  readonly refuse: readonly ErrorRecord[];
  /** Reasons for a person to look. */
  readonly review: readonly ErrorRecord[];
  /** Whether the head lies the wrong way up in the scan; among the others too. */
  readonly orientation: readonly ErrorRecord[];
}

/** What is measured of an answer; millilitres, shares 0–1, square centimetres. */
export interface Plausibility {
  readonly brainMl: number;
  /** Share of the brain that is one connected part. */
  readonly brainInOnePart: number;
  readonly faceMl: number;
  /** Ears left and right of the middle of the brain (the person's own sides). */
  readonly earMl: { readonly left: number; readonly right: number };
  /** From the middle of the face to the middle of the brain: to the back and up (mm); null without one of them. */
  readonly brainFromFace: { readonly back: number; readonly up: number } | null;
  /** Area over which the lower edge of the scan cuts the brain. */
  readonly brainCutBelowCm2: number;
  /** Dice of the plain and the mirrored run. */
  readonly mirror: { readonly brain: number; readonly removal: number };
}

/**
 * Limits, from model.md §5: brains of adults have 700–2,200 ml with their CSF; good heads
 * agree with their mirror image to 0.95 (brain) and 0.85 (removal), which failedChecks
 * turns into a review. Refused is what no head was seen to do: 0.85 lies below every head
 * of model.md §5 but the one that lost its brain (0.81), 0.65 below all but that and
 * skull-stripped brains. Ears have 40–60 ml each (model.md §1.4), and 10 ml are no ear.
 */
const LIMITS = {
  brainMl: { low: 700, high: 2200, absurd: 2800 },
  brainInOnePart: { review: 0.98, refuse: 0.9 },
  face: { low: 60, high: 1800 },
  earMl: 10,
  brainCutBelowCm2: 20,
  mirror: { brain: 0.85, removal: 0.65 },
} as const;

/** Judges a segmentation by `measure`, and by what the image itself shows (evidence.ts, pet-doubts.ts). */
export function judge(segmentation: Segmentation): Verdict {
  const seen = measure(segmentation);
  const refuse: ErrorRecord[] = [];
  const review: ErrorRecord[] = [];
  const say = (list: ErrorRecord[], ...reason: Parameters<typeof because>): void => {
    list.push({ code: 'segment/uncertain', details: because(...reason) });
  };
  const ml = seen.brainMl.toFixed(0);
  if (seen.brainMl > LIMITS.brainMl.absurd) say(refuse, 'brain/absurd', { ml });
  else if (seen.brainMl > LIMITS.brainMl.high) say(review, 'brain/much', { ml });
  else if (seen.brainMl < LIMITS.brainMl.low) {
    say(review, 'brain/little', { ml });
  }
  if (seen.brainMl > 0 && seen.brainInOnePart < LIMITS.brainInOnePart.refuse) {
    say(refuse, 'brain/scattered');
  } else if (seen.brainMl > 0 && seen.brainInOnePart < LIMITS.brainInOnePart.review) {
    say(review, 'brain/pieces');
  }
  const { brainFromFace } = seen;
  if (brainFromFace && !(brainFromFace.back > 0 && brainFromFace.up > 0)) {
    say(refuse, 'brain/not-behind-face');
  }
  if (seen.faceMl > LIMITS.face.high) say(review, 'face/much', { ml: seen.faceMl.toFixed(0) });
  if (seen.faceMl < LIMITS.face.low) say(review, 'face/little', { ml: seen.faceMl.toFixed(0) });
  const missing = [seen.earMl.left, seen.earMl.right].filter((ear) => ear < LIMITS.earMl).length;
  if (missing === 2) say(review, 'ears/none');
  if (missing === 1) say(review, 'ears/one');
  if (seen.brainCutBelowCm2 > LIMITS.brainCutBelowCm2) {
    say(review, 'brain/cut');
  }
  if (seen.mirror.brain < LIMITS.mirror.brain || seen.mirror.removal < LIMITS.mirror.removal) {
    say(refuse, 'head/mirrored');
  }
  if (segmentation.modality === 'PT') {
    const doubts = petDoubts(segmentation);
    return {
      refuse: [...refuse, ...doubts.refuse],
      review: [...review, ...doubts.review],
      orientation: [],
    };
  }
  const evidence = gather(segmentation);
  const orientation = evidence ? orientationDoubt(evidence) : [];
  // What is upside down is refused for other reasons too: this is the one that helps.
  if (refuse.length) refuse.unshift(...orientation);
  review.unshift(...orientation);
  if (evidence) review.push(...doubtsOf(evidence));
  return { refuse, review, orientation };
}

/** Measures an answer, on its own 3 mm grid. */
export function measure({ grid, labels, plain, mirrored, inView }: Segmentation): Plausibility {
  const voxelMl = voxelVolume(grid.affine) / 1000;
  const brain = new Uint8Array(labels.length);
  let brainVoxels = 0;
  for (let v = 0; v < labels.length; v++) {
    if (labels[v] !== Label.brain) continue;
    brain[v] = 1;
    brainVoxels++;
  }
  const main = largestComponent(brain, grid.size);
  let mainVoxels = 0;
  for (let v = 0; v < main.length; v++) mainVoxels += main[v] as number;

  const brainMiddle = middleOf(grid.size, (v) => main[v] === 1);
  const faceMiddle = middleOf(grid.size, (v) => labels[v] === Label.face);
  const spacing = (axis: 0 | 1 | 2): number => grid.affine[5 * axis] as number;
  const split = (brainMiddle ?? faceMiddle)?.[0] ?? (grid.size[0] - 1) / 2;
  let [face, left, right] = [0, 0, 0];
  for (let v = 0; v < labels.length; v++) {
    const label = labels[v];
    if (label === Label.face || label === Label.eyes) face++;
    else if (label === Label.ears) {
      if (v % grid.size[0] > split) left++;
      else right++;
    }
  }
  return {
    brainMl: brainVoxels * voxelMl,
    brainInOnePart: brainVoxels > 0 ? mainVoxels / brainVoxels : 0,
    faceMl: face * voxelMl,
    earMl: { left: left * voxelMl, right: right * voxelMl },
    brainFromFace:
      brainMiddle && faceMiddle
        ? {
            back: (brainMiddle[1] - faceMiddle[1]) * spacing(1),
            up: (brainMiddle[2] - faceMiddle[2]) * spacing(2),
          }
        : null,
    brainCutBelowCm2: (cutBelow(main, grid.size, inView) * spacing(0) * spacing(1)) / 100,
    mirror: {
      brain: diceOfLabels(plain, mirrored, [Label.brain]),
      removal: diceOfLabels(plain, mirrored, [Label.face, Label.eyes, Label.ears]),
    },
  };
}

/** Steps (voxels of 3 mm) over which an image must still resemble itself. */
const LAG = 3;
const LEAST_CORRELATION = 0.25;

/**
 * Whether a box holds an image at all: not one value everywhere, and places 9 mm apart
 * that are alike. Networks "find" faces in noise (model.md §4.5).
 */
export function isImage(box: Conformed): boolean {
  return likeness(box) > LEAST_CORRELATION;
}

/** The smallest correlation between voxels 9 mm apart along i, j or k; 0 where nothing varies. */
export function likeness({ input, inView, grid }: Conformed): number {
  const [ni, nj] = grid.size;
  const along = (stride: number): number => neighborCorrelation(input.values, inView, LAG * stride);
  return Math.min(along(1), along(ni), along(ni * nj));
}

/** Correlation of the values of voxels `stride` apart, both in view; 0 where nothing varies. */
function neighborCorrelation(values: Float32Array, inView: Uint8Array, stride: number): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let v = stride; v < values.length; v++) {
    if (inView[v] === 0 || inView[v - stride] === 0) continue;
    const x = values[v - stride] as number;
    const y = values[v] as number;
    n++;
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const spread = Math.sqrt((aa - (a * a) / n) * (bb - (b * b) / n));
  return n > 1 && spread > 1e-6 * n ? (ab - (a * b) / n) / spread : 0;
}

/** Mean index (i, j, k) of the voxels that are in; null when none is. */
function middleOf(
  [ni, nj, nk]: Grid['size'],
  isIn: (v: number) => boolean,
): readonly [number, number, number] | null {
  let [n, x, y, z] = [0, 0, 0, 0];
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        if (!isIn(v)) continue;
        n++;
        x += i;
        y += j;
        z += k;
      }
    }
  }
  return n > 0 ? [x / n, y / n, z / n] : null;
}

/** How many voxels of the mask have the end of the scan right below them. */
function cutBelow(
  mask: Uint8Array,
  [ni, nj]: Grid['size'],
  inView: Uint8Array | undefined,
): number {
  const slice = ni * nj;
  let count = 0;
  for (let v = 0; v < mask.length; v++) {
    if (mask[v] === 0) continue;
    if (v < slice || (inView !== undefined && inView[v - slice] === 0)) count++;
  }
  return count;
}
