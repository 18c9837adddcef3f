/** Soft parts under the skin: eyes, glands, vessels, cartilage, fat pads. */
import { SIDES, type Build, type Side } from './build.ts';
import { add, cut, type Stroke } from './carve.ts';
import { ball } from './shapes.ts';
import { eyeCenter, mouthLine, noseTip } from './skin.ts';

/** Radius of an eyeball (mm). */
const GLOBE = 12.1;

export function globeStrokes({ id, at, egg }: Build): readonly Stroke[] {
  return SIDES.flatMap((s) => {
    const [x, y, z] = eyeCenter(id, s);
    return [add(ball(at(x, y, z), GLOBE)), add(egg([x, y - 7, z], [6.8, 6.4, 6.8]), 1)];
  });
}

export function lensStrokes({ id, egg }: Build): readonly Stroke[] {
  return SIDES.map((s) => {
    const [x, y, z] = eyeCenter(id, s);
    return add(egg([x, y - 7.4, z], [4.6, 2.1, 4.6]));
  });
}

export function nerveStrokes({ id, bow }: Build): readonly Stroke[] {
  return SIDES.map((s) => {
    const [x, y, z] = eyeCenter(id, s);
    return add(
      bow([
        [x - s * 2, y + 12, z, 2],
        [x - s * 7, y + 24, z + 1, 2],
        [s * 15, -28, 17, 2],
        [s * 7, -16, 19, 2],
        [0, -9, 21, 2.2],
      ]),
    );
  });
}

export function glandStrokes({ egg }: Build): readonly Stroke[] {
  return SIDES.flatMap((s) => [
    add(egg([s * 56, -6, -30], [9, 13, 22])),
    add(egg([s * 30, -36, -76], [8, 13, 9])),
    add(egg([s * 45, -64, 27], [5, 6, 4])),
    add(egg([s * 16, -28, -136], [8, 9, 20])),
  ]);
}

export function vesselStrokes({ bow, rope, egg }: Build): readonly Stroke[] {
  return [
    ...SIDES.flatMap((s) => [
      add(
        bow([
          [s * 26, -2, -20, 3],
          [s * 27, -3, -50, 3.2],
          [s * 25, -10, -90, 4],
          [s * 22, -8, -130, 4],
          [s * 20, -4, -200, 4],
        ]),
      ),
      add(
        bow([
          [s * 30, 6, -20, 4.5],
          [s * 34, 3, -60, 5],
          [s * 33, -8, -110, 5.5],
          [s * 28, -12, -200, 6],
        ]),
      ),
      add(
        rope([
          [s * 9, -14, 10, 3],
          [s * 9, -18, 17, 2.6],
        ]),
      ),
      // Transverse and sigmoid sinuses.
      add(
        bow([
          [0, 90, 14, 3.4],
          [s * 30, 82, 11, 3.4],
          [s * 50, 52, 5, 3.6],
          [s * 52, 30, -6, 3.6],
          [s * 34, 14, -22, 4],
        ]),
      ),
    ]),
    add(
      bow([
        [0, -70, 80, 2],
        [0, -30, 107, 2.6],
        [0, 20, 110, 3],
        [0, 65, 90, 3.4],
        [0, 89, 50, 3.6],
        [0, 91, 14, 3.8],
      ]),
    ),
    add(egg([0, 2, 10], [1.8, 1.8, 14])),
  ];
}

/** Discs of the spine, the cartilages of larynx and nose. */
export function cartilageStrokes({ id, bow, rope, egg }: Build): readonly Stroke[] {
  const [, tipY, tipZ] = noseTip(id);
  const throat = -26 - id.larynx / 2;
  return [
    add(
      bow([
        [0, 3, -44, 7.4],
        [0, 6, -74, 7.4],
        [0, 9, -112, 7.6],
        [0, 5, -150, 8],
        [0, 8, -190, 8],
      ]),
    ),
    ...SIDES.map((s) =>
      add(
        rope([
          [0, -38 - id.larynx, -106, 1.8],
          [s * 15, throat + 2, -108, 1.8],
        ]),
        1,
      ),
    ),
    ...SIDES.map((s) =>
      add(
        rope([
          [0, -38 - id.larynx, -118, 1.8],
          [s * 15, throat + 4, -120, 1.8],
        ]),
        1,
      ),
    ),
    add(
      bow([
        [0, -30, -104, 1.6],
        [0, -26, -90, 1.8],
        [0, -21, -80, 1.6],
      ]),
    ),
    add(egg([0, throat + 6, -130], [10, 5, 6])),
    ...SIDES.map((s) =>
      add(
        rope([
          [s * 5, tipY + 3, tipZ + 2, 2],
          [s * 9, -98, tipZ + 4, 1.8],
        ]),
      ),
    ),
  ];
}

/** Pads of pure fat: cheeks, in front of the epiglottis, behind the jaw. */
export function fatPadStrokes({ id, egg }: Build): readonly Stroke[] {
  return [
    ...SIDES.flatMap((s: Side) => [
      add(egg([s * 43, -52, -22], [8, 12, 18])),
      add(egg([s * 46, -40, -4], [8, 12, 10]), 3),
      add(egg([s * 40, -64 - id.cheekFull / 2, -36], [9, 11, 14]), 3),
      add(egg([s * 38, 2, -84], [8, 12, 44]), 3),
    ]),
    add(egg([0, -48, -98], [10, 9, 8])),
  ];
}

/** Where fat under the skin is much thinner than usual: nose, lips, lids. */
export function leanStrokes({ id, egg }: Build): readonly Stroke[] {
  const z = mouthLine(id);
  return [
    add(egg([0, -105, -12], [22, 26, 36])),
    add(egg([0, -98, z], [28, 16, 16]), 4),
    ...SIDES.map((s) => add(egg([s * 32, -84, 17], [20, 12, 14]), 4)),
    ...SIDES.map((s) => cut(egg([s * 40, -70, -20], [10, 10, 10]), 2)),
  ];
}
