/**
 * Teeth and what repairs them, by density: in CT enamel and metal are brighter than anything
 * else of the lower face, and they tell people apart far behind the wall.
 */
import { compose, indexToLps, invert, spacingOf, type Affine } from '../geometry/affine.ts';
import { sampleModality } from '../segmentation/conform.ts';
import { dilateMm } from '../volume/morphology.ts';
import { rescaleOf, type Volume } from '../volume/volume.ts';
import type { FineLabels } from './fine-labels.ts';

/** Enamel and metal (HU); compact bone of the jaw seldom reaches it. */
const DENSE_HU = 1800;
/** Bone (HU), and how far from enamel it holds the tooth (mm): a root is 12–16 mm long. */
const BONE_HU = 400;
const SOCKET_MM = 12;
/** Roots, gums and the blur of metal around what was found (mm). */
const MARGIN_MM = 3;
/**
 * Where teeth lie in the head frame (mm): to the sides, and no farther back than wisdom teeth,
 * well before the spine; heights from the middle of the face.
 */
const ZONE = { x: 48, back: -28, below: 75, above: 8 } as const;

/**
 * 1 on the fine grid where a tooth of a CT lies, its socket and a margin included.
 *
 * @param middle height of the middle of the face in the head frame
 */
export function denseTeeth(
  volume: Volume,
  { grid }: FineLabels,
  toHead: Affine,
  middle: number,
): Uint8Array {
  const spacing = spacingOf(grid.affine);
  const zone = zoneOf(grid.size, toHead, middle);
  const dense = denseVoxels(volume, grid, zone);
  if (!dense.includes(1)) return dense;
  const values = sampleModality(volume, grid);
  const near = dilateMm(dense, grid.size, spacing, SOCKET_MM);
  const socket = near.map((on, v) =>
    dense[v] || (on && zone[v] && (values[v] as number) > BONE_HU) ? 1 : 0,
  );
  return dilateMm(socket, grid.size, spacing, MARGIN_MM).map((on, v) => on & (zone[v] as number));
}

function zoneOf(
  [ni, nj, nk]: FineLabels['grid']['size'],
  toHead: Affine,
  middle: number,
): Uint8Array {
  const zone = new Uint8Array(ni * nj * nk);
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const [x, y, z] = indexToLps(toHead, [i, j, k]);
        const isHigh = z < middle + ZONE.above && z > middle - ZONE.below;
        if (isHigh && y < ZONE.back && Math.abs(x) < ZONE.x) zone[v] = 1;
      }
    }
  }
  return zone;
}

/** Fine voxels of the zone that hold a dense voxel of the scan: enamel is thinner than they are. */
function denseVoxels(volume: Volume, grid: FineLabels['grid'], zone: Uint8Array): Uint8Array {
  const out = new Uint8Array(zone.length);
  const [ni, nj, nk] = volume.grid.size;
  const [fi, fj, fk] = grid.size;
  const toFine = compose(invert(grid.affine), volume.grid.affine);
  for (let k = 0; k < nk; k++) {
    const { slope, intercept } = rescaleOf(volume, k);
    let v = ni * nj * k;
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        if (slope * (volume.stored[v] as number) + intercept <= DENSE_HU) continue;
        const [a, b, c] = indexToLps(toFine, [i, j, k]).map(Math.round) as [number, number, number];
        if (a < 0 || b < 0 || c < 0 || a >= fi || b >= fj || c >= fk) continue;
        const at = a + fi * (b + fj * c);
        if (zone[at]) out[at] = 1;
      }
    }
  }
  return out;
}
