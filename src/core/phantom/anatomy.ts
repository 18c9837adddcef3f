/** All parts of one head as fields, ready to be sampled on any grid. */
import type { JobOptions } from '../progress.ts';
import { createCheckpoint } from '../progress.ts';
import { airStrokes, openingStrokes } from './air.ts';
import { createBuild, SIDES, type Build } from './build.ts';
import { paintNew, type Stroke } from './carve.ts';
import {
  callosumStrokes,
  cavityStrokes,
  cerebellumStrokes,
  cisternStrokes,
  limbicStrokes,
  nucleusStrokes,
  stemStrokes,
  tentStrokes,
  ventricleStrokes,
} from './cavity.ts';
import { sheetField } from './sheets.ts';
import { earFrame, earStrokes } from './ear.ts';
import { createField, type Box, type Field } from './field.ts';
import type { Identity } from './identity.ts';
import { skinStrokes } from './skin.ts';
import { boneStrokes, orbitStrokes } from './skull.ts';
import { muscleStrokes } from './muscles.ts';
import { mandibleStrokes, toothStrokes } from './jaw.ts';
import {
  cartilageStrokes,
  fatPadStrokes,
  glandStrokes,
  globeStrokes,
  leanStrokes,
  lensStrokes,
  nerveStrokes,
  vesselStrokes,
} from './soft.ts';

type Part =
  | 'skin'
  | 'bone'
  | 'tooth'
  | 'air'
  | 'opening'
  | 'cavity'
  | 'tent'
  | 'cistern'
  | 'cerebellum'
  | 'stem'
  | 'ventricle'
  | 'callosum'
  | 'nucleus'
  | 'limbic'
  | 'folds'
  | 'fascia'
  | 'cartilage'
  | 'globe'
  | 'lens'
  | 'nerve'
  | 'orbit'
  | 'muscle'
  | 'gland'
  | 'vessel'
  | 'fatPad'
  | 'lean';

export interface Anatomy extends Readonly<Record<Part, Field>> {
  readonly identity: Identity;
  readonly build: Build;
  /** The skin again, finer: face, left ear, right ear. */
  readonly fineSkin: readonly Field[];
  /** The auricles alone. */
  readonly ears: readonly Field[];
}

/** Where the head lies, with room for the largest; the neck goes on below it. */
export const HEAD_BOX: Box = { low: [-112, -146, -186], high: [112, 130, 152] };
export const BRAIN_BOX: Box = { low: [-80, -96, -36], high: [80, 112, 134] };
const FASCIA_BOX: Box = { low: [-104, -100, -186], high: [104, 110, 30] };
const FACE_BOX: Box = { low: [-80, -128, -122], high: [80, 40, 60] };

/**
 * Cancellable; progress counts parts.
 *
 * @param seed of what has no measure: air cells, folds, fascia
 */
export async function anatomyOf(
  identity: Identity,
  seed: number,
  job: JobOptions = {},
): Promise<Anatomy> {
  const checkpoint = createCheckpoint(job.signal);
  const build = createBuild(identity);
  const surface = [...skinStrokes(build), ...SIDES.flatMap((s) => earStrokes(build, s))];
  const face: Box = { low: [-62, -142, -112], high: [62, -52, 54] };
  const plans: readonly (readonly [Part, Box, number, readonly Stroke[]])[] = [
    ['skin', HEAD_BOX, 2, surface],
    [
      'bone',
      { low: [-90, -114, -186], high: [90, 100, 60] },
      1.5,
      [...boneStrokes(build), ...mandibleStrokes(build)],
    ],
    ['tooth', { low: [-44, -106, -92], high: [44, -24, -20] }, 1.25, toothStrokes(build)],
    ['air', { low: [-84, -128, -186], high: [84, 50, 62] }, 1.25, airStrokes(build, seed)],
    ['opening', { low: [-90, -134, -60], high: [90, 40, 30] }, 1.25, openingStrokes(build)],
    ['cavity', BRAIN_BOX, 2, cavityStrokes(build)],
    ['tent', BRAIN_BOX, 2, tentStrokes(build)],
    ['cistern', BRAIN_BOX, 1.5, cisternStrokes(build)],
    ['cerebellum', { low: [-70, 0, -40], high: [70, 110, 50] }, 2, cerebellumStrokes(build)],
    ['stem', { low: [-50, -40, -186], high: [50, 60, 60] }, 2, stemStrokes(build)],
    ['ventricle', { low: [-50, -50, -20], high: [50, 100, 76] }, 1.25, ventricleStrokes(build)],
    ['callosum', { low: [-24, -60, 20], high: [24, 70, 84] }, 1.5, callosumStrokes(build)],
    ['nucleus', { low: [-46, -40, 10], high: [46, 50, 70] }, 1.5, nucleusStrokes(build)],
    ['limbic', BRAIN_BOX, 3, limbicStrokes(build)],
    ['globe', { low: [-56, -106, -8], high: [56, -44, 42] }, 1, globeStrokes(build)],
    ['lens', { low: [-50, -98, 0], high: [50, -60, 36] }, 0.8, lensStrokes(build)],
    ['nerve', { low: [-50, -80, 0], high: [50, 0, 40] }, 1.25, nerveStrokes(build)],
    ['orbit', FACE_BOX, 1.5, orbitStrokes(build)],
    ['muscle', HEAD_BOX, 2, muscleStrokes(build)],
    ['gland', { low: [-80, -84, -186], high: [80, 40, 50] }, 2, glandStrokes(build)],
    ['cartilage', { low: [-40, -126, -186], high: [40, 30, 0] }, 1.5, cartilageStrokes(build)],
    ['vessel', HEAD_BOX, 2, vesselStrokes(build)],
    ['fatPad', { low: [-80, -100, -150], high: [80, 40, 30] }, 2, fatPadStrokes(build)],
    ['lean', FACE_BOX, 3, leanStrokes(build)],
  ];
  const earBoxes = SIDES.map((s) => earBox(build, s));
  const total = plans.length + 6;
  let done = 0;
  const step = async (): Promise<void> => {
    await checkpoint();
    job.onProgress?.({ stage: 'read', done: ++done, total });
  };
  const fields: Partial<Record<Part, Field>> = {};
  for (const [part, box, size, strokes] of plans) {
    fields[part] = paintNew(box, size, strokes);
    await step();
  }
  const fineSkin: Field[] = [];
  for (const box of [face, ...earBoxes]) {
    fineSkin.push(paintNew(box, 1, surface));
    await step();
  }
  const ears: Field[] = [];
  for (const [n, s] of SIDES.entries()) {
    ears.push(paintNew(grown(earBoxes[n] as Box, 14), 2, earStrokes(build, s), 20));
    await step();
  }
  const cavity = fields.cavity ?? createField(BRAIN_BOX, 2);
  fields.folds = sheetField(BRAIN_BOX, 2.5, seed + 7001, {
    wavelength: 20,
    upright: 1,
    around: [0, 8, 44],
    inside: cavity,
  });
  fields.fascia = sheetField(FASCIA_BOX, 4, seed + 7002, {
    wavelength: 36,
    upright: 3,
  });
  await step();
  // Every part was painted above.
  return { ...(fields as Record<Part, Field>), identity, build, fineSkin, ears };
}

export function earBox(build: Build, s: 1 | -1): Box {
  const [x, y, z] = earFrame(build, s).root;
  const [near, far] = [x - s * 14, x + s * 34];
  return {
    low: [Math.min(near, far), y - 24, z - 48],
    high: [Math.max(near, far), y + 44, z + 50],
  };
}

export function grown({ low, high }: Box, mm: number): Box {
  return {
    low: [low[0] - mm, low[1] - mm, low[2] - mm],
    high: [high[0] + mm, high[1] + mm, high[2] + mm],
  };
}
