/**
 * Whose face "reface" gives: nobody's. The parametric head (src/core/phantom) with every
 * measure at its mean, or a person drawn from that population; set into the head frame by its
 * own landmarks, so that nothing of its size or place comes from the subject's face.
 */
import { indexToLps, invert, type Affine } from '../geometry/affine.ts';
import { uprightGrid, voxelCount } from '../geometry/grid.ts';
import { anatomyOf, type Anatomy } from '../phantom/anatomy.ts';
import { sample, type Field } from '../phantom/field.ts';
import { averageIdentity, drawIdentity } from '../phantom/identity.ts';
import { skinAt } from '../phantom/matter.ts';
import { createZones, labelAt } from '../phantom/zones.ts';
import type { JobOptions } from '../progress.ts';
import { headFrame } from './head-frame.ts';

export interface Person {
  readonly anatomy: Anatomy;
  /** Depth under the closed skin (mm, of the anatomy). */
  readonly depth: Field;
  /** Head-frame mm to the anatomy's own. */
  readonly fromHead: Affine;
}

/** The mean head's air cells and folds are those of this number. */
const AVERAGE = 0;
/** Labels for the landmarks (mm). */
const LABELS_MM = 4;

/** The last one made: a batch asks for the average again and again. */
let last: { readonly number: number | null; readonly person: Person } | null = null;

/**
 * @param number draws a person; null for the average
 * @throws AbortSignal's reason when cancelled
 */
export async function personOf(number: number | null, job: JobOptions = {}): Promise<Person> {
  if (last?.number === number) return last.person;
  const identity = number === null ? averageIdentity() : drawIdentity(number);
  const anatomy = await anatomyOf(identity, number ?? AVERAGE, { signal: job.signal });
  const person = inHeadFrame(anatomy);
  last = { number, person };
  return person;
}

function inHeadFrame(anatomy: Anatomy): Person {
  const zones = createZones(anatomy);
  const grid = uprightGrid([54, 66, 74], LABELS_MM, [0, -8, 0]);
  const labels = new Uint8Array(voxelCount(grid));
  const [ni, nj, nk] = grid.size;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const [x, y, z] = indexToLps(grid.affine, [i, j, k]);
        labels[v] = labelAt(anatomy, zones, x, y, z, skinAt(anatomy, x, y, z));
      }
    }
  }
  const frame = headFrame({
    ...{ grid, labels, plain: labels, mirrored: labels },
    probabilities: new Float32Array(0),
  });
  if (!frame) throw new Error('the made head has no landmarks');
  return { anatomy, depth: zones.depth, fromHead: invert(frame.fromLps) };
}

/** Distance (mm) to the skin at a place of the head frame; negative inside. */
export function personSkin({ anatomy, fromHead }: Person, x: number, y: number, z: number): number {
  const [a, b, c] = indexToLps(fromHead, [x, y, z]);
  return skinAt(anatomy, a, b, c);
}

/** From before the nose to behind any face (y of the head frame, mm). */
const [FRONT_MM, BACK_MM] = [-170, 40];

/** y of the person's skin seen from the front at x, z of the head frame; NaN where there is none. */
export function faceOf(person: Person): (x: number, z: number) => number {
  return (x, z) => {
    let before = 1;
    for (let y = FRONT_MM; y <= BACK_MM; y += 1) {
      const skin = personSkin(person, x, y, z);
      if (skin <= 0) return y - 1 + before / (before - skin);
      before = skin;
      // No skin is nearer than the distance says, but for the lattice.
      if (skin > 8) y += Math.floor(skin / 2);
    }
    return NaN;
  };
}

export function depthIn({ depth }: Person, x: number, y: number, z: number): number {
  return sample(depth, x, y, z);
}
