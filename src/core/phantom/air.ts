/** Air inside the head: nose, sinuses, mouth, throat, ear canals, mastoid cells. */
import { createRandom } from '../random.ts';
import { SIDES, type Build, type Side } from './build.ts';
import { add, cut, type Stroke } from './carve.ts';
import { earFrame } from './ear.ts';
import { ball, tube } from './shapes.ts';
import { mouthLine, noseTip } from './skin.ts';

export function airStrokes(build: Build, seed: number): readonly Stroke[] {
  const { egg, bow, id } = build;
  return [
    ...SIDES.flatMap((s) => noseSide(build, s)),
    // Septum and its tilt.
    cut(egg([0.4, -62, -8], [1.1, 44, 24]), 0),
    add(egg([0, -21, -14], [12, 9, 11]), 3),
    add(
      bow([
        [0, -18, -22, 8],
        [0, -13.5, -42, 6.5],
        [0, -13, -60, 6],
        [0, -17, -80, 7],
        [0, -24, -98, 6],
        [0, -26 - id.larynx / 2, -116, 5],
        [0, -24, -130, 8.5],
        [0, -20, -200, 9],
      ]),
      3,
    ),
    // A film of air between tongue and palate.
    add(
      bow([
        [0, -74, mouthLine(id) + 10, 1.4],
        [0, -56, -35.5, 1.6],
        [0, -38, -35.5, 1.4],
      ]),
      1,
    ),
    // Frontal and sphenoid sinuses.
    add(egg([9, -83, 37], [9, 3.6, 9]), 1),
    add(egg([-10, -83, 36], [10, 3.6, 8]), 1),
    add(egg([5.5, -24, 7], [5, 11, 8]), 1),
    add(egg([-6, -23, 6], [5, 10, 7.5]), 1),
    ...SIDES.flatMap((s) => cells(build, s, seed)),
    ...SIDES.map((s) => add(ball(build.at(s * 40, 1, 4), 4))),
  ];
}

function noseSide({ id, egg, bow, rope }: Build, s: Side): readonly Stroke[] {
  const [, tipY, tipZ] = noseTip(id);
  return [
    add(egg([s * 7, -62, -8], [6.5, 34, 20]), 3),
    // Turbinates.
    cut(
      bow([
        [s * 10, -84, -20, 3.4],
        [s * 9.5, -62, -21, 4.2],
        [s * 9, -38, -19, 3.2],
      ]),
      1,
    ),
    cut(
      bow([
        [s * 8.5, -76, -5, 2.6],
        [s * 8, -56, -6, 3.2],
        [s * 7.5, -38, -7, 2.2],
      ]),
      1,
    ),
    cut(
      rope([
        [s * 7, -60, 7, 2],
        [s * 7, -44, 5, 2],
      ]),
      1,
    ),
    // The way from the nostril, and the maxillary sinus.
    add(
      bow([
        [s * 6.2, tipY + 10, tipZ - 6, 3.4],
        [s * 6, -92, -12 - id.noseLength / 2, 4.4],
        [s * 6, -84, -8, 5],
      ]),
    ),
    add(egg([s * 34, -58, -6], [10, 14, 9]), 4),
    add(egg([s * 28, -58, -11], [14.5, 18, 16.5]), 2),
  ];
}

function cells({ at }: Build, s: Side, seed: number): readonly Stroke[] {
  const random = createRandom(seed + 31 * s + 5000);
  const strokes: Stroke[] = [];
  for (let n = 0; n < 9; n++) {
    const p = at(
      s * (9 + 4.5 * random.uniform()),
      -66 + 4.4 * n + random.uniform(),
      15 + 8 * random.uniform(),
    );
    strokes.push(add(ball(p, 2.8 + 1.2 * random.uniform())));
  }
  for (let n = 0; n < 26; n++) {
    const z = -28 + 26 * random.uniform();
    const p = at(s * (50 + 9 * random.uniform()), 10 + 15 * random.uniform(), z);
    strokes.push(add(ball(p, 1.6 + 1.6 * random.uniform())));
  }
  return strokes;
}

/** What opens to the outside: nostrils and ear canals. */
export function openingStrokes(build: Build): readonly Stroke[] {
  const { id, rope, at } = build;
  const [, tipY, tipZ] = noseTip(id);
  return SIDES.flatMap((s) => {
    const { root } = earFrame(build, s);
    return [
      add(
        rope([
          [s * (6.8 + id.noseWidth * 0.4), tipY + 9, tipZ - 13, 3],
          [s * 6.2, tipY + 10, tipZ - 5, 3.2],
        ]),
      ),
      add(
        tube([
          [root[0] - s * 3, root[1] + 1, root[2], 3.4],
          [...at(s * 44, 2, 3), 2.8],
        ]),
      ),
    ];
  });
}
