/** The room of the brain, and what lies in it. */
import { SIDES, type Build } from './build.ts';
import { add, cut, keep, type Stroke } from './carve.ts';
import { ellipsoid, halfSpace, pitched } from './shapes.ts';

/** The inner table of the skull: three pairs of fossae under a vault. */
export function cavityStrokes({ egg, at, rope }: Build): readonly Stroke[] {
  const floor = at(0, -80, 25);
  const rear = at(0, 60, -4);
  const fall = (rear[2] - floor[2]) / (rear[1] - floor[1]);
  return [
    add(egg([0, 5, 48.5], [64, 84, 61])),
    add(egg([0, 26, 58], [62, 63, 46]), 12),
    add(egg([0, -36, 56], [48, 43, 38]), 12),
    keep(halfSpace(floor, [0, fall, -1]), 8),
    ...SIDES.map((s) => cut(egg([s * 33, -64, 12], [21, 34, 23]), 5)),
    ...SIDES.map((s) => add(egg([s * 37, -14, 11], [26, 32, 25]), 8)),
    add(egg([0, 46, 2], [48, 40, 30]), 8),
    add(
      rope([
        [0, 16, -6, 15],
        [0, 19, -24, 13],
      ]),
      6,
    ),
    // The back of the saddle, and the petrous ridges between middle and rear fossa.
    cut(egg([0, -16, 6], [13, 14, 13]), 5),
    ...SIDES.map((s) =>
      cut(
        rope([
          [s * 56, 14, -12, 12],
          [s * 22, -2, -2, 7],
        ]),
        6,
      ),
    ),
    keep(halfSpace(at(0, 0, -28), [0, 0, -1]), 3),
  ];
}

/** The cerebellar tent: what lies in here belongs to the rear fossa. */
export function tentStrokes({ egg }: Build): readonly Stroke[] {
  return [add(egg([0, 54, -10], [60, 44, 35], pitched(-8)))];
}

/** What lies between the hemispheres and below: never cerebral cortex. */
export function cisternStrokes({ egg, bow }: Build): readonly Stroke[] {
  return [
    add(egg([0, -6, 8], [13, 17, 13])),
    // The lateral fissures.
    ...SIDES.map((s) => add(egg([s * 53, -6, 23], [19, 30, 2.4], pitched(-16)), 2)),
    ...SIDES.map((s) =>
      add(
        bow([
          [s * 18, -14, 15, 2],
          [s * 32, -16, 16, 2],
          [s * 42, -14, 18, 2],
        ]),
        2,
      ),
    ),
  ];
}

export function cerebellumStrokes({ egg }: Build): readonly Stroke[] {
  return [
    ...SIDES.map((s) => add(egg([s * 25, 54, -4], [28, 29, 22]), 3)),
    add(egg([0, 50, 4], [10, 22, 18]), 4),
    add(egg([0, 54, 8], [36, 28, 15]), 6),
  ];
}

/** Midbrain, pons, medulla and cord. */
export function stemStrokes({ bow, egg }: Build): readonly Stroke[] {
  return [
    add(
      bow([
        [0, 10, 28, 15],
        [0, 12, 18, 13],
        [0, 15, 4, 12],
        [0, 19, -10, 9],
        [0, 22, -26, 7],
        [0, 25, -48, 5.5],
        [0, 26, -90, 5.5],
        [0, 30, -200, 5.5],
      ]),
    ),
    add(egg([0, 10, 3], [16, 12, 13]), 5),
    ...SIDES.map((s) => add(egg([s * 18, 24, 2], [11, 9, 7]), 5)),
  ];
}

export function ventricleStrokes({ bow, egg, id }: Build): readonly Stroke[] {
  const v = id.ventricles;
  return [
    ...SIDES.flatMap((s) => [
      add(
        bow([
          [s * 6, -26, 40, 2.5 * v],
          [s * 6.5, -12, 46, 5 * v],
          [s * 8, 8, 51, 4.5 * v],
          [s * 13, 27, 47, 5 * v],
          [s * 24, 40, 36, 6 * v],
          [s * 32, 30, 20, 3.6 * v],
          [s * 33, 8, 8, 2.5 * v],
        ]),
      ),
      add(
        bow([
          [s * 24, 40, 36, 4.5 * v],
          [s * 25, 56, 32, 3 * v],
          [s * 23, 70, 30, 1 * v],
        ]),
        3,
      ),
      add(
        bow([
          [s * 7, -14, 42, 3.2 * v],
          [s * 8, -8, 36, 1.5],
        ]),
        3,
      ),
    ]),
    add(egg([0, 6, 33], [1.8 * v, 12, 9])),
    add(egg([0, 33, 0], [6 * v, 4.5 * v, 9])),
    add(
      bow([
        [0, 16, 26, 1],
        [0, 26, 14, 0.9],
        [0, 32, 4, 1.2],
      ]),
    ),
  ];
}

export function callosumStrokes({ bow }: Build): readonly Stroke[] {
  return [
    add(
      bow([
        [0, -16, 36, 4],
        [0, -28, 42, 5],
        [0, -22, 52, 4.5],
        [0, -4, 58.5, 3.6],
        [0, 18, 58.5, 3.4],
        [0, 36, 51, 4.5],
        [0, 41, 43, 4.5],
      ]),
    ),
    ...SIDES.map((s) =>
      add(
        bow([
          [s * 8, -28, 42, 5],
          [s * 8, -22, 52, 4.5],
          [s * 8, -4, 58, 3.6],
          [s * 8, 18, 58, 3.4],
          [s * 8, 37, 50, 4.5],
        ]),
        2,
      ),
    ),
  ];
}

/** Caudate, putamen and pallidum, thalamus. */
export function nucleusStrokes({ egg, bow }: Build): readonly Stroke[] {
  return SIDES.flatMap((s) => [
    add(egg([s * 11, 12, 35], [9, 15, 9])),
    add(
      bow([
        [s * 12, -16, 38, 5.5],
        [s * 14, -6, 45, 4.5],
        [s * 18, 10, 48, 3],
        [s * 24, 28, 44, 2],
      ]),
    ),
    add(egg([s * 25, -1, 33], [6.5, 17, 12])),
  ]);
}

/** The hull of the cerebrum grown below the middle line: where cortex ends at the callosum. */
export function limbicStrokes({ at }: Build): readonly Stroke[] {
  return [add(ellipsoid(at(0, 8, 36), [30, 37, 26]))];
}
