/** Muscles of eye, jaw, face and neck, and the tongue. */
import { SIDES, type Build, type Side } from './build.ts';
import { add, type Stroke } from './carve.ts';
import { eyeCenter, mouthLine } from './skin.ts';

export function muscleStrokes(build: Build): readonly Stroke[] {
  return [
    ...SIDES.flatMap((s) => [
      ...eyeMuscles(build, s),
      ...jawMuscles(build, s),
      ...neckMuscles(build, s),
    ]),
    ...tongue(build),
  ];
}

function eyeMuscles({ id, bow }: Build, s: Side): readonly Stroke[] {
  const [x, y, z] = eyeCenter(id, s);
  const muscle = (dx: number, dz: number): Stroke =>
    add(
      bow([
        [x + s * dx * 12, y - 3, z + dz * 12, 1],
        [x + s * dx * 13.5, y + 6, z + dz * 13.5, 1.7],
        [x + s * (dx * 11 - 4), y + 20, z + dz * 10, 2.2],
        [s * 17, -32, 16.5 + dz * 3, 1.4],
      ]),
    );
  return [muscle(1, 0), muscle(-1, 0), muscle(0, 1), muscle(0, -1)];
}

function jawMuscles({ id, egg, bow }: Build, s: Side): readonly Stroke[] {
  const jw = id.jawWide * 0.8;
  return [
    // Masseter, temporalis, the pterygoids, buccinator.
    add(
      bow([
        [s * 58, -40, -8, 5],
        [s * (56 + jw), -32, -32, 7.5],
        [s * (53 + jw), -24, -56, 6],
      ]),
      2,
    ),
    add(egg([s * 63, -22, 36], [7.5, 38, 34])),
    add(
      bow([
        [s * 61, -30, 22, 8],
        [s * 55, -36, 4, 8],
        [s * 50, -34, -8, 5],
      ]),
      4,
    ),
    add(
      bow([
        [s * 20, -32, -8, 6],
        [s * 36, -24, -10, 7],
        [s * 46, -12, -8, 5],
      ]),
      1,
    ),
    add(
      bow([
        [s * 17, -28, -20, 5],
        [s * 30, -24, -40, 6],
        [s * 41, -20, -58, 5],
      ]),
      1,
    ),
    add(
      bow([
        [s * 34, -52, -42, 3],
        [s * 32, -68, -46, 2.6],
        [s * 24, -82, -49, 3],
      ]),
      1,
    ),
    // Muscles around mouth and eye.
    add(
      bow([
        [s * 22, -86, -49, 3],
        [s * 10, -93, -44, 3],
        [0, -95, -43, 3],
      ]),
      1,
    ),
    add(
      bow([
        [s * 22, -86, -51, 3],
        [s * 10, -91, -58, 3],
        [0, -93, -59, 3],
      ]),
      1,
    ),
  ];
}

function neckMuscles({ bow }: Build, s: Side): readonly Stroke[] {
  return [
    add(
      bow([
        [s * 60, 20, -22, 6],
        [s * 52, 2, -75, 8],
        [s * 35, -22, -125, 8],
        [s * 18, -36, -172, 8],
      ]),
    ),
    add(
      bow([
        [s * 14, 66, 4, 7],
        [s * 20, 66, -50, 11],
        [s * 22, 66, -100, 12],
        [s * 44, 72, -200, 16],
      ]),
    ),
    add(
      bow([
        [s * 38, 50, -14, 8],
        [s * 26, 50, -50, 11],
        [s * 17, 50, -110, 11],
        [s * 18, 52, -200, 12],
      ]),
    ),
    add(
      bow([
        [s * 46, 32, -18, 6],
        [s * 36, 32, -60, 8],
        [s * 36, 34, -110, 9],
        [s * 50, 40, -200, 10],
      ]),
    ),
    add(
      bow([
        [s * 8, -6, -30, 4],
        [s * 10, -6, -80, 5],
        [s * 13, -4, -130, 6],
        [s * 14, -2, -200, 7],
      ]),
    ),
    add(
      bow([
        [s * 32, -34, -78, 3.5],
        [s * 18, -52, -86, 3.5],
        [s * 5, -74, -86, 3.5],
      ]),
    ),
    add(
      bow([
        [s * 12, -40, -98, 4],
        [s * 11, -40, -130, 4],
        [s * 10, -38, -200, 4],
      ]),
    ),
  ];
}

function tongue({ id, egg }: Build): readonly Stroke[] {
  const z = mouthLine(id);
  return [
    add(egg([0, -56, z + 1], [20, 25, 13])),
    add(egg([0, -38, -58], [17, 18, 22]), 6),
    add(egg([0, -55, -76], [17, 24, 9]), 5),
    add(egg([0, -20, -32], [8, 10, 4]), 3),
  ];
}
