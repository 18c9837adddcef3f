/** The closed surface of the head: cranium, face and neck without the ears. */
import { SIDES, type Build, type Side } from './build.ts';
import { add, cut, keep, type Stroke } from './carve.ts';
import { loft, type Section } from './loft.ts';
import { halfSpace } from './shapes.ts';

/** Without the ears; from the crown to the shoulders. */
export function skinStrokes(build: Build): readonly Stroke[] {
  return [
    ...cranium(build),
    ...faceAndJaw(build),
    ...neck(build),
    ...SIDES.flatMap((side) => cheek(build, side)),
    ...SIDES.flatMap((side) => eyeRegion(build, side)),
    ...nose(build),
    ...mouthAndChin(build),
  ];
}

function cranium({ id, egg }: Build): readonly Stroke[] {
  const slope = id.foreheadSlope;
  return [
    add(egg([0, 5, 46], [75.5, 101, 80])),
    add(egg([0, -40 - slope * 0.5, 57 + slope], [58, 54, 52]), 16),
    add(egg([0, 54, 28], [58, 52, 46]), 16),
    add(egg([0, 22, 65], [75, 72, 56]), 16),
    // Temples, and the base of the skull above the ears.
    ...SIDES.flatMap((s) => [
      add(egg([s * 47, 4, -1], [26, 34, 40]), 16),
      cut(egg([s * 84, -58, 28], [18, 22, 24]), 16),
    ]),
  ];
}

function faceAndJaw({ id, at }: Build): readonly Stroke[] {
  const { cheekForward: cf, cheekWide: cw, jawWide: jw } = id;
  const raw: readonly (readonly number[])[] = [
    // z, front, widest, back, half width
    [48, -82, -20, 24, 58],
    [34, -86, -22, 24, 63],
    [18, -84, -24, 22, 66 + cw / 2],
    [2, -84 - cf / 2, -26, 20, 68 + cw],
    [-14, -86 - cf / 2, -26, 16, 67 + cw],
    [-30, -88, -24, 10, 65 + cw / 2 + jw / 2],
    [-50, -88.5, -22, 4, 60.5 + jw],
    [-70, -87, -26, 0, 54.5 + jw],
    [-86, -85, -32, -4, 46 + jw],
    [-104, -82, -38, -10, 40 + jw],
  ];
  const chin = at(0, -90 - id.chinForward, -97 - id.chinDrop);
  const gonion = at(0, -14, -66);
  const rise = (gonion[2] - chin[2]) / (gonion[1] - chin[1]);
  return [
    add(
      loft(
        raw.map((row) => section(at, row)),
        2.12,
      ),
      14,
    ),
    // The lower border of the jaw; the neck is added after it.
    keep(halfSpace(chin, [0, rise, -1]), 20),
  ];
}

function neck({ id, at, bow, egg }: Build): readonly Stroke[] {
  const w = id.neckWide;
  const raw: readonly (readonly number[])[] = [
    [14, 0, 44, 84, 54],
    [-20, -18, 36, 88, 58 + w * 0.6],
    [-50, -28, 26, 74, 56 + w],
    [-80, -37, 18, 67, 55 + w],
    [-110, -42, 14, 67, 56 + w],
    [-140, -43, 16, 73, 61 + w],
    [-165, -44, 22, 84, 78 + w],
    [-182, -46, 28, 100, 112],
    [-196, -48, 28, 106, 150],
  ];
  return [
    add(
      loft(
        raw.map((row) => section(at, row)),
        2.2,
      ),
      18,
    ),
    add(egg([0, -38 - id.larynx, -116], [9, 9, 13]), 10),
    ...SIDES.map((s) =>
      add(
        bow([
          [s * 60, 22, -22, 9],
          [s * 50, 2, -75, 10],
          [s * 33, -24, -125, 9],
          [s * 16, -38, -172, 8],
        ]),
        12,
      ),
    ),
  ];
}

function cheek({ id, egg }: Build, s: Side): readonly Stroke[] {
  const { cheekForward: cf, cheekWide: cw, cheekFull: full } = id;
  return [
    add(egg([s * (39 + cw / 2), -63 - cf, -6], [20, 17, 14]), 16),
    add(egg([s * 54, -38, -3], [15 + cw / 2, 26, 10]), 18),
    add(egg([s * 36, -61 - full / 2, -36], [20 + full / 2, 20, 23]), 18),
    add(egg([s * (49 + id.jawWide / 2), -22, -54], [10, 16, 20]), 14),
  ];
}

function eyeRegion({ id, egg, bow }: Build, s: Side): readonly Stroke[] {
  const { browForward: bf, browHeight: bh } = id;
  const [x, y, z] = eyeCenter(id, s);
  const lid = y - 13.2;
  return [
    add(
      bow([
        [s * 6, -88 - bf, 33 + bh / 2, 6.5],
        [s * 18, -88.5 - bf, 34 + bh, 7],
        [s * 32, -82 - bf, 35 + bh, 7],
        [s * 46, -70 - bf / 2, 30 + bh, 7],
        [s * 52, -61, 20, 6],
      ]),
      9,
    ),
    cut(egg([x + s * 1.5, -93, z + 2], [20, 15.5, 12.5]), 10),
    // The eye's bulge under the lids, the lid folds and the slit.
    add(egg([x, y, z], [14.5, 14.2, 12]), 7),
    cut(
      bow([
        [x - s * 14, lid + 6.5, z + 6.5, 1],
        [x - s * 5, lid + 0.8, z + 8.6, 1.2],
        [x + s * 6, lid + 1.8, z + 8, 1.2],
        [x + s * 15, lid + 9, z + 4, 1],
      ]),
      2.5,
    ),
    cut(
      bow([
        [x - s * 16, lid + 5.5, z - 1.5, 0.8],
        [x - s * 7, lid + 0.4, z - 4, 0.9],
        [x + s * 4, lid, z - 4.2, 0.9],
        [x + s * 15, lid + 7, z - 1, 0.8],
      ]),
      2,
    ),
    // The fold between lower lid and cheek.
    cut(
      bow([
        [x - s * 15, lid + 4, z - 8, 1.5],
        [x - s * 3, lid + 0.5, z - 13, 1.8],
        [x + s * 11, lid + 4.5, z - 12, 1.5],
      ]),
      7,
    ),
  ];
}

/** Where the middle of an eye lies in the mean head's coordinates. */
export function eyeCenter(id: Build['id'], s: Side): readonly [number, number, number] {
  return [s * (31.8 + id.eyeDistance), -68 + id.eyeDepth, 16.5 + id.eyeHeight];
}

/** Where the tip of the nose lies (the middle of its ball), in the mean head's coordinates. */
export function noseTip(id: Build['id']): readonly [number, number, number] {
  return [0, -112 - id.noseForward, -17 - id.noseLength + id.noseTip * 0.6];
}

function nose({ id, egg, bow, rope }: Build): readonly Stroke[] {
  const [, tipY, tipZ] = noseTip(id);
  const base = -28 - id.noseLength;
  const half = 13 + id.noseWidth;
  const bridge = -93 - id.noseForward * 0.3 - id.noseHump;
  return [
    add(
      bow([
        [0, -86, 30, 5.5],
        [0, -86.5, 23, 5.2],
        [0, bridge, 11, 5.2],
        [0, -101 - id.noseForward * 0.7, -3 - id.noseLength / 2, 6],
        [0, tipY, tipZ, 8.6],
      ]),
      7,
    ),
    add(egg([0, -96, (base - 4) / 2], [11 + id.noseWidth / 2, 12, 14]), 10),
    ...SIDES.flatMap((s) => [
      add(egg([s * half, -98.5, base + 6.5], [5.6, 9.5, 7]), 4),
      add(
        rope([
          [s * 3.4, tipY + 0.5, tipZ, 6.6],
          [s * (half - 2), -101, base + 8, 5],
        ]),
        4,
      ),
      // The crease behind the wing.
      cut(
        bow([
          [s * (half + 6.5), -96, base + 12, 0.8],
          [s * (half + 7), -92, base + 5, 1.1],
          [s * (half + 3), -93, base - 2, 0.9],
        ]),
        3,
      ),
    ]),
    add(
      rope([
        [0, tipY + 4, tipZ - 5, 3.6],
        [0, -99, base + 1, 3.8],
      ]),
      4,
    ),
  ];
}

/** Height of the line between the lips, in the mean head's coordinates. */
export function mouthLine(id: Build['id']): number {
  return -50.5 - id.noseLength * 0.55;
}

function mouthAndChin({ id, egg, bow }: Build): readonly Stroke[] {
  const z = mouthLine(id);
  const half = 24 + id.mouthWidth;
  const f = id.lipForward;
  const full = id.lipFull;
  const [cy, cz] = [-id.chinForward, -id.chinDrop];
  return [
    add(egg([0, -73.5 - f / 2, z + 3], [40, 22, 28]), 18),
    add(
      bow([
        [-half, -88, z + 0.3, 2.2],
        [-13, -96.5 - f, z + 3.8, 4.2 + full / 2],
        [-4, -99 - f, z + 5.2, 4.9 + full / 2],
        [0, -98.8 - f, z + 4.6, 4.8 + full / 2],
        [4, -99 - f, z + 5.2, 4.9 + full / 2],
        [13, -96.5 - f, z + 3.8, 4.2 + full / 2],
        [half, -88, z + 0.3, 2.2],
      ]),
      5,
    ),
    add(
      bow([
        [-half + 1, -88, z - 0.5, 2.2],
        [-12, -95.5 - f, z - 5, 5 + full / 2],
        [0, -97.5 - f, z - 6, 5.6 + full / 2],
        [12, -95.5 - f, z - 5, 5 + full / 2],
        [half - 1, -88, z - 0.5, 2.2],
      ]),
      5,
    ),
    // The line between the lips, the groove above them and the one above the chin.
    cut(
      bow([
        [-half - 1, -90.5, z - 0.4, 0.8],
        [-12, -100.5 - f, z - 0.6, 1],
        [0, -103.5 - f, z - 0.2, 1],
        [12, -100.5 - f, z - 0.6, 1],
        [half + 1, -90.5, z - 0.4, 0.8],
      ]),
      2.5,
    ),
    cut(
      bow([
        [0, -104, -32 - id.noseLength, 2.2],
        [0, -106 - f, z + 9, 2.4],
      ]),
      4,
    ),
    cut(
      bow([
        [-16, -96, z - 15, 3],
        [0, -100.5 - f / 2, z - 15.5, 4],
        [16, -96, z - 15, 3],
      ]),
      8,
    ),
    add(egg([0, -84 + cy, -83 + cz], [17 + id.chinWidth, 14.5, 13]), 12),
    ...SIDES.map((s) =>
      cut(
        bow([
          [s * (19 + id.noseWidth), -98, -22 - id.noseLength, 0.7],
          [s * 27, -94, -36 - id.noseLength, 1],
          [s * (half + 6), -89, z + 2, 0.7],
        ]),
        5,
      ),
    ),
    ...SIDES.map((s) => add(egg([s * 17, -75, -80 + cz], [13, 12, 11]), 18)),
  ];
}

function section(at: Build['at'], row: readonly number[]): Section {
  const [z = 0, front = 0, middle = 0, back = 0, half = 1] = row;
  const low = at(half, front, z);
  return {
    z: low[2],
    front: low[1],
    back: at(0, back, z)[1],
    widest: at(0, middle, z)[1],
    half: low[0],
  };
}
