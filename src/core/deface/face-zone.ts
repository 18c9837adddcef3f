/** The face zone as seen from the front: which columns are opened. */
import type { Affine } from '../geometry/affine.ts';
import { Label } from '../volume/volume.ts';
import { closeCells, emptyColumns, mark, type Columns } from './columns.ts';
import type { FineLabels } from './fine-labels.ts';
import { forEachVoxel } from './label-columns.ts';

export interface FaceZone {
  /** Columns from the front, none open. */
  readonly frame: Columns;
  /** 1 where a column is opened. */
  readonly cells: Uint8Array;
  /** Height (z of the head frame, mm) of the middle of the face. */
  readonly middle: number;
}

/** Gaps in the seen face up to twice this wide are closed (mm). */
const CLOSE_CELLS = 5;
/** The opening reaches this far below the lowest face (mm): chins fade at the edge of the coil. */
const BELOW_CHIN_MM = 10;

/** @param counts whether a face voxel at x, y, z of the head frame opens its column */
export function seeFace(
  fine: FineLabels,
  toHead: Affine,
  counts: (x: number, y: number, z: number) => boolean = () => true,
): FaceZone {
  const frame = emptyColumns('front');
  const cells = new Uint8Array(frame.inner.length);
  let [sum, n] = [0, 0];
  forEachVoxel(fine, toHead, (label, x, y, z) => {
    if (label !== Label.face && label !== Label.eyes) return;
    sum += z;
    n++;
    if (counts(x, y, z)) mark(cells, frame, x, z);
  });
  return {
    frame,
    cells: reachDown(closeCells(cells, frame, CLOSE_CELLS), frame),
    middle: n ? sum / n : 0,
  };
}

/** Columns of a zone whose inner end is a function of the place (x, z of the head frame). */
export function columnsOf(
  { frame, cells }: FaceZone,
  innerAt: (x: number, z: number) => number,
): Columns {
  const inner = frame.inner.map((_, cell) => {
    if (!cells[cell]) return NaN;
    const u = cell % frame.nu;
    return innerAt(frame.u0 + u * frame.step, frame.v0 + ((cell - u) / frame.nu) * frame.step);
  });
  return { ...frame, inner };
}

/** Opens also what lies up to BELOW_CHIN_MM below an open cell. */
function reachDown(cells: Uint8Array, { nu, nv, step }: Columns): Uint8Array {
  const out = cells.slice();
  const reach = Math.round(BELOW_CHIN_MM / step);
  for (let v = 0; v < nv; v++) {
    for (let u = 0; u < nu; u++) {
      for (let up = 1; up <= reach && v + up < nv; up++) {
        if (cells[u + nu * (v + up)]) out[u + nu * v] = 1;
      }
    }
  }
  return out;
}
