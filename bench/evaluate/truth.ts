/**
 * What the labels of a head say should happen: its facial skin, its auricles, and what the
 * same cut would remove if the network had said exactly what the labels say.
 */
import { planCut } from '../../src/core/deface/cut.ts';
import { facialSkin, rimOf } from '../../src/core/deface/facial-skin.ts';
import { headFrame, indexToHead } from '../../src/core/deface/head-frame.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { removedRegion } from '../../src/core/deface/region.ts';
import { indexToLps, spacingOf } from '../../src/core/geometry/affine.ts';
import { largestComponent } from '../../src/core/volume/components.ts';
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
  const cut = planCut(fine, frame, DEFAULT_DEFACE);
  const brain = zones.map((label) => (label === Label.brain ? 1 : 0));
  const distance = brain.includes(1) ? distanceMm(brain, grid.size, spacing, 30) : null;
  const { region } = await removedRegion(volume, fine, distance, frame, cut);
  const head = zones.map((label) => (label === Label.air ? 0 : 1));
  const removable = zones.map((label) =>
    label === Label.face || label === Label.eyes || label === Label.ears ? 1 : 0,
  );
  return {
    zones,
    head,
    skin: facialSkin(fine, indexToHead(frame, grid.affine)),
    auricles: auricles(volume, zones, head),
    mask: region.voxels,
    target: dilateMm(removable, grid.size, spacing, REACH_MM),
  };
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

/** What the zones call ear beside a shoulder at the edge of the scan is no auricle: the largest part counts. */
function auricles({ grid }: Volume, zones: Uint8Array, head: Uint8Array): Truth['auricles'] {
  const opened = openMm(head, grid.size, spacingOf(grid.affine), OPENING_MM);
  const [ni, nj] = grid.size;
  const ears: { v: number; x: number }[] = [];
  for (let v = 0; v < zones.length; v++) {
    if (zones[v] !== Label.ears) continue;
    const index = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))] as const;
    ears.push({ v, x: indexToLps(grid.affine, index)[0] });
  }
  const middle = ears.reduce((sum, { x }) => sum + x, 0) / Math.max(1, ears.length);
  const side = (isIn: (x: number) => boolean): number[] => {
    const mask = new Uint8Array(zones.length);
    for (const { v, x } of ears) if (!opened[v] && isIn(x)) mask[v] = 1;
    const largest = largestComponent(mask, grid.size);
    return ears.flatMap(({ v }) => (largest[v] ? v : []));
  };
  return { left: side((x) => x > middle), right: side((x) => x <= middle) };
}
