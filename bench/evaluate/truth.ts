/**
 * What the labels of a head say should happen: its facial skin, its auricles, and what the
 * same cut would remove if the network had said exactly what the labels say.
 */
import { GUARD_MM, type BrainGuard } from '../../src/core/deface/brain-guard.ts';
import { planCut } from '../../src/core/deface/cut.ts';
import { facialSkin, rimOf } from '../../src/core/deface/facial-skin.ts';
import { headFrame, indexToHead } from '../../src/core/deface/head-frame.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { MEAN_LANDMARKS } from '../../src/core/deface/wall-constants.ts';
import { removedRegion } from '../../src/core/deface/region.ts';
import {
  indexToLps,
  norm,
  spacingOf,
  subtract,
  type Affine,
  type Vec3,
} from '../../src/core/geometry/affine.ts';
import type { Grid } from '../../src/core/geometry/grid.ts';
import { distanceMm } from '../../src/core/volume/distance.ts';
import { dilateMm, openMm } from '../../src/core/volume/morphology.ts';
import { Label, type Volume } from '../../src/core/volume/volume.ts';
import type { Head } from './heads.ts';

export interface Truth {
  readonly zones: Uint8Array;
  /** The closed head. */
  readonly head: Uint8Array;
  /** Indices of facial skin as seen from the front, 10 mm inside the zone's rim. */
  readonly skin: readonly number[];
  /** Auricle voxels by side: ear that a 10 mm opening of the head takes off. */
  readonly auricles: { readonly left: readonly number[]; readonly right: readonly number[] };
  /** What the standard cut removes with these labels. */
  readonly mask: Uint8Array;
  /** Face, eyes and ears and what lies within 6 mm of them. */
  readonly target: Uint8Array;
}

const OPENING_MM = 10;
const REACH_MM = 6;

/** null where the head has no zones, or too few for a head frame. */
export async function truthOf({ volume, zones }: Head): Promise<Truth | null> {
  if (!zones) return null;
  const { grid } = volume;
  const spacing = spacingOf(grid.affine);
  const frame = headFrame({
    grid,
    labels: zones,
    plain: zones,
    mirrored: zones,
    probabilities: new Float32Array(0),
  });
  if (!frame) return null;
  const fine = { grid, labels: zones };
  const toHead = indexToHead(frame, grid.affine);
  const cut = planCut(fine, frame, { ...DEFAULT_DEFACE, seed: [] }, volume);
  const guard = truthGuard(zones, grid);
  const { region } = await removedRegion(volume, fine, guard, frame, cut);
  const head = zones.map((label) => (label === Label.air ? 0 : 1));
  const removable = zones.map((label) =>
    label === Label.face || label === Label.eyes || label === Label.ears ? 1 : 0,
  );
  return {
    zones,
    head,
    skin: facialSkin(fine, toHead),
    auricles: auricles(volume, zones, head, toHead),
    mask: region.voxels,
    target: dilateMm(removable, grid.size, spacing, REACH_MM),
  };
}

/** The guard of labels that are sure: no brain is possible where none is. */
function truthGuard(zones: Uint8Array, { size, affine }: Grid): BrainGuard | null {
  const brain = zones.map((label) => (label === Label.brain ? 1 : 0));
  if (!brain.includes(1)) return null;
  const toLabel = distanceMm(brain, size, spacingOf(affine), 30);
  return { toLabel, clear: toLabel.map((mm) => mm - GUARD_MM) };
}

/** Every skin voxel of the face zone 10 mm inside its rim, folds and the floor of the chin too. */
export function allFacialSkin({ grid }: Volume, zones: Uint8Array): number[] {
  const head = zones.map((label) => (label === Label.air ? 0 : 1));
  const rim = rimOf(head, grid.size);
  const isFacial = (v: number): boolean => zones[v] === Label.face || zones[v] === Label.eyes;
  const other = rim.map((on, v) => (on && !isFacial(v) ? 1 : 0));
  const far = distanceMm(other, grid.size, spacingOf(grid.affine), 11);
  const skin: number[] = [];
  for (let v = 0; v < rim.length; v++) {
    if (rim[v] && isFacial(v) && (far[v] as number) >= 10) skin.push(v);
  }
  return skin;
}

/** What the zones call ear beside a shoulder at the edge of the scan lies too far from an ear's place. */
const EAR_REACH_MM = 50;

function auricles(
  { grid }: Volume,
  zones: Uint8Array,
  head: Uint8Array,
  toHead: Affine,
): Truth['auricles'] {
  const opened = openMm(head, grid.size, spacingOf(grid.affine), OPENING_MM);
  const [ni, nj] = grid.size;
  const near = (place: Vec3): number[] => {
    const found: number[] = [];
    for (let v = 0; v < zones.length; v++) {
      if (zones[v] !== Label.ears || opened[v]) continue;
      const index = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))] as const;
      if (norm(subtract(indexToLps(toHead, index), place)) < EAR_REACH_MM) found.push(v);
    }
    return found;
  };
  return { left: near(MEAN_LANDMARKS.earLeft), right: near(MEAN_LANDMARKS.earRight) };
}
