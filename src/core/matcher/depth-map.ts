/**
 * Depth maps of a head: how far each ray of a window runs until it meets tissue. A depth map
 * is a likeness: it is held in memory, compared, and never written or shown of a real person.
 */
import { indexToLps, type Affine, type Vec3 } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';
import { columnsOf, PANES, rowsOf, startOf, VIEWS, type View } from './views.ts';

/** By window: mm of the head frame along its rays, columns first. */
export type DepthMap = readonly Float32Array[];
export type HeadMaps = Readonly<Record<View, DepthMap>>;

/**
 * Steps of 1 mm from a point of the head frame along a direction to the first tissue; `most`
 * where there is none before.
 */
export type FirstTissue = (from: Vec3, direction: Vec3, most: number) => number;

export function mapsOf(first: FirstTissue): HeadMaps {
  const maps = VIEWS.map((view): [View, DepthMap] => [view, mapOf(view, first)]);
  // One entry for each view.
  return Object.fromEntries(maps) as unknown as HeadMaps;
}

function mapOf(view: View, first: FirstTissue): DepthMap {
  return PANES[view].map((pane) => {
    const { along, from, to } = pane;
    const sign = Math.sign(to - from);
    const direction: Vec3 = along === 1 ? [0, sign, 0] : [sign, 0, 0];
    const map = new Float32Array(columnsOf(pane) * rowsOf(pane));
    for (let cell = 0; cell < map.length; cell++) {
      map[cell] = from + sign * first(startOf(pane, cell), direction, Math.abs(to - from));
    }
    return map;
  });
}

/** Share (0–1) of a view's rays that meet tissue: little where the scan does not show it. */
export function seenOf(maps: HeadMaps, view: View): number {
  let [met, all] = [0, 0];
  for (const [n, { to }] of PANES[view].entries()) {
    for (const depth of maps[view][n] as Float32Array) {
      if (depth !== to) met++;
      all++;
    }
  }
  return met / all;
}

/**
 * Rays through voxels.
 *
 * @param tissue 1 where there is tissue
 * @param toIndex head-frame mm to voxel index
 */
export function raysThrough(tissue: Uint8Array, [ni, nj, nk]: Size, toIndex: Affine): FirstTissue {
  return (from, direction, most) => {
    const [i, j, k] = indexToLps(toIndex, from);
    const end = indexToLps(toIndex, [
      from[0] + direction[0],
      from[1] + direction[1],
      from[2] + direction[2],
    ]);
    const [di, dj, dk] = [end[0] - i, end[1] - j, end[2] - k];
    for (let n = 0; n < most; n++) {
      const p = Math.round(i + n * di);
      const q = Math.round(j + n * dj);
      const r = Math.round(k + n * dk);
      if (p < 0 || q < 0 || r < 0 || p >= ni || q >= nj || r >= nk) continue;
      if (tissue[p + ni * (q + nj * r)]) return n;
    }
    return most;
  };
}
