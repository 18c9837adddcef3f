/**
 * What is removed, voxel by voxel, on the scan's own grid: the columns of the cut and the
 * air in front of them, what lies outside the dome, minus everything within the guard
 * around the brain.
 */
import { compose, invert, voxelVolume } from '../geometry/affine.ts';
import { along, rowsOf } from '../geometry/rows.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import type { RegionVolumes } from '../report/report.ts';
import { Label, type Mask, type Volume } from '../volume/volume.ts';
import type { BrainGuard } from './brain-guard.ts';
import type { Columns } from './columns.ts';
import type { Cut } from './cut.ts';
import { isOutside } from './dome.ts';
import type { FineLabels } from './fine-labels.ts';
import type { HeadFrame } from './head-frame.ts';
import { REGIONS, type Region } from './options.ts';

export interface RemovedRegion {
  /** 1 where a voxel is replaced. */
  readonly region: Mask;
  /** The network's labels on the scan's grid. */
  readonly labels: Mask;
  readonly volumes: RegionVolumes;
  readonly millilitres: number;
  readonly voxels: number;
  /** Share (0–1) of the tissue to be removed that the guard took back. */
  readonly guardTookBack: number;
  /** Smallest distance of a removed voxel to the brain label (mm); null without a brain. */
  readonly guardMm: number | null;
}

/**
 * @param guard on the grid of `fine`; null where no brain is in view
 * @param claims takes, for every voxel that goes, the number of the region that claims it
 *   (`numberOf`), and 0 for all others
 * @throws AbortSignal's reason when cancelled
 */
export async function removedRegion(
  volume: Volume,
  fine: FineLabels,
  guard: BrainGuard | null,
  frame: HeadFrame,
  cut: Cut,
  { signal, onProgress }: JobOptions = {},
  claims: Uint8Array | null = null,
): Promise<RemovedRegion> {
  const { grid, stored, padding } = volume;
  const [ni, nj, nk] = grid.size;
  const region = new Uint8Array(ni * nj * nk);
  const labels = new Uint8Array(ni * nj * nk);
  claims?.fill(0);
  const toHead = rowsOf(compose(frame.fromLps, grid.affine));
  const toFine = rowsOf(compose(invert(fine.grid.affine), grid.affine));
  const [fi, fj, fk] = fine.grid.size;
  const tests = cut.columns.map(({ region: name, columns }) => columnTest(name, columns));
  const wanted = new Uint8Array(8);
  for (const { label, region: name } of cut.labels) wanted[label] = numberOf(name);
  const places = claimedPlaces(cut, fine);
  const { dome } = cut;
  const [face, scalp] = [numberOf('face'), numberOf('scalp')];
  const isFace = faceTest(cut);
  const counts = new Float64Array(REGIONS.length);
  const reach = reachOf(cut);
  const fineVoxels = fine.labels;
  const [xi, yi, zi] = [toHead.x[0], toHead.y[0], toHead.z[0]];
  const [ai, bi, ci] = [toFine.x[0], toFine.y[0], toFine.z[0]];
  const checkpoint = createCheckpoint(signal);
  let [tissue, takenBack, nearest] = [0, 0, Infinity];

  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const start = ni * (j + nj * k);
      let [x, y, z] = along(toHead, j, k);
      let [a, b, c] = along(toFine, j, k);
      for (let i = 0; i < ni; i++) {
        const v = start + i;
        // The nearest fine voxel; −1 below the grid, where truncation would round to 0.
        const p = a < -0.5 ? -1 : (a + 0.5) | 0;
        const q = b < -0.5 ? -1 : (b + 0.5) | 0;
        const r = c < -0.5 ? -1 : (c + 0.5) | 0;
        const inside = p >= 0 && q >= 0 && r >= 0 && p < fi && q < fj && r < fk;
        const at = inside ? p + fi * (q + fj * r) : -1;
        const label = inside ? (fineVoxels[at] as number) : Label.air;
        labels[v] = label;
        let hit = wanted[label] as number;
        if (!hit && (y < reach.front || x > reach.left || x < reach.right)) {
          for (let t = 0; t < tests.length && !hit; t++) hit = (tests[t] as ColumnTest)(x, y, z);
        }
        if (!hit && places && inside) hit = places[at] as number;
        if (!hit && dome && isOutside(dome, x, y, z)) hit = scalp;
        if (hit) {
          const isGuarded =
            guard !== null && inside && (guard.clear[at] as number) < HALF_FINE_DIAGONAL_MM;
          const value = stored[v] as number;
          const padded = padding !== null && value >= padding.low && value <= padding.high;
          const asked = label !== Label.air && (hit !== face || isFace(label, x, y, z));
          if (asked) tissue++;
          if (isGuarded) {
            if (asked) takenBack++;
          } else if (!padded) {
            region[v] = 1;
            if (claims) claims[v] = hit;
            counts[hit - 1] = (counts[hit - 1] as number) + (label === Label.air ? 0 : 1);
            const distance =
              guard && inside ? keptMm(guard.toLabel[at] as number, label) : Infinity;
            if (distance < nearest) nearest = distance;
          }
        }
        x += xi;
        y += yi;
        z += zi;
        a += ai;
        b += bi;
        c += ci;
      }
    }
    onProgress?.({ stage: 'deface', done: k + 1, total: nk });
    await checkpoint();
  }

  const ml = voxelVolume(grid.affine) / 1000;
  const volumes = Object.fromEntries(
    REGIONS.map((name, n) => [name, (counts[n] as number) * ml]),
  ) as unknown as RegionVolumes;
  let voxels = 0;
  for (const one of region) voxels += one;
  return {
    region: { grid, voxels: region },
    labels: { grid, voxels: labels },
    volumes,
    millilitres: counts.reduce((sum, n) => sum + n, 0) * ml,
    voxels,
    guardTookBack: tissue ? takenBack / tissue : 0,
    guardMm: nearest === Infinity ? null : nearest,
  };
}

/**
 * Distances are read at the nearest voxel of the 1.5 mm grid, which is at most half its
 * diagonal away; the guard is widened by that, so that it never falls short.
 */
export const HALF_FINE_DIAGONAL_MM = (1.5 * Math.sqrt(3)) / 2;

/**
 * How far (mm) a voxel is from the brain at least: the one measure of check and review.
 *
 * @param toLabel of the guard, at the nearest voxel of its grid
 * @param label of the voxel: brain outside the brain's main part has no guard, and is brain
 */
export function keptMm(toLabel: number, label: number): number {
  return label === Label.brain ? 0 : Math.max(0, toLabel - HALF_FINE_DIAGONAL_MM);
}

/** Regions are counted from 1, so that 0 is none. */
export function numberOf(region: Region): number {
  return REGIONS.indexOf(region) + 1;
}

/** Whether tissue that the face's columns take is face: labelled so, or where it is in ordinary heads. */
function faceTest({ face }: Cut): (label: number, x: number, y: number, z: number) => boolean {
  const isExpected = face ? columnTest('face', face.expected) : () => 1;
  return (label, x, y, z) =>
    label === Label.face || label === Label.eyes || isExpected(x, y, z) > 0;
}

/** On the fine grid the region that claims a voxel wherever it lies, counted from 1; null where none does. */
function claimedPlaces({ masks }: Cut, { labels }: FineLabels): Uint8Array | null {
  if (!masks.length) return null;
  const places = new Uint8Array(labels.length);
  for (const { region, voxels } of masks) {
    const number = numberOf(region);
    for (let v = 0; v < places.length; v++) if (voxels[v] && !places[v]) places[v] = number;
  }
  return places;
}

/** Beyond which no column of a view reaches inwards: most voxels are settled by this alone. */
function reachOf({ columns }: Cut): { front: number; left: number; right: number } {
  const reach = { front: -Infinity, left: Infinity, right: -Infinity };
  for (const { columns: one } of columns) {
    for (const value of one.inner) {
      if (one.view === 'left') {
        if (value < reach.left) reach.left = value;
      } else if (value > reach[one.view]) reach[one.view] = value;
    }
  }
  return reach;
}

/** Index of the region that claims a head-frame position, counted from 1; 0 for none. */
type ColumnTest = (x: number, y: number, z: number) => number;

function columnTest(region: Region, columns: Columns): ColumnTest {
  const { inner, u0, v0, step, nu, nv, view } = columns;
  const number = numberOf(region);
  // Most voxels lie inward of every column: one comparison settles them.
  let [low, high] = [Infinity, -Infinity];
  for (const value of inner) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const innerAt = (u: number, v: number): number => {
    const a = Math.floor((u - u0) / step + 0.5);
    const b = Math.floor((v - v0) / step + 0.5);
    return a < 0 || b < 0 || a >= nu || b >= nv ? NaN : (inner[a + nu * b] as number);
  };
  if (view === 'front') return (x, y, z) => (y < high && y < innerAt(x, z) ? number : 0);
  if (view === 'left') return (x, y, z) => (x > low && x > innerAt(y, z) ? number : 0);
  return (x, y, z) => (x < high && x < innerAt(y, z) ? number : 0);
}
