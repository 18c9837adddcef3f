/**
 * Depth "shallow": a shell under the person's own skin. Its inner side follows the skin but
 * for a depth that is random from place to place (depth-field.ts), so it tells more of the
 * person than the wall does (model.md §6); what lies deeper stays.
 */
import { indexToLps, invert, spacingOf, type Affine } from '../geometry/affine.ts';
import { largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';
import { Label } from '../volume/volume.ts';
import { smoothInner, type Columns } from './columns.ts';
import { SHELL_MM, type DepthAt } from './depth-field.ts';
import { columnsOf, type FaceZone } from './face-zone.ts';
import type { FineLabels } from './fine-labels.ts';
import { spreadInto } from './label-columns.ts';

/** Columns are followed from here to here (y of the head frame, mm), step by step. */
const FRONT_MM = -170;
const BACK_MM = 40;
const STEP_MM = 1;
const SMOOTH_CELLS = 2;

/** @param depthAt thickness of the shell (mm) at x, z of the head frame */
export function shellColumns(
  fine: FineLabels,
  toHead: Affine,
  zone: FaceZone,
  depthAt: DepthAt,
): Columns {
  const end = endOfShell(fine, toHead);
  const wanted = columnsOf(zone, (x, z) => end(x, z, depthAt(x, z)));
  const [least, most] = SHELL_MM.map((mm) =>
    smoothInner(
      columnsOf(zone, (x, z) => end(x, z, mm)),
      SMOOTH_CELLS,
    ),
  );
  spreadInto(wanted.inner, zone.cells, wanted);
  // Smoothing must not thin the shell beyond its range where a cheek turns to the side.
  const inner = smoothInner(wanted, SMOOTH_CELLS).map((y, cell) => {
    const [low, high] = [least?.[cell] ?? NaN, most?.[cell] ?? NaN];
    return Number.isNaN(low) ? y : Math.min(high, Math.max(low, y));
  });
  return { ...wanted, inner };
}

/** The farthest y in the column at x, z that is face less than `mm` under the skin; NaN where none is. */
function endOfShell(
  fine: FineLabels,
  toHead: Affine,
): (x: number, z: number, mm: number) => number {
  const { grid, labels } = fine;
  const [ni, nj, nk] = grid.size;
  const depth = depthUnderSkin(fine);
  const toFine = invert(toHead);
  const axis = [0, 1, 2].map((row) => toFine[4 * row + 1] as number);
  const [di = 0, dj = 0, dk = 0] = axis;
  return (x, z, mm) => {
    let [i, j, k] = indexToLps(toFine, [x, FRONT_MM, z]);
    let last = NaN;
    let [lastDepth, wasFace] = [NaN, false];
    for (let y = FRONT_MM; y <= BACK_MM; y += STEP_MM) {
      const [a, b, c] = [Math.floor(i), Math.floor(j), Math.floor(k)];
      const inside = a >= 0 && b >= 0 && c >= 0 && a < ni - 1 && b < nj - 1 && c < nk - 1;
      const nearest = inside ? Math.round(i) + ni * (Math.round(j) + nj * Math.round(k)) : -1;
      const label = inside ? labels[nearest] : Label.air;
      const isFace = label === Label.face || label === Label.eyes;
      if (isFace) {
        const here = linear(depth, ni, ni * nj, a, b, c, i - a, j - b, k - c);
        if (here < mm) last = y;
        else if (wasFace && lastDepth < mm)
          last += (STEP_MM * (mm - lastDepth)) / (here - lastDepth);
        lastDepth = here;
      }
      wasFace = isFace;
      i += di * STEP_MM;
      j += dj * STEP_MM;
      k += dk * STEP_MM;
    }
    return last;
  };
}

/** Depth (mm) of each fine voxel under the skin, which lies between the last voxel of air and the first of the head. */
function depthUnderSkin({ grid, labels }: FineLabels): Float32Array {
  const spacing = spacingOf(grid.affine);
  const air = labels.map((label) => (label === Label.air ? 1 : 0));
  // Air within the head, however it was labelled, has no skin.
  const outside = largestComponent(air, grid.size);
  const half = spacing[0] / 2;
  return distanceMm(outside, grid.size, spacing).map((mm) => mm - half);
}

function linear(
  values: Float32Array,
  row: number,
  slice: number,
  a: number,
  b: number,
  c: number,
  u: number,
  v: number,
  w: number,
): number {
  const at = a + row * b + slice * c;
  const along = (start: number): number => {
    const first = values[start] as number;
    return first + u * ((values[start + 1] as number) - first);
  };
  const near = along(at) + v * (along(at + row) - along(at));
  const far = along(at + slice) + v * (along(at + slice + row) - along(at + slice));
  return near + w * (far - near);
}
