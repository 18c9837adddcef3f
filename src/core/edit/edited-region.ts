/** From marks to the region that is removed, measured as the automatic one is. */
import type { BrainGuard } from '../deface/brain-guard.ts';
import type { FineLabels } from '../deface/fine-labels.ts';
import { REGIONS, type Region } from '../deface/options.ts';
import { keptMm, numberOf, type RemovedRegion } from '../deface/region.ts';
import { compose, invert, voxelVolume } from '../geometry/affine.ts';
import { along, rowsOf } from '../geometry/rows.ts';
import type { RegionVolumes } from '../report/report.ts';
import { Label } from '../volume/volume.ts';
import { isHeld, isLeft, isTaken, Mark, regionAt, tableOf } from './marks.ts';

export interface EditedRegion {
  readonly removed: RemovedRegion;
  /** Voxels that go although the plan does not claim them, and that the hand keeps although it does. */
  readonly added: number;
  readonly left: number;
  readonly protectedVoxels: number;
  /** Voxels that the hand wanted and the brain guard kept. */
  readonly held: number;
  /** Voxels within the guard that go all the same. */
  readonly overridden: number;
}

/**
 * @param planned what the plan would remove: its labels, and what the guard took back of it
 * @param marks on the grid of the labels
 * @param regions that were chosen; at least one
 */
export function editedRegion(
  planned: RemovedRegion,
  { fine, guard }: { readonly fine: FineLabels; readonly guard: BrainGuard | null },
  marks: Uint8Array,
  regions: readonly Region[],
  overridesGuard: boolean,
): EditedRegion {
  const { labels } = planned;
  const { size, affine } = labels.grid;
  const [ni, nj, nk] = size;
  const region = new Uint8Array(marks.length);
  const taken = tableOf((mark) => isTaken(mark, overridesGuard));
  const left = tableOf(isLeft);
  const kept = tableOf((mark) => isHeld(mark, overridesGuard));
  const counts = new Float64Array(REGIONS.length);
  const rows = rowsOf(compose(invert(fine.grid.affine), affine));
  const [fi, fj, fk] = fine.grid.size;
  const found = { added: 0, left: 0, protectedVoxels: 0, held: 0, overridden: 0 };
  let [voxels, nearest] = [0, Infinity];
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const [a, b, c] = along(rows, j, k);
      for (let i = 0; i < ni; i++, v++) {
        const mark = marks[v] as number;
        if (mark === 0) continue;
        if (mark & Mark.protect) found.protectedVoxels++;
        if (kept[mark]) found.held++;
        const claim = mark & Mark.claim;
        if (left[mark]) found.left++;
        if (!taken[mark]) continue;
        region[v] = 1;
        voxels++;
        if (!claim) found.added++;
        if (mark & Mark.guard) found.overridden++;
        const label = labels.voxels[v] as number;
        if (label !== Label.air) {
          const number = claim || numberOf(regionAt(label, regions));
          counts[number - 1] = (counts[number - 1] as number) + 1;
        }
        if (!guard) continue;
        const p = Math.floor(a + i * rows.x[0] + 0.5);
        const q = Math.floor(b + i * rows.y[0] + 0.5);
        const r = Math.floor(c + i * rows.z[0] + 0.5);
        if (p < 0 || q < 0 || r < 0 || p >= fi || q >= fj || r >= fk) continue;
        const distance = keptMm(guard.toLabel[p + fi * (q + fj * r)] as number, label);
        if (distance < nearest) nearest = distance;
      }
    }
  }
  const ml = voxelVolume(affine) / 1000;
  const volumes = Object.fromEntries(
    REGIONS.map((name, n) => [name, (counts[n] as number) * ml]),
  ) as unknown as RegionVolumes;
  return {
    removed: {
      ...planned,
      region: { grid: labels.grid, voxels: region },
      volumes,
      millilitres: counts.reduce((sum, n) => sum + n, 0) * ml,
      voxels,
      guardMm: nearest === Infinity ? null : nearest,
    },
    ...found,
  };
}
