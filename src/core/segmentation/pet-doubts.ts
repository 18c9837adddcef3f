/**
 * What a PET image itself says of labels that a CT or MR lent it. It shows the skin faintly or
 * not at all, so nothing of a face can be checked in it; but the body as a whole stands out
 * from the air, and must lie where the labels say that the head is.
 */
import { because } from '../error-reasons.ts';
import type { ErrorRecord } from '../errors.ts';
import { spacingOf } from '../geometry/affine.ts';
import { distanceMm } from '../volume/distance.ts';
import { Label } from '../volume/volume.ts';
import type { Segmentation } from './segmentation.ts';

export interface PetEvidence {
  /** How far tissue under the skin stands out from the air, in spreads of the air; null where one of them is not in view. */
  readonly contrast: number | null;
  /** How far (mm) the image's head lies from the labels; null where it does not stand out. */
  readonly offMm: number | null;
}

/**
 * Made heads (FDG, with their CT, three times the usual noise too): contrast 42 and more, off by
 * 0 mm; moved by 4 to 25 mm they are found so far off, to within half a voxel along each axis.
 */
const LIMITS = { contrast: 4, review: 5, refuse: 11 } as const;

/** Tissue this far under the skin is compared with air this far from it (mm). */
const RIM_MM = [3, 15] as const;
const AIR_MM = 12;
const FEWEST = 300;
/** Farthest way that is looked for (voxels of the labels' grid). */
const REACH = 8;
const TO_SD = 1.4826;

export function petDoubts(segmentation: Segmentation): {
  readonly refuse: readonly ErrorRecord[];
  readonly review: readonly ErrorRecord[];
} {
  const { contrast, offMm } = seenInPet(segmentation);
  if (contrast === null || contrast < LIMITS.contrast || offMm === null) {
    return {
      refuse: [],
      review: [uncertain('pet/faint')],
    };
  }
  if (offMm < LIMITS.review) return { refuse: [], review: [] };
  const off = uncertain('pet/off', { mm: offMm.toFixed(0) });
  return offMm < LIMITS.refuse ? { refuse: [], review: [off] } : { refuse: [off], review: [] };
}

/** @param segmentation with labels of another series and this image (`carrySegmentation`) */
export function seenInPet({ grid, image, labels, inView }: Segmentation): PetEvidence {
  const nothing: PetEvidence = { contrast: null, offMm: null };
  if (!image || !inView) return nothing;
  const spacing = spacingOf(grid.affine);
  const head = labels.map((label) => (label === Label.air ? 0 : 1));
  const toHead = distanceMm(head, grid.size, spacing, 2 * AIR_MM);
  const inside = distanceMm(
    head.map((on) => 1 - on),
    grid.size,
    spacing,
    2 * RIM_MM[1],
  );
  const air: number[] = [];
  const rim: number[] = [];
  for (let v = 0; v < image.length; v++) {
    if (!inView[v]) continue;
    const depth = inside[v] as number;
    if (!head[v] && (toHead[v] as number) > AIR_MM) air.push(image[v] as number);
    else if (head[v] && labels[v] !== Label.brain && depth > RIM_MM[0] && depth < RIM_MM[1]) {
      rim.push(image[v] as number);
    }
  }
  if (air.length < FEWEST || rim.length < FEWEST) return nothing;
  const [low, high] = [middle(air), middle(rim)];
  const spread = Math.max(1e-4, TO_SD * middle(air.map((value) => Math.abs(value - low))));
  const contrast = (high - low) / spread;
  if (!(high > low)) return { contrast, offMm: null };
  // Cut off above: the brain is no brighter than any other tissue then.
  const seen = image.map((value, v) =>
    inView[v] ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0,
  );
  const moved = bestShift(seen, head, inView, grid.size);
  return { contrast, offMm: Math.hypot(...moved.map((n, axis) => n * (spacing[axis] as number))) };
}

/** Voxels along i, j, k by which the image is best laid on the head: one axis after the other. */
function bestShift(
  seen: Float32Array,
  head: Uint8Array,
  inView: Uint8Array,
  size: Segmentation['grid']['size'],
): readonly number[] {
  const at: [number, number, number] = [0, 0, 0];
  const known = new Map<string, number>();
  const score = (shift: readonly number[]): number => {
    const key = shift.join();
    const old = known.get(key);
    if (old !== undefined) return old;
    const value = likeness(seen, head, inView, size, shift);
    known.set(key, value);
    return value;
  };
  for (let round = 0; round < REACH; round++) {
    const before = at.join();
    for (const axis of [0, 1, 2] as const) {
      let best = at[axis];
      for (let n = -REACH; n <= REACH; n++) {
        const shift = at.with(axis, n);
        if (score(shift) > score(at.with(axis, best))) best = n;
      }
      at[axis] = best;
    }
    if (at.join() === before) break;
  }
  return at;
}

/** Correlation of the image, moved back by so many voxels, with the head. */
function likeness(
  seen: Float32Array,
  head: Uint8Array,
  inView: Uint8Array,
  [ni, nj, nk]: Segmentation['grid']['size'],
  [di = 0, dj = 0, dk = 0]: readonly number[],
): number {
  let [n, a, aa, b, ab] = [0, 0, 0, 0, 0];
  for (let k = Math.max(0, -dk); k < Math.min(nk, nk - dk); k++) {
    for (let j = Math.max(0, -dj); j < Math.min(nj, nj - dj); j++) {
      for (let i = Math.max(0, -di); i < Math.min(ni, ni - di); i++) {
        const v = i + ni * (j + nj * k);
        const w = v + di + ni * (dj + nj * dk);
        if (!inView[w]) continue;
        const [x, y] = [seen[w] as number, head[v] as number];
        n++;
        a += x;
        aa += x * x;
        b += y;
        ab += x * y;
      }
    }
  }
  const spread = Math.sqrt((aa - (a * a) / n) * (b - (b * b) / n));
  return n > 0 && spread > 0 ? (ab - (a * b) / n) / spread : -1;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] as number;
}

function uncertain(...reason: Parameters<typeof because>): ErrorRecord {
  return { code: 'segment/uncertain', details: because(...reason) };
}
