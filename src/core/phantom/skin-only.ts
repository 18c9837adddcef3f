/**
 * The outside of a person without the inside: what a gallery of faces needs. Some fifteen times
 * faster than the whole anatomy, on the same strokes, so that the skin is the same.
 */
import { headFrame, type HeadFrame } from '../deface/head-frame.ts';
import { indexToLps, invert } from '../geometry/affine.ts';
import { uprightGrid } from '../geometry/grid.ts';
import type { FirstTissue } from '../matcher/depth-map.ts';
import { BRAIN_BOX, earBox, grown, HEAD_BOX } from './anatomy.ts';
import { createBuild, SIDES } from './build.ts';
import { paintNew } from './carve.ts';
import { cavityStrokes } from './cavity.ts';
import { earStrokes } from './ear.ts';
import type { Box } from './field.ts';
import { createBend } from './head.ts';
import { drawIdentity } from './identity.ts';
import { skinAt } from './matter.ts';
import { skinStrokes } from './skin.ts';
import { createZones, labelAt } from './zones.ts';

/** Where the front of the head lies, for the finer lattice. */
const FRONT_BOX: Box = { low: [-62, -142, -66], high: [62, -36, 104] };
const COARSE_MM = 4;
/** Labels whose centres alone count. */
const LABEL_MM = 5;
const LABEL_SIZE = [42, 52, 52] as const;
const FINE_MM = 2;
/** Farther from the skin than this, a ray goes on in longer steps (mm). */
const NEAR_MM = 8;

export interface SkinOnly {
  readonly seed: number;
  readonly frame: HeadFrame;
  /** Rays of the head frame to the skin. */
  readonly first: FirstTissue;
}

/** The person of this seed, who lies in the scanner as `makePhantom` lays him. */
export function makeSkin(seed: number): SkinOnly {
  const identity = drawIdentity(seed);
  const build = createBuild(identity);
  const surface = [...skinStrokes(build), ...SIDES.flatMap((s) => earStrokes(build, s))];
  const earBoxes = SIDES.map((s) => earBox(build, s));
  const anatomy = {
    identity,
    build,
    skin: paintNew(HEAD_BOX, COARSE_MM, surface),
    cavity: paintNew(BRAIN_BOX, COARSE_MM, cavityStrokes(build)),
    ears: SIDES.map((s, n) =>
      paintNew(grown(earBoxes[n] as Box, 14), COARSE_MM, earStrokes(build, s), 20),
    ),
    fineSkin: [FRONT_BOX, ...earBoxes].map((box) => paintNew(box, FINE_MM, surface)),
  };
  const bend = createBend(seed);
  const shift = new Float64Array(3);
  const skin = (x: number, y: number, z: number): number => {
    bend(x, y, z, shift, 0);
    const [dx, dy, dz] = [shift[0] as number, shift[1] as number, shift[2] as number];
    return skinAt(anatomy, x + dx, y + dy, z + dz);
  };
  const frame = frameOf(anatomy);
  const fromFrame = invert(frame.fromLps);
  return {
    seed,
    frame,
    first: (from, direction, most) => {
      for (let n = 0; n < most;) {
        const [x, y, z] = indexToLps(fromFrame, [
          from[0] + n * direction[0],
          from[1] + n * direction[1],
          from[2] + n * direction[2],
        ]);
        const d = skin(x, y, z);
        if (d < 0) return n;
        n += d > NEAR_MM ? NEAR_MM - 2 : 1;
      }
      return most;
    },
  };
}

type Outside = Parameters<typeof createZones>[0] & Parameters<typeof labelAt>[0];

/** The head's own frame from the labels it would get, told coarsely. */
function frameOf(anatomy: Outside): HeadFrame {
  const zones = createZones(anatomy);
  const [ni, nj, nk] = LABEL_SIZE;
  const grid = uprightGrid(LABEL_SIZE, LABEL_MM, [0, -8, 10]);
  const labels = new Uint8Array(ni * nj * nk);
  for (let k = 0, v = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const [x, y, z] = indexToLps(grid.affine, [i, j, k]);
        labels[v] = labelAt(anatomy, zones, x, y, z, Infinity);
      }
    }
  }
  const probabilities = new Float32Array(0);
  const frame = headFrame({ grid, labels, plain: labels, mirrored: labels, probabilities });
  if (!frame) throw new Error('a head that was made has all its landmarks');
  return frame;
}
