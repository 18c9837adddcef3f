/** Figures of one result against the truth: definitions of model.md §7. */
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { rimOf } from '../../src/core/deface/facial-skin.ts';
import { explain } from '../../src/core/errors.ts';
import { spacingOf } from '../../src/core/geometry/affine.ts';
import { smooth, valuesAboveAir } from '../../src/core/matcher/tissue.ts';
import { largestComponent } from '../../src/core/volume/components.ts';
import { distanceMm } from '../../src/core/volume/distance.ts';
import { percentile, diceOfLabels } from '../../src/core/volume/statistics.ts';
import { Label, type Volume } from '../../src/core/volume/volume.ts';
import type { Head } from './heads.ts';
import { allFacialSkin, type Truth } from './truth.ts';

export interface Figures {
  readonly decision: string;
  readonly reasons: readonly string[];
  /** Brain voxels (truth) inside the mask, and the distance of the nearest one outside it (mm). */
  readonly brainCut: number | null;
  readonly brainMm: number | null;
  readonly dice: { readonly face: number; readonly ears: number; readonly brain: number } | null;
  /** Dice with what the same cut removes with true labels, within the head. */
  readonly maskDice: number | null;
  /** Shares (0–1) of facial skin moved > 10 mm: seen from the front, and all of it. */
  readonly skinMoved: number | null;
  readonly allSkinMoved: number | null;
  /** Shares of auricle voxels that survive. */
  readonly earsLeft: { readonly left: number | null; readonly right: number | null } | null;
  /** Share of the head removed that is neither face nor ear nor in front of the wall. */
  readonly elsewhere: number | null;
}

/** Thresholds of the skin after the cut, as shares of the 99th percentile: the worst counts. */
const THRESHOLDS = [0.06, 0.12, 0.2] as const;
const MOVED_MM = 10;

export function measure(head: Head, truth: Truth | null, result: DefacedScan): Figures {
  const made = result.result;
  const mask = made?.region.voxels ?? null;
  const { brain } = head;
  const figures = {
    decision: result.decision,
    reasons: result.reasons.map(({ code, details }) =>
      details['reason'] ? explain(code, details).why : code,
    ),
    brainCut: mask && brain ? overlap(mask, brain) : null,
    brainMm: mask && brain ? nearest(head, mask, brain) : null,
  };
  const none = { dice: null, maskDice: null, skinMoved: null, allSkinMoved: null };
  if (!truth || !made || !mask) return { ...figures, ...none, earsLeft: null, elsewhere: null };
  const { zones } = truth;
  const labels = made.labels.voxels;
  const dice = (...wanted: Label[]): number => diceOfLabels(labels, zones, wanted);
  const surfaces = surfacesAfter(head.volume, mask);
  const moved = (skin: readonly number[]): number | null => {
    if (skin.length < 100) return null;
    const shares = surfaces.map(
      (far) => skin.filter((v) => (far[v] as number) > MOVED_MM).length / skin.length,
    );
    return Math.min(...shares);
  };
  const survive = (ear: readonly number[]): number | null =>
    ear.length < 50 ? null : ear.filter((v) => !mask[v]).length / ear.length;
  let [elsewhere, tissue] = [0, 0];
  for (let v = 0; v < mask.length; v++) {
    if (!truth.head[v]) continue;
    tissue++;
    if (mask[v] && !truth.target[v] && !truth.mask[v]) elsewhere++;
  }
  return {
    ...figures,
    dice: {
      face: dice(Label.face, Label.eyes),
      ears: dice(Label.ears),
      brain: dice(Label.brain),
    },
    maskDice: diceWithin(truth.head, mask, truth.mask),
    skinMoved: moved(truth.skin),
    allSkinMoved: moved(allFacialSkin(head.volume, zones)),
    earsLeft: { left: survive(truth.auricles.left), right: survive(truth.auricles.right) },
    elsewhere: tissue ? elsewhere / tissue : null,
  };
}

/** Dice of two masks among the voxels of a third. */
export function diceWithin(where: Uint8Array, a: Uint8Array, b: Uint8Array): number {
  let [both, sum] = [0, 0];
  for (let v = 0; v < where.length; v++) {
    if (!where[v]) continue;
    const [x, y] = [a[v] ? 1 : 0, b[v] ? 1 : 0];
    both += x & y;
    sum += x + y;
  }
  return sum ? (2 * both) / sum : 1;
}

function overlap(a: Uint8Array, b: Uint8Array): number {
  let n = 0;
  for (let v = 0; v < a.length; v++) if (a[v] && b[v]) n++;
  return n;
}

/** Distance (mm) from the brain to the nearest removed voxel. */
function nearest({ volume: { grid } }: Head, mask: Uint8Array, brain: Uint8Array): number {
  const far = distanceMm(brain, grid.size, spacingOf(grid.affine), 40);
  let least = Infinity;
  for (let v = 0; v < mask.length; v++) if (mask[v]) least = Math.min(least, far[v] as number);
  return least;
}

/** Distance to the new surface for each threshold: blanked, smoothed, largest part. */
export function surfacesAfter(volume: Volume, mask: Uint8Array): Float32Array[] {
  const { grid } = volume;
  const before = valuesAboveAir(volume);
  const top = percentile(before.slice(), 0.99);
  const after = smooth(
    before.map((value, v) => (mask[v] ? 0 : value)),
    grid.size,
  );
  return THRESHOLDS.map((share) => {
    const tissue = Uint8Array.from(after, (value) => (value > share * top ? 1 : 0));
    const surface = rimOf(largestComponent(tissue, grid.size), grid.size);
    return distanceMm(surface, grid.size, spacingOf(grid.affine), 60);
  });
}
