/**
 * Where to cut, decided in the head frame: the columns of every region a person chose.
 */
import { indexToLps, type Affine } from '../geometry/affine.ts';
import { Label } from '../volume/volume.ts';
import { cellAt, closeCells, emptyColumns, mark, smoothInner, type Columns } from './columns.ts';
import { facialSkin } from './facial-skin.ts';
import type { FineLabels } from './fine-labels.ts';
import { indexToHead, type HeadFrame } from './head-frame.ts';
import type { DefaceOptions, Region } from './options.ts';
import { meanFace, obliquity, wallY } from './wall.ts';

export interface Cut {
  /** In the order they claim a voxel for the report. */
  readonly columns: readonly { readonly region: Region; readonly columns: Columns }[];
  /** Labels removed wherever they lie (eyeballs behind the wall). */
  readonly labels: readonly { readonly region: Region; readonly label: Label }[];
  /** How far the wall lies behind the mean face (mm). */
  readonly wallDepthMm: number;
}

/** Tissue taken behind the skin nearly everywhere (mm); the check asks for 10. */
const TISSUE_MM = 13;
/** The wall is never nearer to, nor farther from, the mean face than this (mm). */
const WALL_RANGE_MM = [6, 26] as const;
/** Share of the facial skin that must lie TISSUE_MM in front of the wall. */
const SKIN_SHARE = 0.985;
/** Gaps in the seen face up to twice this wide are closed (mm). */
const CLOSE_CELLS = 5;
/** The opening reaches this far below the lowest face (mm): chins fade at the edge of the coil. */
const BELOW_CHIN_MM = 10;
/** How much further back the wall goes where teeth are to be removed (mm). */
const TEETH_MM = 16;
/** Teeth lie below this height of the head frame relative to the middle of the face (mm). */
const TEETH_BELOW_FACE_MM = 0;

export function planCut(fine: FineLabels, frame: HeadFrame, options: DefaceOptions): Cut {
  const toHead = indexToHead(frame, fine.grid.affine);
  const wants = (region: Region): boolean => options.regions.includes(region);
  const face = seeFace(fine, toHead);
  const wallDepthMm = wallDepth(fine, toHead);
  const columns: Cut['columns'][number][] = [];
  if (wants('face') || wants('teeth')) {
    const front = wallColumns(face, wallDepthMm);
    if (wants('face')) columns.push({ region: 'face', columns: front });
    if (wants('teeth'))
      columns.push({ region: 'teeth', columns: deeper(front, face, wallDepthMm) });
  }
  if (wants('ears')) {
    columns.push({ region: 'ears', columns: labelColumns(fine, toHead, Label.ears, 'left') });
    columns.push({ region: 'ears', columns: labelColumns(fine, toHead, Label.ears, 'right') });
  }
  if (wants('scalp')) {
    columns.push({ region: 'scalp', columns: labelColumns(fine, toHead, Label.forehead, 'front') });
  }
  const labels: Cut['labels'] = wants('eyes') ? [{ region: 'eyes', label: Label.eyes }] : [];
  return { columns, labels, wallDepthMm };
}

interface SeenFace {
  readonly frame: Columns;
  readonly cells: Uint8Array;
  /** z of the middle of the face. */
  readonly middle: number;
}

/** The face zone as seen from the front. */
function seeFace(fine: FineLabels, toHead: Affine): SeenFace {
  const frame = emptyColumns('front');
  const cells = new Uint8Array(frame.inner.length);
  let [sum, n] = [0, 0];
  forEachVoxel(fine, toHead, (label, x, y, z) => {
    if (label !== Label.face && label !== Label.eyes) return;
    sum += z;
    n++;
    // Cheek behind the deepest wall would widen what is opened without being cut.
    if (y > wallY(x, z, WALL_RANGE_MM[1])) return;
    mark(cells, frame, x, z);
  });
  return {
    frame,
    cells: reachDown(closeCells(cells, frame, CLOSE_CELLS), frame),
    middle: n ? sum / n : 0,
  };
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

/** The one free offset of the wall: far enough back that nearly all facial skin loses TISSUE_MM. */
function wallDepth(fine: FineLabels, toHead: Affine): number {
  const [ni, nj] = fine.grid.size;
  const behind = facialSkin(fine, toHead).map((v) => {
    const [i, j, k] = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
    const [x, y, z] = indexToLps(toHead, [i, j, k]);
    return (y - meanFace(x, z)) / obliquity(x, z);
  });
  behind.sort((a, b) => a - b);
  const farthest = behind[Math.floor(SKIN_SHARE * (behind.length - 1))] ?? 0;
  return Math.min(WALL_RANGE_MM[1], Math.max(WALL_RANGE_MM[0], farthest + TISSUE_MM));
}

function wallColumns({ frame, cells }: SeenFace, depth: number): Columns {
  const inner = frame.inner.slice();
  for (let v = 0; v < frame.nv; v++) {
    for (let u = 0; u < frame.nu; u++) {
      const cell = u + frame.nu * v;
      if (!cells[cell]) continue;
      inner[cell] = wallY(frame.u0 + u * frame.step, frame.v0 + v * frame.step, depth);
    }
  }
  return { ...frame, inner };
}

/** The lower part of the face with the wall moved back behind the teeth. */
function deeper(front: Columns, { middle }: SeenFace, depth: number): Columns {
  const inner = front.inner.map((y, cell) => {
    const u = cell % front.nu;
    const z = front.v0 + ((cell - u) / front.nu) * front.step;
    if (Number.isNaN(y) || z > middle - TEETH_BELOW_FACE_MM) return NaN;
    return wallY(front.u0 + u * front.step, z, depth + TEETH_MM);
  });
  return { ...front, inner };
}

/** Columns whose inner end is the deepest voxel of a label, smoothed. */
function labelColumns(
  fine: FineLabels,
  toHead: Affine,
  wanted: Label,
  view: Columns['view'],
): Columns {
  const frame = emptyColumns(view);
  const inner = frame.inner;
  const cells = new Uint8Array(inner.length);
  const deepest = view === 'left' ? Math.min : Math.max;
  const put = (u: number, v: number, depth: number): void => {
    mark(cells, frame, u, v);
    const cell = cellAt(frame, u, v);
    if (cell < 0) return;
    const old = inner[cell] as number;
    inner[cell] = Number.isNaN(old) ? depth : deepest(old, depth);
  };
  forEachVoxel(fine, toHead, (label, x, y, z) => {
    if (label !== wanted) return;
    if (view === 'front') put(x, z, y);
    else if (view === 'left' ? x > 0 : x < 0) put(y, z, x);
  });
  const closed = closeCells(cells, frame, 3);
  spreadInto(inner, closed, frame);
  return { ...frame, inner: smoothInner(frame, 3) };
}

/** Gives open cells without a depth that of their neighbours, until all have one. */
function spreadInto(inner: Float32Array, cells: Uint8Array, { nu, nv }: Columns): void {
  for (let round = 0; round < 12; round++) {
    const before = inner.slice();
    for (let v = 1; v < nv - 1; v++) {
      for (let u = 1; u < nu - 1; u++) {
        const cell = u + nu * v;
        if (!cells[cell] || !Number.isNaN(before[cell])) continue;
        let [sum, n] = [0, 0];
        for (const step of [-1, 1, -nu, nu, -nu - 1, -nu + 1, nu - 1, nu + 1]) {
          const value = before[cell + step] as number;
          if (Number.isNaN(value)) continue;
          sum += value;
          n++;
        }
        if (n) inner[cell] = sum / n;
      }
    }
  }
}

/** Calls with the label and head-frame position of every voxel that is face, ear, eye or forehead. */
function forEachVoxel(
  { grid, labels }: FineLabels,
  toHead: Affine,
  visit: (label: number, x: number, y: number, z: number) => void,
): void {
  const [ni, nj, nk] = grid.size;
  const m = toHead as readonly number[];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, p = 0, q = 0, r = 0, s = 0] = m;
  let n = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, n++) {
        const label = labels[n] as number;
        if (label === Label.air || label === Label.head || label === Label.brain) continue;
        visit(
          label,
          a * i + b * j + c * k + d,
          e * i + f * j + g * k + h,
          p * i + q * j + r * k + s,
        );
      }
    }
  }
}
