/** Bone of the face, the skull base and the neck. The vault is grown from the cavity. */
import { eyeCenter, mouthLine, noseTip } from './skin.ts';
import { SIDES, type Build, type Side } from './build.ts';
import { add, cut, type Stroke } from './carve.ts';
import { axesAlong, band, ellipsoid, pitched, plate, type Post } from './shapes.ts';

export function boneStrokes(build: Build): readonly Stroke[] {
  return [
    ...base(build),
    ...upperJaw(build),
    ...SIDES.flatMap((s) => cheekBone(build, s)),
    ...SIDES.flatMap((s) => orbit(build, s)),
    ...nasalBones(build),
    ...spine(build),
  ];
}

function base({ egg, bow, rope }: Build): readonly Stroke[] {
  return [
    // Clivus and sphenoid.
    add(egg([0, -24, 4], [17, 15, 12]), 4),
    add(
      rope([
        [0, -14, 6, 8],
        [0, 3, -20, 6],
      ]),
      4,
    ),
    ...SIDES.flatMap((s) => [
      // Petrous bone and mastoid.
      add(
        rope([
          [s * 56, 12, -8, 11],
          [s * 24, -2, -6, 7],
        ]),
        4,
      ),
      add(egg([s * 55, 17, -18], [10, 13, 17]), 4),
      // Pterygoid plates, greater wings.
      add(
        bow([
          [s * 13, -24, -4, 3],
          [s * 15, -26, -18, 2.2],
          [s * 16, -28, -30, 1.8],
        ]),
        2,
      ),
      add(egg([s * 40, -46, 16], [14, 5, 15]), 4),
      add(egg([s * 10, 8, -25], [7, 11, 5]), 3),
    ]),
    // The frontal bone is thick above the eyes: its sinuses lie there.
    add(egg([0, -83, 36], [34, 7, 12]), 6),
    // The foramen magnum.
    cut(
      rope([
        [0, 17, -12, 12],
        [0, 20, -48, 13],
      ]),
      2,
    ),
  ];
}

function upperJaw({ id, egg, at, rope }: Build): readonly Stroke[] {
  const z = mouthLine(id);
  return [
    ...SIDES.flatMap((s) => [
      add(egg([s * 27, -58, -10], [19, 21, 19]), 4),
      add(
        rope([
          [s * 16, -82, -10, 5],
          [s * 10, -86, 16, 4],
        ]),
        3,
      ),
    ]),
    add(plate(at(0, -58, -30), [24, 26, 2.4]), 2),
    add(band(arch(at, 0, z + 3, -30), 9), 3),
  ];
}

/** Posts along the dental arch; `wide` moves it outwards. */
function arch(at: Build['at'], wide: number, low: number, high: number): readonly Post[] {
  return archPoints.map(([px, py]) => {
    const [x, y, bottom] = at(px + Math.sign(px) * wide, py - wide, low);
    return { x, y, low: bottom, high: at(0, 0, high)[2] };
  });
}

/** The middle line of the dental arches, from the right last molar to the left one. */
export const archPoints: readonly (readonly [number, number])[] = [
  [-29, -44],
  [-27.5, -56],
  [-24, -68],
  [-18, -78],
  [-10, -84],
  [0, -86.5],
  [10, -84],
  [18, -78],
  [24, -68],
  [27.5, -56],
  [29, -44],
];

function cheekBone({ id, egg, bow, rope }: Build, s: Side): readonly Stroke[] {
  const { cheekForward: cf, cheekWide: cw } = id;
  return [
    add(egg([s * (44 + cw / 2), -62 - cf, -4], [11, 10, 10]), 5),
    add(
      bow([
        [s * 48, -58 - cf, -2, 5],
        [s * (59 + cw), -42, -3, 3.6],
        [s * (63 + cw), -24, -1, 3.4],
        [s * 60, -6, 3, 4],
      ]),
      4,
    ),
    // The rim at the side of the orbit.
    add(
      rope([
        [s * 47, -60, 0, 4.4],
        [s * 50, -58, 16, 4.2],
        [s * 48, -64, 30, 4.6],
      ]),
      4,
    ),
    add(
      bow([
        [s * 12, -84, 8, 3],
        [s * 24, -79 - cf / 2, -2, 3.4],
        [s * 38, -72 - cf / 2, -2, 4],
      ]),
      4,
    ),
  ];
}

function orbit({ id, egg, at }: Build, s: Side): readonly Stroke[] {
  const [x, y, z] = eyeCenter(id, s);
  const apex = at(s * 15, -26, 16);
  const mouth = at(x + s * 1, y - 4, z);
  const axes = axesAlong([mouth[0] - apex[0], mouth[1] - apex[1], mouth[2] - apex[2]], [0, 0, 1]);
  const middle = at(s * 28, -60, 16.5);
  return [
    // A shell of thin walls around the cone.
    add(ellipsoid(middle, [31, 20, 20], axes), 2),
    cut(ellipsoid(middle, [29.5, 18.2, 18.2], axes)),
    cut(egg([x + s, -88, z], [18.5, 28, 16.5]), 3),
  ];
}

/** The room of the orbit: where its fat lies. */
export function orbitStrokes({ id, at }: Build): readonly Stroke[] {
  return SIDES.map((s) => {
    const [x, y, z] = eyeCenter(id, s);
    const apex = at(s * 15, -26, 16);
    const mouth = at(x + s * 1, y - 4, z);
    const axes = axesAlong([mouth[0] - apex[0], mouth[1] - apex[1], mouth[2] - apex[2]], [0, 0, 1]);
    return add(ellipsoid(at(s * 28, -60, 16.5), [29, 17.8, 17.8], axes));
  });
}

function nasalBones({ id, rope, egg, at }: Build): readonly Stroke[] {
  const [, tipY] = noseTip(id);
  return [
    add(
      rope([
        [0, -85.5, 27, 4],
        [0, -90 - id.noseForward * 0.3 - id.noseHump, 10, 2.4],
      ]),
      3,
    ),
    add(plate(at(0, (tipY + 40) / 2 - 24, -10), [1, 30, 19]), 0),
    // The opening of the nose.
    ...SIDES.map((s) => cut(egg([s * 7, -86, -13], [7, 16, 16]), 2)),
  ];
}

function spine({ egg, at, bow }: Build): readonly Stroke[] {
  const strokes: Stroke[] = [];
  for (let n = 0; n < 8; n++) {
    const z = -36 - n * 19;
    const y = 3 + n * 0.9 + 4 * Math.sin(n / 2.2);
    strokes.push(add(plate(at(0, y, z), [9.5, 8, 8.2], pitched(6)), 1));
    strokes.push(
      ...SIDES.flatMap((s) => [
        add(
          bow([
            [s * 9, y + 4, z, 4],
            [s * 16, y + 14, z - 1, 5],
            [s * 10, y + 28, z - 3, 3],
            [0, y + 34, z - 5, 3],
          ]),
          2,
        ),
        add(
          bow([
            [s * 9, y, z - 1, 3],
            [s * 23, y + 4, z - 2, 3.4],
          ]),
          2,
        ),
      ]),
    );
    strokes.push(
      add(
        bow([
          [0, y + 33, z - 5, 3.4],
          [0, y + 47 + n, z - 11, 3.6],
        ]),
        2,
      ),
    );
  }
  strokes.push(add(egg([0, 2, -28], [5.5, 5, 12]), 2));
  strokes.push(
    cut(
      bow([
        [0, 21, -20, 10],
        [0, 22, -48, 8.5],
        [0, 25, -90, 8.5],
        [0, 28, -200, 8.5],
      ]),
      1,
    ),
  );
  return strokes;
}
