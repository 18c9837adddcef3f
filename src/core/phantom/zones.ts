/**
 * What of the head is face, ear, eye, brain or forehead, by definition rather than by
 * drawing. The face zone lies in front of a slanted plane 20 mm before the ear canal and
 * under a brow plane that falls backwards; depths are counted from the closed skin.
 */
import { closeMm, fillHoles } from '../volume/morphology.ts';
import { squaredDistance } from '../volume/distance.ts';
import { Label } from '../volume/volume.ts';
import type { Anatomy } from './anatomy.ts';
import { sample, sampleOr, type Field } from './field.ts';
import { eyeCenter } from './skin.ts';

export interface Zones {
  /** Depth under the closed skin (mm), negative outside. */
  readonly depth: Field;
  /** Distance to the intracranial cavity (mm): never more than the true one. */
  readonly toBrain: Field;
  readonly eyes: readonly (readonly [number, number, number])[];
  /** Height of the nasion, and the y of the rear end of the face zone at z = 0 (head mm). */
  readonly nasion: number;
  readonly rear: number;
  /** Height of its lower end, under the chin. */
  readonly floor: number;
}

const FACE_DEPTH = 30;
const EAR_DEPTH = 12;
/** Around the auricle, whose foot alone is narrower than the zone that registration draws. */
const EAR_MARGIN = 11;
const FOREHEAD_DEPTH = 8;
const EYE_RADIUS = 13.2;
/** Nothing that may be removed lies nearer to the cavity than this (mm). */
const GUARD = 5;
/** What the eye of a camera would not see into is closed: nostrils, lids, behind the ears. */
const CLOSING = 8;

export function createZones(
  anatomy: Pick<Anatomy, 'skin' | 'cavity' | 'identity' | 'build'>,
): Zones {
  const { skin, cavity, identity, build } = anatomy;
  const spacing = [skin.step, skin.step, skin.step] as const;
  const inside = new Uint8Array(skin.values.length);
  for (let n = 0; n < inside.length; n++) inside[n] = (skin.values[n] as number) < 0 ? 1 : 0;
  const closed = fillHoles(closeMm(inside, skin.size, spacing, CLOSING), skin.size);
  const open = new Uint8Array(closed.length);
  for (let n = 0; n < open.length; n++) open[n] = closed[n] ? 0 : 1;
  const [toOpen, toClosed] = [
    squaredDistance(open, skin.size, spacing, 64),
    squaredDistance(closed, skin.size, spacing, 12),
  ];
  const half = skin.step / 2;
  const depth = new Float32Array(closed.length);
  for (let n = 0; n < depth.length; n++) {
    depth[n] = closed[n]
      ? Math.min(Math.sqrt(toOpen[n] as number), 64) - half
      : half - Math.min(Math.sqrt(toClosed[n] as number), 12);
  }
  return {
    depth: { ...skin, values: depth },
    toBrain: distanceField(cavity),
    eyes: ([1, -1] as const).map((s) => build.at(...eyeCenter(identity, s))),
    nasion: build.at(0, -88, 25)[2],
    rear: build.at(0, -22, 0)[1],
    floor: build.at(0, 0, -97 - identity.chinDrop)[2] - 5,
  };
}

function distanceField(cavity: Field): Field {
  const mask = new Uint8Array(cavity.values.length);
  for (let n = 0; n < mask.length; n++) mask[n] = (cavity.values[n] as number) < 0 ? 1 : 0;
  const squared = squaredDistance(mask, cavity.size, [cavity.step, cavity.step, cavity.step], 24);
  // A node inside may lie this far from the nearest point of the cavity that is on no node.
  const slack = (cavity.step * Math.sqrt(3)) / 2;
  const values = new Float32Array(mask.length);
  for (let n = 0; n < values.length; n++) {
    values[n] = Math.min(Math.sqrt(squared[n] as number), 24) - slack;
  }
  return { ...cavity, values };
}

/**
 * The label (design.md §3) at a point, head mm.
 *
 * @param skin distance to the real skin there; negative inside
 */
export function labelAt(
  anatomy: Pick<Anatomy, 'cavity' | 'ears'>,
  zones: Zones,
  x: number,
  y: number,
  z: number,
  skin: number,
): Label {
  const depth = Math.max(sample(zones.depth, x, y, z), -skin);
  if (depth < 0) return Label.air;
  if (sampleOr(anatomy.cavity, x, y, z) < 0) return Label.brain;
  if (sampleOr(zones.toBrain, x, y, z) < GUARD) return Label.head;
  for (const [ex, ey, ez] of zones.eyes) {
    const d = (x - ex) ** 2 + (y - ey) ** 2 + (z - ez) ** 2;
    if (d < EYE_RADIUS * EYE_RADIUS) return Label.eyes;
  }
  if (depth < EAR_DEPTH) {
    for (const ear of anatomy.ears) if (sampleOr(ear, x, y, z) < EAR_MARGIN) return Label.ears;
  }
  if (y > zones.rear + 0.18 * z || z < zones.floor) return Label.head;
  if (z < zones.nasion + 9 - 0.25 * (y + 93)) return depth < FACE_DEPTH ? Label.face : Label.head;
  return z < zones.nasion + 58 && y < -30 && depth < FOREHEAD_DEPTH ? Label.forehead : Label.head;
}
