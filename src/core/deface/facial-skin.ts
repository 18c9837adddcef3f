/** The facial skin: what has to move, and what the wall is placed by. */
import { indexToLps, spacingOf, type Affine } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';
import { distanceMm } from '../volume/distance.ts';
import { Label } from '../volume/volume.ts';
import type { FineLabels } from './fine-labels.ts';

/** The skin counts only this far inside the rim of the face (mm): at the rim it must stay (model.md §7). */
const RIM_MM = 10;

/** Skin this far (mm) behind the foremost of its column faces down (under the chin) or is folded. */
const FOLD_MM = 12;
const COLUMN_MM = 3;

/**
 * Indices of the voxels at the surface of the labels' closed head that are face or eyes, seen
 * from the front, at least 10 mm from skin that is neither: eyes, nose, mouth, cheeks, chin.
 *
 * @param toHead takes voxel indices of the labels' grid to the head frame
 */
export function facialSkin({ grid, labels }: FineLabels, toHead: Affine): number[] {
  const head = labels.map((label) => (label === Label.air ? 0 : 1));
  const rim = rimOf(head, grid.size);
  const isFacial = (v: number): boolean => labels[v] === Label.face || labels[v] === Label.eyes;
  const other = rim.map((on, v) => (on && !isFacial(v) ? 1 : 0));
  const fromOther = distanceMm(other, grid.size, spacingOf(grid.affine), RIM_MM + 1);
  const skin: number[] = [];
  for (let v = 0; v < rim.length; v++) {
    if (rim[v] && isFacial(v) && (fromOther[v] as number) >= RIM_MM) skin.push(v);
  }
  return seenFromFront(skin, grid.size, toHead);
}

function seenFromFront(skin: readonly number[], [ni, nj]: Size, toHead: Affine): number[] {
  const foremost = new Map<string, number>();
  const places = skin.map((v) => {
    const [x, y, z] = indexToLps(toHead, [
      v % ni,
      Math.floor(v / ni) % nj,
      Math.floor(v / (ni * nj)),
    ]);
    const column = `${Math.round(x / COLUMN_MM).toFixed()} ${Math.round(z / COLUMN_MM).toFixed()}`;
    foremost.set(column, Math.min(y, foremost.get(column) ?? y));
    return { v, y, column };
  });
  return places
    .filter(({ y, column }) => y - (foremost.get(column) ?? y) < FOLD_MM)
    .map(({ v }) => v);
}

/** Voxels of the mask with a 6-neighbour outside it; the border of the array is no surface. */
export function rimOf(mask: Uint8Array, [ni, nj, nk]: Size): Uint8Array {
  const slice = ni * nj;
  const out = new Uint8Array(mask.length);
  for (let k = 1; k < nk - 1; k++) {
    for (let j = 1; j < nj - 1; j++) {
      for (let i = 1; i < ni - 1; i++) {
        const v = i + ni * j + slice * k;
        if (!mask[v]) continue;
        const inner =
          mask[v - 1] &&
          mask[v + 1] &&
          mask[v - ni] &&
          mask[v + ni] &&
          mask[v - slice] &&
          mask[v + slice];
        if (!inner) out[v] = 1;
      }
    }
  }
  return out;
}
