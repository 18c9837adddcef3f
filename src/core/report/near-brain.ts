/** Where a removed region comes too near to the brain: what a person looks at first. */
import type { BrainGuard } from '../deface/brain-guard.ts';
import { keptMm, type RemovedRegion } from '../deface/region.ts';
import { compose, indexToLps, invert, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import type { Mask } from '../volume/volume.ts';

export interface NearBrain {
  /** Voxels at the region's edge that are too near, four numbers each: LPS mm, and how near (mm). */
  readonly points: Float32Array;
  /** Where they come nearest, nearest first, apart from each other. */
  readonly spots: readonly NearSpot[];
}

export interface NearSpot {
  /** LPS mm. */
  readonly at: Vec3;
  /** As the check has it (`keptMm`); 0 in the brain itself. */
  readonly mm: number;
}

export const NONE_NEAR: NearBrain = { points: new Float32Array(), spots: [] };

/** Spots of a list are so far apart (mm), and so many at most. */
const APART_MM = 15;
const MOST_SPOTS = 3;

/**
 * Edge voxels of what is removed that are nearer than `limitMm` to the brain label, by the very
 * measure of the check (`RemovedRegion.guardMm`): the least distance is that figure.
 *
 * @param guard null where no brain is in view
 */
export function nearBrain(
  { region, labels, guardMm }: Pick<RemovedRegion, 'region' | 'labels' | 'guardMm'>,
  fine: Grid,
  guard: Pick<BrainGuard, 'toLabel'> | null,
  limitMm: number,
): NearBrain {
  // Whoever is not overridden keeps the distance: nothing has to be looked for.
  if (!guard || guardMm === null || guardMm >= limitMm) return NONE_NEAR;
  const { affine } = region.grid;
  const toFine = compose(invert(fine.affine), affine);
  const [fi, fj, fk] = fine.size;
  const near: NearSpot[] = [];
  forEachEdge(region, (v, index) => {
    const [a, b, c] = indexToLps(toFine, index).map((x) => Math.floor(x + 0.5)) as unknown as Vec3;
    if (a < 0 || b < 0 || c < 0 || a >= fi || b >= fj || c >= fk) return;
    const distance = guard.toLabel[a + fi * (b + fj * c)] as number;
    const mm = keptMm(distance, labels.voxels[v] as number);
    if (mm < limitMm) near.push({ at: indexToLps(affine, index), mm });
  });
  const points = new Float32Array(4 * near.length);
  near.forEach(({ at, mm }, n) => {
    points.set([...at, mm], 4 * n);
  });
  return { points, spots: spotsOf(near) };
}

function spotsOf(near: NearSpot[]): readonly NearSpot[] {
  const spots: NearSpot[] = [];
  for (const one of near.sort((a, b) => a.mm - b.mm)) {
    if (spots.length === MOST_SPOTS) break;
    if (spots.every(({ at }) => distance(at, one.at) >= APART_MM)) spots.push(one);
  }
  return spots;
}

/** Voxels of the mask with a 6-neighbour outside it; the border of the array is no edge. */
function forEachEdge(
  { grid: { size }, voxels }: Mask,
  visit: (v: number, index: Vec3) => void,
): void {
  const [ni, nj, nk] = size;
  const slice = ni * nj;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const row = ni * j + slice * k;
      for (let i = 0; i < ni; i++) {
        const v = row + i;
        if (voxels[v] !== 1) continue;
        const isEdge =
          (i > 0 && voxels[v - 1] !== 1) ||
          (i < ni - 1 && voxels[v + 1] !== 1) ||
          (j > 0 && voxels[v - ni] !== 1) ||
          (j < nj - 1 && voxels[v + ni] !== 1) ||
          (k > 0 && voxels[v - slice] !== 1) ||
          (k < nk - 1 && voxels[v + slice] !== 1);
        if (isEdge) visit(v, [i, j, k]);
      }
    }
  }
}

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
