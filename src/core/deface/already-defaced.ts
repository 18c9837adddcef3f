/**
 * Whether the face was cut off before, by us or by another tool. The network finds a face
 * in the wall of such a cut (model.md §4.4), so it is not asked: in the head's own frame,
 * the image's surface lies behind where everybody's face is, and no nose stands out.
 */
import { indexToLps } from '../geometry/affine.ts';
import { headOutline } from '../segmentation/outline.ts';
import type { Segmentation } from '../segmentation/segmentation.ts';
import { indexToHead, type HeadFrame } from './head-frame.ts';
import { meanFace } from './wall.ts';

export interface FaceSurface {
  /** Median distance (mm) of the surface behind the mean face; the mean face lies behind most people's skin. */
  readonly behind: number;
  /** The same for the foremost tenth of the middle, where the nose is. */
  readonly nose: number;
}

/** Where eyes, nose, cheeks and mouth are in the head frame (mm). */
const FACE = { aside: 45, z: [-105, -25] } as const;
const NOSE = { aside: 10, z: [-75, -35] } as const;
const LEAST = { face: 300, nose: 40 } as const;

/**
 * Of the 49 training people none has a face more than 1 mm behind the mean face or a nose
 * less than 17 mm before it. Shells of 14 mm give 7 to 15 and −8 to 6; wedges 34 and more,
 * 33 and more; a scan defaced by another tool 30 and 18.
 */
const LIMITS = { behind: 4, nose: -12, gone: { behind: 20, nose: 5 } } as const;

/** `gone`: nothing of the face stands; `less`: less stands than in anybody; null: a face, or too little is in view. */
export function alreadyDefaced(
  segmentation: Segmentation,
  frame: HeadFrame,
): 'gone' | 'less' | null {
  const seen = faceSurface(segmentation, frame);
  if (!seen || seen.behind <= LIMITS.behind || seen.nose <= LIMITS.nose) return null;
  return seen.behind > LIMITS.gone.behind && seen.nose > LIMITS.gone.nose ? 'gone' : 'less';
}

/** null where too little of the face is in view, or the segmentation holds no image. */
export function faceSurface(segmentation: Segmentation, frame: HeadFrame): FaceSurface | null {
  const { grid, image, inView } = segmentation;
  if (!image || !inView) return null;
  const { head } = headOutline(image, inView, grid.size);
  const toHead = indexToHead(frame, grid.affine);
  const [ni, nj, nk] = grid.size;
  const face: number[] = [];
  const nose: number[] = [];
  for (let k = 0; k < nk; k++) {
    for (let i = 0; i < ni; i++) {
      const column = i + ni * nj * k;
      let j = 0;
      while (j < nj && !head[column + ni * j]) j++;
      if (j < 1 || j >= nj || !inView[column + ni * (j - 1)]) continue;
      const [x, y, z] = indexToLps(toHead, [i, j, k]);
      if (Math.abs(x) > FACE.aside || z < FACE.z[0] || z > FACE.z[1]) continue;
      const behind = y - meanFace(x, z);
      face.push(behind);
      if (Math.abs(x) < NOSE.aside && z > NOSE.z[0] && z < NOSE.z[1]) nose.push(behind);
    }
  }
  if (face.length < LEAST.face || nose.length < LEAST.nose) return null;
  return { behind: rank(face, 0.5), nose: rank(nose, 0.1) };
}

function rank(values: number[], q: number): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(q * (values.length - 1))] as number;
}
