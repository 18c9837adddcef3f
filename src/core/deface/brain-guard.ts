/**
 * The guard around the brain: what is never changed. It keeps its distance from where the
 * network calls brain most probable, and from where it holds brain possible. Where the edge
 * is clear the two are a millimetre apart; where the network is unsure (the floor of the
 * frontal lobe, noise, cut scans) the guard widens by itself.
 */
import { spacingOf } from '../geometry/affine.ts';
import { LABEL_CLASSES, type Segmentation } from '../segmentation/segmentation.ts';
import { largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';
import { Label } from '../volume/volume.ts';
import { neighbors, type FineLabels } from './fine-labels.ts';

/** No voxel nearer than this (mm) to the brain label is ever changed (design.md §3). */
export const GUARD_MM = 5;
/** Nor nearer than this (mm) to possible brain: from this probability on. */
const POSSIBLE = { mm: 4, probability: 0.2 } as const;
/** Distances are needed only so far (mm). */
const FAR_MM = 30;

/** Both on the fine grid, mm, 0 inside. */
export interface BrainGuard {
  readonly toLabel: Float32Array;
  /** How far within the guard: 0 or less where the voxel is guarded. */
  readonly clear: Float32Array;
}

/**
 * @param wider by so much (mm) than the guard of the standard cut
 * @returns null where no brain is in view
 */
export function brainGuard(
  segmentation: Segmentation,
  fine: FineLabels,
  wider = 0,
): BrainGuard | null {
  const { size, affine } = fine.grid;
  const spacing = spacingOf(affine);
  const distance = (mask: Uint8Array): Float32Array =>
    distanceMm(largestComponent(mask, size), size, spacing, FAR_MM);
  const label = fine.labels.map((label) => (label === Label.brain ? 1 : 0));
  if (!label.includes(1)) return null;
  const toLabel = distance(label);
  const clear = distance(possibleBrain(segmentation, fine));
  for (let v = 0; v < clear.length; v++) {
    clear[v] =
      Math.min((clear[v] as number) - POSSIBLE.mm, (toLabel[v] as number) - GUARD_MM) - wider;
  }
  return { toLabel, clear };
}

/** 1 where the probability of brain, interpolated linearly, makes brain possible. */
function possibleBrain({ grid, probabilities }: Segmentation, fine: FineLabels): Uint8Array {
  const [ni, nj, nk] = grid.size;
  const [fi, fj, fk] = fine.grid.size;
  const p = new Float32Array(ni * nj * nk);
  for (let v = 0; v < p.length; v++) {
    p[v] = probabilities[v * LABEL_CLASSES + Label.brain] as number;
  }
  const out = new Uint8Array(fine.labels.length);
  const row = new Float32Array(ni);
  let f = 0;
  for (let k = 0; k < fk; k++) {
    const [k0, k1, wk] = neighbors(k, nk);
    for (let j = 0; j < fj; j++, f += fi) {
      const [j0, j1, wj] = neighbors(j, nj);
      const [a, b] = [ni * (j0 + nj * k0), ni * (j1 + nj * k0)];
      const [c, d] = [ni * (j0 + nj * k1), ni * (j1 + nj * k1)];
      for (let i = 0; i < ni; i++) {
        const low = mix(p[a + i] as number, p[b + i] as number, wj);
        const high = mix(p[c + i] as number, p[d + i] as number, wj);
        row[i] = mix(low, high, wk);
      }
      for (let i = 0; i < fi; i++) {
        const [i0, i1, wi] = neighbors(i, ni);
        if (mix(row[i0] as number, row[i1] as number, wi) > POSSIBLE.probability) out[f + i] = 1;
      }
    }
  }
  return out;
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
