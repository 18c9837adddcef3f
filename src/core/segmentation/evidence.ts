/**
 * The network's answer held against the image itself (outline.ts): alarms that do not
 * share the network's error.
 */
import type { Side } from '../error-reasons.ts';
import { spacingOf } from '../geometry/affine.ts';
import type { Size } from '../geometry/grid.ts';
import { erode } from '../volume/morphology.ts';
import { Label } from '../volume/volume.ts';
import { faceTexture, type FaceTexture } from './face-texture.ts';
import { hounsfieldOf } from './normalize.ts';
import { enclosedTissue, headOutline, type Outline } from './outline.ts';
import type { Segmentation } from './segmentation.ts';

export interface Evidence {
  /** How far the labelled head's surface lies behind the image's (median, mm; negative outside it), seen from each side; null where too little is in view. */
  readonly surface: Readonly<Record<Side, number | null>>;
  /** The same where the labels show a face, seen from the front. */
  readonly face: { readonly median: number; readonly farShare: number } | null;
  /** Share (0–1) of the tissue enclosed in the middle of the head that is not labelled brain; null without such tissue. */
  readonly brainMissed: number | null;
  /** The same for the upper 105 mm of the head, where nothing leaks. */
  readonly vaultMissed: number | null;
  /** Millilitres of it that are labelled for removal. */
  readonly brainInFaceMl: number | null;
  /** Share (0–1) of the labelled brain that lies within 6 mm of outside air. */
  readonly brainBare: number;
  readonly texture: FaceTexture;
  /** Area (cm²) in which the upper and the lower end of the scan cut the person. */
  readonly cutAboveCm2: number;
  readonly cutBelowCm2: number;
}

/** Axis and direction in which a side is looked at; i to the left, j to the back, k up. */
const LOOKS: readonly (readonly [Side, 0 | 1 | 2, 1 | -1])[] = [
  ['left', 0, -1],
  ['right', 0, 1],
  ['front', 1, 1],
  ['back', 1, -1],
  ['up', 2, -1],
];
const STEP_MM = 3;
/** Fewer columns than this say nothing. */
const LEAST_COLUMNS = 150;
/** Columns of less tissue than this only graze the head (mm). */
const CHORD_MM = 60;
const BARE_MM = 6;
/** From the vertex down (mm). */
const VAULT_MM = 105;

/** null for a segmentation that does not hold the image it was made from. */
export function gather(segmentation: Segmentation): Evidence | null {
  const { image, grid, labels } = segmentation;
  if (!image) return null;
  const inView = segmentation.inView ?? new Uint8Array(labels.length).fill(1);
  const { size } = grid;
  // The network sees the way from air to tissue bent: a wide blur would look like an edge.
  const linear = segmentation.modality === 'CT' ? image.map(hounsfieldOf) : image;
  const outline = headOutline(image, inView, size);
  const enclosed = enclosedTissue(image, outline, size);
  const core = erode(enclosed, size, 1);
  const slice = size[0] * size[1];
  let top = 0;
  for (let v = 0; v < labels.length; v++) if (outline.head[v]) top = Math.floor(v / slice);
  const vault = (top - Math.round(VAULT_MM / STEP_MM)) * slice;
  let [cores, missed, inFace, brain, bare, high, highMissed] = [0, 0, 0, 0, 0, 0, 0];
  for (let v = 0; v < labels.length; v++) {
    const label = labels[v];
    if (label === Label.brain) {
      brain++;
      if ((outline.depth[v] as number) <= BARE_MM) bare++;
    }
    if (enclosed[v] && v >= vault) {
      high++;
      if (label !== Label.brain) highMissed++;
    }
    if (!core[v]) continue;
    cores++;
    if (label !== Label.brain) missed++;
    if (label === Label.face || label === Label.eyes || label === Label.ears) inFace++;
  }
  const labelled = labels.map((label) => (label === Label.air ? 0 : 1));
  const surface = Object.fromEntries(
    LOOKS.map(([side, axis, way]) => {
      const gaps = gapsOf(outline, labelled, inView, size, axis, way, null);
      return [side, gaps.length < LEAST_COLUMNS ? null : middle(gaps)];
    }),
  ) as Record<Side, number | null>;
  const front = gapsOf(outline, labelled, inView, size, 1, 1, labels);
  return {
    surface,
    face:
      front.length < LEAST_COLUMNS
        ? null
        : {
            median: middle(front),
            farShare: front.filter((mm) => Math.abs(mm) > 9).length / front.length,
          },
    brainMissed: cores > 0 ? missed / cores : null,
    vaultMissed: high > 0 ? highMissed / high : null,
    brainInFaceMl: cores > 0 ? (inFace * STEP_MM ** 3) / 1000 : null,
    brainBare: brain > 0 ? bare / brain : 0,
    texture: faceTexture(linear, inView, labels, outline, size),
    ...cutEnds(segmentation.wide),
  };
}

/**
 * For each column along an axis: how much later (mm) the labels begin than the image.
 * With `faceOf`, only where the first label is face or eyes.
 */
function gapsOf(
  { head }: Outline,
  labelled: Uint8Array,
  inView: Uint8Array,
  size: Size,
  axis: 0 | 1 | 2,
  way: 1 | -1,
  faceOf: Uint8Array | null,
): number[] {
  const strides = [1, size[0], size[0] * size[1]] as const;
  const [a, b] = ([0, 1, 2] as const).filter((other) => other !== axis) as [0 | 1 | 2, 0 | 1 | 2];
  const n = size[axis];
  const gaps: number[] = [];
  for (let q = 0; q < size[b]; q++) {
    for (let p = 0; p < size[a]; p++) {
      const base = p * strides[a] + q * strides[b];
      const at = (step: number): number => base + (way > 0 ? step : n - 1 - step) * strides[axis];
      let [first, label, chord] = [-1, -1, 0];
      for (let step = 0; step < n; step++) {
        const v = at(step);
        if (label < 0 && labelled[v]) label = step;
        if (!head[v]) continue;
        if (first < 0) first = step;
        chord++;
      }
      if (first < 1 || label < 0 || chord * STEP_MM < CHORD_MM || !inView[at(first - 1)]) continue;
      const seen = faceOf?.[at(label)];
      if (faceOf && seen !== Label.face && seen !== Label.eyes) continue;
      gaps.push((label - first) * STEP_MM);
    }
  }
  return gaps;
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] as number;
}

/**
 * Where the scan ends in the head, on a grid wide enough to hold what the box cuts off: a
 * neck that goes on below the box is no end of the scan.
 */
function cutEnds(wide: Segmentation['wide']): Pick<Evidence, 'cutAboveCm2' | 'cutBelowCm2'> {
  if (!wide) return { cutAboveCm2: 0, cutBelowCm2: 0 };
  const { grid, input, inView } = wide;
  const stepMm = spacingOf(grid.affine)[0];
  const { head } = headOutline(input.values, inView, grid.size, stepMm);
  const [ni, nj, nk] = grid.size;
  const slice = ni * nj;
  const area = (way: 1 | -1): number => {
    let n = 0;
    for (let v = 0; v < head.length; v++) {
      if (!head[v] || !inView[v]) continue;
      const k = Math.floor(v / slice) + way;
      if (k < 0 || k >= nk || !inView[v + way * slice]) n++;
    }
    return (n * stepMm * stepMm) / 100;
  };
  return { cutAboveCm2: area(1), cutBelowCm2: area(-1) };
}
