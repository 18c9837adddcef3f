/** The lower jaw, and the teeth of both. */
import { SIDES, type Build } from './build.ts';
import { add, type Stroke } from './carve.ts';
import { band, type Post } from './shapes.ts';
import { mouthLine } from './skin.ts';
import { archPoints } from './skull.ts';

export function mandibleStrokes({ id, at, rope, bow }: Build): readonly Stroke[] {
  const z = mouthLine(id);
  const jw = id.jawWide * 0.8;
  const [cf, cd] = [id.chinForward, id.chinDrop];
  const body: readonly (readonly [number, number, number, number])[] = [
    [-46 - jw, -24, -66, -44],
    [-36 - jw / 2, -48, -78, z - 8],
    [-26, -68, -86 - cd, z - 8],
    [-13, -81 - cf, -91 - cd, z - 8],
    [0, -85 - cf, -91 - cd, z - 8],
    [13, -81 - cf, -91 - cd, z - 8],
    [26, -68, -86 - cd, z - 8],
    [36 + jw / 2, -48, -78, z - 8],
    [46 + jw, -24, -66, -44],
  ];
  const posts = body.map(([px, py, low, high]): Post => {
    const [x, y, bottom] = at(px, py, low);
    return { x, y, low: bottom, high: at(0, 0, high)[2] };
  });
  return [
    add(band(posts, 9.5)),
    add(
      rope([
        [0, -86 - cf, -86 - cd, 6],
        [0, -85 - cf, -80 - cd, 5],
      ]),
      4,
    ),
    ...SIDES.flatMap((s) => [
      add(
        band(
          [
            toPost(at(s * (46 + jw), -26, -66), at(0, 0, -14)[2]),
            toPost(at(s * (48 + jw), -10, -58), at(0, 0, -14)[2]),
          ],
          7,
        ),
        3,
      ),
      add(
        bow([
          [s * (48 + jw), -12, -30, 4],
          [s * 50, -9, -14, 4],
          [s * 50, -7, -4, 4.6],
        ]),
        3,
      ),
      add(
        rope([
          [s * (47 + jw), -26, -24, 3.5],
          [s * 48, -30, -8, 2.4],
        ]),
        3,
      ),
    ]),
  ];
}

function toPost([x, y, low]: readonly [number, number, number], high: number): Post {
  return { x, y, low, high };
}

/** Teeth of both jaws, crowns together at the mouth's line. */
export function toothStrokes({ id, rope }: Build): readonly Stroke[] {
  const z = mouthLine(id);
  const strokes: Stroke[] = [];
  const widths = [4.3, 3.6, 3.9, 3.6, 3.6, 5, 4.9];
  for (const s of SIDES) {
    let along = 0;
    widths.forEach((half, n) => {
      along += half;
      const [x, y] = alongArch(along * 1.02);
      along += half;
      const r = half * 0.82;
      const lower = n < 3 ? 1.6 : 0;
      strokes.push(
        add(
          rope([
            [s * x, y, z + 2.5, r],
            [s * x, y, z + 8, r * 0.95],
            [s * x * 0.98, y + 1.5, z + 18, r * 0.45],
          ]),
          0.6,
        ),
      );
      strokes.push(
        add(
          rope([
            [s * x * 0.97, y + lower, z - 3.5, r * 0.95],
            [s * x * 0.97, y + lower, z - 8, r * 0.9],
            [s * x * 0.98, y + 1.5, z - 19, r * 0.45],
          ]),
          0.6,
        ),
      );
    });
  }
  return strokes;
}

/** The point at a length (mm) along the arch, from its middle to the left. */
function alongArch(length: number): readonly [number, number] {
  let left = length;
  for (let n = 5; n + 1 < archPoints.length; n++) {
    const [p, q] = [
      archPoints[n] as readonly [number, number],
      archPoints[n + 1] as readonly [number, number],
    ];
    const d = Math.hypot(q[0] - p[0], q[1] - p[1]);
    if (left <= d) return [p[0] + ((q[0] - p[0]) * left) / d, p[1] + ((q[1] - p[1]) * left) / d];
    left -= d;
  }
  return archPoints[archPoints.length - 1] as readonly [number, number];
}
