/** The checks of design.md §8 that need no written file: figures, not verdicts. */
import { emptyColumns, cellAt, erodeCells, type Columns } from '../deface/columns.ts';
import type { Cut, FaceCut } from '../deface/cut.ts';
import type { FineLabels } from '../deface/fine-labels.ts';
import { indexToHead, type HeadFrame } from '../deface/head-frame.ts';
import { wallY } from '../deface/wall.ts';
import { indexToLps } from '../geometry/affine.ts';
import type { JobOptions } from '../progress.ts';
import { conformTo, sampleModality, type NetworkGridInput } from '../segmentation/conform.ts';
import { LABEL_CLASSES, type Segmentation } from '../segmentation/segmentation.ts';
import { applyDelta, type Delta } from '../volume/delta.ts';
import { resampleNearest } from '../volume/resample.ts';
import { skinThreshold } from '../volume/skin.ts';
import { diceOfLabels } from '../volume/statistics.ts';
import { Label, type Volume } from '../volume/volume.ts';
import { placesOf, type Places, type Removal } from './places.ts';
import type { Checks } from './report.ts';
import { parallelSurfaceIndex, skinMoved } from './skin-moved.ts';

export interface Made extends Removal {
  readonly volume: Volume;
  readonly segmentation: Segmentation;
  readonly frame: HeadFrame;
  readonly cut: Cut;
  readonly delta: Delta;
  /** y of the face that was put there, by x and z of the head frame (mm); null where none was. */
  readonly newFace: FaceAt | null;
}

/** The figures of a result, and where to look at it. */
export interface Measured {
  readonly checks: Checks;
  readonly places: Places;
}

export type FaceAt = (x: number, z: number) => number;

/** Cells (mm) taken off the rim of the face before its relief is compared. */
const RIM_CELLS = 10;
/** The same where another face was put: nearer to the rim it is joined to the head. */
const JOIN_CELLS = 20;
/** A cell holds what is nearest in three millimetres: so it does of the face that was put there. */
const CELL_MM = [-1.3, 0, 1.3] as const;
/** Airways open behind the cut; how far they lead says nothing about a face (mm). */
const FAR_FROM_CUT_MM = 15;
/** Less tissue than this in front of the cut is no cut (mm). */
const CUT_MM = 5;

/** @param label the network, run again on the result */
export async function checkResult(
  made: Made,
  label: (input: NetworkGridInput) => Promise<Float32Array>,
  { signal, onProgress }: JobOptions = {},
): Promise<Measured> {
  const { volume, segmentation, fine, frame, delta } = made;
  if (volume.modality === 'PT') {
    return { checks: checkByLabels(made), places: placesOf(made, null) };
  }
  onProgress?.({ stage: 'check', done: 0, total: 3 });
  const before = sampleModality(volume, fine.grid);
  const threshold = skinThreshold(before, fine.labels, volume.modality);
  const result: Volume = { ...volume, stored: applyDelta(volume.stored, delta) };
  const after = sampleModality(result, fine.grid);
  signal?.throwIfAborted();
  const { face } = made.cut;
  const newFace = face && made.newFace;
  const moved =
    face && !newFace
      ? skinMoved(fine, indexToHead(frame, fine.grid.affine), after, threshold)
      : null;
  const surfaces = face && relief(fine, frame, after, threshold, face, newFace);
  const follows = surfaces && parallelSurfaceIndex(...surfaces, newFace !== null);
  onProgress?.({ stage: 'check', done: 1, total: 3 });
  signal?.throwIfAborted();

  // A face that was to stay, or was put there, is found again, and says nothing.
  const again = face && !newFace && (await label(conformTo(result, segmentation.grid)));
  onProgress?.({ stage: 'check', done: 2, total: 3 });
  signal?.throwIfAborted();
  const was = count(segmentation.labels, [Label.face, Label.eyes]);
  const faceFoundAgain = again && was ? countAgain(again, segmentation.labels.length) / was : null;

  const places = placesOf(made, { before, after, threshold, isNewFace: made.newFace !== null });
  onProgress?.({ stage: 'check', done: 3, total: 3 });
  const checks = {
    ...ofLabels(made),
    skinMovedMm: moved && { median: moved.median, p5: moved.p5 },
    shareMoved10mm: moved && moved.share,
    faceFoundAgain,
    parallelSurfaceIndex: follows,
    ...(newFace && surfaces ? { newFaceMm: offBy(surfaces[1]) } : {}),
  };
  return { checks, places };
}

/**
 * The same of an image that shows no skin (PET): how far the skin of the labels, which came
 * from another series, moves on this image's own grid. What only a picture of the face could
 * tell is not measured.
 */
function checkByLabels(made: Made): Checks {
  const { fine, frame, removed, volume } = made;
  const region = resampleNearest(removed.region.voxels, volume.grid, fine.grid);
  const left = Float32Array.from(fine.labels, (label, v) =>
    label === Label.air || region[v] ? 0 : 1,
  );
  const moved = made.cut.face
    ? skinMoved(fine, indexToHead(frame, fine.grid.affine), left, 0.5)
    : null;
  return {
    ...ofLabels(made),
    skinMovedMm: moved && { median: moved.median, p5: moved.p5 },
    shareMoved10mm: moved && moved.share,
    skinOf: 'labels',
    faceFoundAgain: null,
    parallelSurfaceIndex: null,
  };
}

/** What the labels alone tell. */
function ofLabels({
  removed,
  segmentation: { plain, mirrored, isOutline = false },
}: Made): Pick<
  Checks,
  'guardMm' | 'brainVoxelsChanged' | 'outsideMaskChanged' | 'mirror' | 'guardTookBack' | 'matcher'
> {
  let brainVoxelsChanged = 0;
  for (let v = 0; v < removed.region.voxels.length; v++) {
    if (removed.region.voxels[v] && removed.labels.voxels[v] === Label.brain) brainVoxelsChanged++;
  }
  return {
    guardMm: removed.guardMm,
    brainVoxelsChanged,
    outsideMaskChanged: null,
    mirror: isOutline
      ? null
      : {
          brain: diceOfLabels(plain, mirrored, [Label.brain]),
          removal: diceOfLabels(plain, mirrored, [Label.face, Label.ears, Label.eyes]),
        },
    guardTookBack: removed.guardTookBack,
    matcher: null,
  };
}

/**
 * Depth of the old skin, and of the new surface, seen from the front, where the face was.
 *
 * The wall's own shape is taken off the new surface: it is nobody's, so only what differs from
 * it can tell. A cut that follows the skin has the person's shape, and nothing is taken off.
 * A face that was put there is taken off both: what faces have in common says nothing.
 */
function relief(
  { grid, labels }: FineLabels,
  frame: HeadFrame,
  after: Float32Array,
  threshold: number,
  { columns: face, wallDepthMm }: FaceCut,
  newFace: FaceAt | null,
): readonly [Columns, Columns] {
  const toHead = indexToHead(frame, grid.affine);
  const old = emptyColumns('front');
  const fresh = emptyColumns('front');
  const cells = new Uint8Array(old.inner.length);
  const [ni, nj, nk] = grid.size;
  const nearest = (columns: Columns, cell: number, y: number): void => {
    if (!((columns.inner[cell] as number) <= y)) columns.inner[cell] = y;
  };
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const facial = labels[v] === Label.face || labels[v] === Label.eyes;
        const tissue = (after[v] as number) > threshold;
        if (!facial && !tissue) continue;
        const [x, y, z] = indexToLps(toHead, [i, j, k]);
        // Every third millimetre is compared: cells between the 1.5 mm voxels stay empty.
        const cell = cellAt(old, 3 * Math.round(x / 3), 3 * Math.round(z / 3));
        if (cell < 0) continue;
        if (facial) {
          nearest(old, cell, y);
          cells[cellAt(old, x, z)] = 1;
        }
        if (tissue) nearest(fresh, cell, y);
      }
    }
  }
  const inside = erodeCells(closeGaps(cells, old), old, newFace ? JOIN_CELLS : RIM_CELLS);
  const shape = (cell: number): number => {
    const x = old.u0 + (cell % old.nu) * old.step;
    const z = old.v0 + Math.floor(cell / old.nu) * old.step;
    if (newFace) {
      return Math.min(...CELL_MM.flatMap((dx) => CELL_MM.map((dz) => newFace(x + dx, z + dz))));
    }
    return wallDepthMm === null ? 0 : wallY(x, z, wallDepthMm);
  };
  const end = (cell: number): number => face.inner[cell] as number;
  // Skin that was not in front of the cut did not move; `shareMoved10mm` counts it.
  const isCompared = (y: number, cell: number): boolean =>
    inside[cell] === 1 && y < end(cell) - CUT_MM;
  const skin = old.inner.map((y, cell) => {
    if (!isCompared(y, cell)) return NaN;
    return newFace ? y - shape(cell) : y;
  });
  const beyond = fresh.inner.map((y, cell) => {
    if (!isCompared(old.inner[cell] as number, cell)) return NaN;
    if (newFace) return y - shape(cell);
    const behind = Math.max(-FAR_FROM_CUT_MM, Math.min(FAR_FROM_CUT_MM, y - end(cell)));
    return end(cell) + behind - shape(cell);
  });
  return [
    { ...old, inner: skin },
    { ...fresh, inner: beyond },
  ];
}

/** Median distance (mm) of the new surface from the face that was put there, along the line of sight. */
function offBy({ inner }: Columns): number | null {
  const off = [...inner].filter((mm) => !Number.isNaN(mm)).map(Math.abs);
  off.sort((a, b) => a - b);
  return off[off.length >> 1] ?? null;
}

/** The 1.5 mm voxels leave single cells of the 1 mm map empty. */
function closeGaps(cells: Uint8Array, { nu, nv }: Columns): Uint8Array {
  const out = cells.slice();
  for (let v = 1; v < nv - 1; v++) {
    for (let u = 1; u < nu - 1; u++) {
      const c = u + nu * v;
      if ((cells[c - 1] && cells[c + 1]) || (cells[c - nu] && cells[c + nu])) out[c] = 1;
    }
  }
  return out;
}

function count(labels: Uint8Array, wanted: readonly Label[]): number {
  let n = 0;
  for (const label of labels) if (wanted.includes(label as Label)) n++;
  return n;
}

/** Voxels whose most probable class is face or eyes. */
function countAgain(probabilities: Float32Array, voxels: number): number {
  let n = 0;
  for (let v = 0; v < voxels; v++) {
    let best = 0;
    const start = v * LABEL_CLASSES;
    for (let c = 1; c < LABEL_CLASSES; c++) {
      if ((probabilities[start + c] as number) > (probabilities[start + best] as number)) best = c;
    }
    if (best === Label.face || best === Label.eyes) n++;
  }
  return n;
}
