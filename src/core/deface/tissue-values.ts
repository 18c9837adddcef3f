/**
 * What each tissue of the made head is worth in this scan: measured where the scan's own
 * tissue stays (scalp, neck, brain), and the rest by the line through what was measured.
 */
import { compose, indexToLps, invert } from '../geometry/affine.ts';
import { hounsfieldUnits, signals, Tissue, type Contrast } from '../phantom/tissue.ts';
import { Label, rescaleOf } from '../volume/volume.ts';
import type { Opening } from './opening.ts';
import type { Join } from './join.ts';

export interface TissueValues {
  /** Modality value by tissue (phantom/tissue.ts). */
  readonly table: Float64Array;
  /** Standard deviation of the noise in tissue, modality units. */
  readonly noise: number;
}

/** Voxels looked at, and the fewest that say something. */
const VOXELS = 600_000;
const ENOUGH = 60;
const TO_SD = 1.4826;

/** @param air mean modality value of air */
export function tissueValues(
  { volume, removed, frame }: Opening,
  { blocks, stays, toSkin }: Join,
  air: number,
): TissueValues {
  const found = { skin: [], fat: [], bone: [], muscle: [], brain: [], deep: [] } as Record<
    'skin' | 'fat' | 'bone' | 'muscle' | 'brain' | 'deep',
    number[]
  >;
  const noise: number[] = [];
  const { grid, stored } = volume;
  const [ni, nj, nk] = grid.size;
  const toHead = compose(frame.fromLps, grid.affine);
  const toBlock = compose(invert(blocks.grid.affine), grid.affine);
  const [bi, bj, bk] = blocks.grid.size;
  const step = Math.max(1, Math.floor(stored.length / VOXELS)) | 1;
  const labels = removed.labels.voxels;
  for (let v = 0; v < stored.length; v += step) {
    const label = labels[v];
    if (removed.region.voxels[v] || label === Label.air) continue;
    const [i, j, k] = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
    const { slope, intercept } = rescaleOf(volume, Math.min(k, nk - 1));
    const value = (stored[v] as number) * slope + intercept;
    if (label === Label.brain) {
      found.brain.push(value);
      if (i > 0 && i < ni - 1) {
        const sides = (stored[v - 1] as number) + (stored[v + 1] as number);
        noise.push(Math.abs(slope * ((stored[v] as number) - sides / 2)));
      }
      continue;
    }
    const [p, q, r] = indexToLps(toBlock, [i, j, k]).map(Math.round) as [number, number, number];
    if (p < 0 || q < 0 || r < 0 || p >= bi || q >= bj || r >= bk) continue;
    const b = p + bi * (q + bj * r);
    if (!stays[b]) continue;
    const depth = toSkin[b] as number;
    const [, y, z] = indexToLps(toHead, [i, j, k]);
    if (depth > 10) {
      found.deep.push(value);
      if (z < -50 && y > -10) found.muscle.push(value);
    } else if (z > -20 && y > -30) {
      if (depth < 1.5) found.skin.push(value);
      else if (depth < 6) found.fat.push(value);
      if (depth > 5) found.bone.push(value);
    }
  }
  const at = (values: number[], q: number): number | null =>
    values.length < ENOUGH
      ? null
      : (values.sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] as number);
  const sd = (TO_SD * (at(noise, 0.5) ?? 0)) / Math.sqrt(1.5);
  if (volume.modality === 'CT') {
    const table = hounsfieldUnits();
    table[Tissue.air] = table[Tissue.innerAir] = air;
    return { table, noise: sd };
  }
  const known = new Map<Tissue, number | null>([
    [Tissue.skin, at(found.skin, 0.6)],
    [Tissue.fat, at(found.fat, 0.75)],
    [Tissue.bone, at(found.bone, 0.12)],
    [Tissue.muscle, at(found.muscle, 0.5) ?? at(found.deep, 0.4)],
    [Tissue.gray, at(found.brain, 0.5)],
  ]);
  return { table: bestTable(known, air), noise: sd };
}

/** The contrast whose own values lie nearest to a line through what was measured. */
function bestTable(known: ReadonlyMap<Tissue, number | null>, air: number): Float64Array {
  const pairs = [...known].flatMap(([tissue, value]) =>
    value === null ? [] : [[tissue, value] as const],
  );
  let best: { error: number; table: Float64Array } | null = null;
  for (const contrast of ['T1', 'T2', 'PD'] as const satisfies readonly Contrast[]) {
    const table = signals(contrast);
    const points = [...pairs, [Tissue.air, air] as const].map(
      ([tissue, value]) => [table[tissue] as number, value] as const,
    );
    const { slope, base } = line(points);
    const error = points.reduce((sum, [x, y]) => sum + (base + slope * x - y) ** 2, 0);
    if (best && (slope <= 0 || error >= best.error)) continue;
    const own = table.map((x) => Math.max(air, base + Math.max(0, slope) * x));
    best = { error: slope > 0 ? error : Infinity, table: own };
  }
  const table = best?.table ?? signals('T1');
  for (const [tissue, value] of pairs) table[tissue] = Math.max(air, value);
  table[Tissue.tooth] = table[Tissue.bone] as number;
  table[Tissue.air] = table[Tissue.innerAir] = air;
  return table;
}

function line(points: readonly (readonly [number, number])[]): { slope: number; base: number } {
  const n = points.length;
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  const xx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const xy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const slope = xx > 0 ? xy / xx : 0;
  return { slope, base: my - slope * mx };
}
