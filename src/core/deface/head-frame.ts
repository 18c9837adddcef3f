/**
 * The head's own frame: where the head lies and how it is turned, from the centres of
 * what the network labelled. In it x points to the person's left, y to the back, z to
 * the crown, in millimetres, whatever the pose in the scanner. The curved wall of the
 * cut is placed in this frame, so that its shape does not come from the subject's skin.
 */
import {
  compose,
  cross,
  dot,
  indexToLps,
  subtract,
  voxelVolume,
  type Affine,
  type Vec3,
} from '../geometry/affine.ts';
import { fitRigid } from '../geometry/rigid.ts';
import type { Segmentation } from '../segmentation/segmentation.ts';
import { Label } from '../volume/volume.ts';
import { MEAN_LANDMARKS, type LandmarkName } from './wall-constants.ts';

export interface HeadFrame {
  /** LPS mm to head-frame mm. */
  readonly fromLps: Affine;
  /** How well the landmarks fit those of the mean head (mm). */
  readonly rmsMm: number;
  readonly landmarks: readonly LandmarkName[];
}

/** Smallest volume (mm³) of a label for its centre to count as a landmark. */
const SMALLEST: Readonly<Record<LandmarkName, number>> = {
  brain: 100_000,
  face: 20_000,
  forehead: 8_000,
  earLeft: 6_000,
  earRight: 6_000,
  eyeLeft: 1_500,
  eyeRight: 1_500,
};

/** null where fewer than three landmarks are in view. */
export function headFrame(segmentation: Segmentation): HeadFrame | null {
  const found = landmarksOf(segmentation);
  const names = [...found.keys()];
  if (names.length < 3) return null;
  const from = names.map((name) => found.get(name) as Vec3);
  const to = names.map((name) => MEAN_LANDMARKS[name]);
  const { affine, rmsMm } = fitRigid(from, to);
  return { fromLps: affine, rmsMm, landmarks: names };
}

/** Centres (LPS mm) of the labels that are large enough to be trusted. */
export function landmarksOf({ grid, labels }: Segmentation): Map<LandmarkName, Vec3> {
  const all = centers(grid, labels, () => 0);
  const voxel = voxelVolume(grid.affine);
  const found = new Map<LandmarkName, Vec3>();
  const keep = (name: LandmarkName, sum: Sum | undefined): void => {
    if (sum && sum.n * voxel >= SMALLEST[name]) found.set(name, centerOf(sum));
  };
  const brain = all.get(Label.brain);
  const face = merge(all.get(Label.face), all.get(Label.eyes));
  keep('brain', brain);
  keep('face', face);
  keep('forehead', all.get(Label.forehead));
  if (!brain || !face) return found;

  // Left and right by the plane through the middle of brain and face; roll is small enough for up = z.
  const middle = centerOf(brain);
  const forward = subtract(centerOf(face), middle);
  const left = cross([0, 0, 1], forward);
  const side = (point: Vec3): number => (dot(subtract(point, middle), left) >= 0 ? 10 : 20);
  const sided = centers(grid, labels, side);
  keep('earLeft', sided.get(Label.ears + 10));
  keep('earRight', sided.get(Label.ears + 20));
  keep('eyeLeft', sided.get(Label.eyes + 10));
  keep('eyeRight', sided.get(Label.eyes + 20));
  return found;
}

/** Takes a voxel index of a grid to the head frame. */
export function indexToHead(frame: HeadFrame, gridAffine: Affine): Affine {
  return compose(frame.fromLps, gridAffine);
}

interface Sum {
  n: number;
  x: number;
  y: number;
  z: number;
}

/** Sums of positions per label, plus what `offset` says of the position. */
function centers(
  grid: Segmentation['grid'],
  labels: Uint8Array,
  offset: (point: Vec3) => number,
): Map<number, Sum> {
  const sums = new Map<number, Sum>();
  const [ni, nj, nk] = grid.size;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const label = labels[v] as number;
        if (label === Label.air || label === Label.head) continue;
        const point = indexToLps(grid.affine, [i, j, k]);
        const key = label + offset(point);
        let sum = sums.get(key);
        if (!sum) sums.set(key, (sum = { n: 0, x: 0, y: 0, z: 0 }));
        sum.n++;
        sum.x += point[0];
        sum.y += point[1];
        sum.z += point[2];
      }
    }
  }
  return sums;
}

function merge(a: Sum | undefined, b: Sum | undefined): Sum | undefined {
  if (!a || !b) return a ?? b;
  return { n: a.n + b.n, x: a.x + b.x, y: a.y + b.y, z: a.z + b.z };
}

function centerOf({ n, x, y, z }: Sum): Vec3 {
  return [x / n, y / n, z / n];
}
