/**
 * A head drawn as level lines, as on a map: solid where the head stays, dotted where the
 * face was. A shape of ellipsoids in LPS mm, nobody's.
 */
export interface LevelLine {
  /** Closed outline of what stays. */
  readonly solid: string;
  /** What was removed, as open lines. */
  readonly ghost: string;
}

type Ellipsoid = readonly [x: number, y: number, z: number, rx: number, ry: number, rz: number];

const SHAPE: readonly Ellipsoid[] = [
  [0, 2, 4, 75, 96, 84],
  [0, -30, -34, 66, 64, 60],
  [0, -34, -66, 57, 56, 62],
  [0, -42, -98, 48, 46, 32],
  [0, -82, -112, 24, 20, 16],
  [0, -86, -86, 25, 16, 16],
  [0, -92, -58, 13, 23, 13],
  [0, -92, -44, 9, 15, 26],
  [24, -82, -28, 22, 15, 9],
  [-24, -82, -28, 22, 15, 9],
  [76, 8, -40, 9, 17, 29],
  [-76, 8, -40, 9, 17, 29],
];
const NECK = { y: 20, rx: 57, ry: 60 } as const;
const TOP: number = 86;
const BOTTOM: number = -172;
const STEP = 4.4;
const SPOKES = 144;
const [YAW, ELEVATION] = [0.86, 0.2] as const;

/** Level lines from the neck up, in the order in which they must be drawn (viewBox 0 0 280 340). */
export function headLines(): readonly LevelLine[] {
  const lines: LevelLine[] = [];
  for (let z = BOTTOM; z <= TOP; z += STEP) {
    const [below, here, above] = [outline(z - 4), outline(z), outline(z + 4)];
    const whole = smooth(
      here.map((radius, n) => (radius + (below[n] as number) + (above[n] as number)) / 3),
    );
    if (whole.every((radius) => radius < 1)) continue;
    const cut = whole.map((radius, spoke) => Math.min(radius, toWall(spoke, z)));
    lines.push({
      solid: `${cut.map((radius, spoke) => `${spoke ? 'L' : 'M'}${point(spoke, radius, z)}`).join('')}Z`,
      ghost: ghost(whole, cut, z),
    });
  }
  return lines;
}

/** Distance from the middle line to the outermost surface, for each spoke of a level. */
function outline(z: number): number[] {
  return Array.from({ length: SPOKES }, (_, spoke) => {
    const [dx, dy] = direction(spoke);
    const waist = 1 - 0.1 * Math.exp(-(((z + 122) / 26) ** 2));
    let radius = z < -48 ? reach(0, NECK.y, NECK.rx * waist, NECK.ry * waist, dx, dy) : 0;
    for (const [cx, cy, cz, rx, ry, rz] of SHAPE) {
      const level = 1 - ((z - cz) / rz) ** 2;
      if (level <= 0) continue;
      const shrink = Math.sqrt(level);
      radius = Math.max(radius, reach(cx, cy, rx * shrink, ry * shrink, dx, dy));
    }
    return radius;
  });
}

/** How far a ray from the origin stays in or behind an ellipse; 0 where it misses. */
function reach(cx: number, cy: number, rx: number, ry: number, dx: number, dy: number): number {
  const a = (dx / rx) ** 2 + (dy / ry) ** 2;
  const b = (cx * dx) / rx ** 2 + (cy * dy) / ry ** 2;
  const c = (cx / rx) ** 2 + (cy / ry) ** 2 - 1;
  const root = b * b - a * c;
  return root < 0 ? 0 : Math.max(0, (b + Math.sqrt(root)) / a);
}

function smooth(radii: readonly number[]): number[] {
  const at = (spoke: number): number => radii[(spoke + SPOKES) % SPOKES] as number;
  return radii.map(
    (_, s) => (at(s - 2) + 2 * at(s - 1) + 3 * at(s) + 2 * at(s + 1) + at(s + 2)) / 9,
  );
}

/** Distance along a spoke to the curved wall in front of which everything goes. */
function toWall(spoke: number, z: number): number {
  if (z > -4 || z < -130) return Infinity;
  const [dx, dy] = direction(spoke);
  if (dy >= 0) return Infinity;
  const wall = 52 - Math.max(0, z + 24) * -1.1 + Math.max(0, -100 - z) * 1.4;
  // A flat arc: y = -wall + x²/400, met by the spoke (dx, dy) · t.
  const a = (dx * dx) / 400;
  return a < 1e-6
    ? wall / -dy
    : (dy + Math.sqrt(dy * dy + 4 * a * wall)) / (2 * a) > 0
      ? (2 * wall) / (-dy + Math.sqrt(dy * dy + 4 * a * wall))
      : Infinity;
}

function ghost(whole: readonly number[], cut: readonly number[], z: number): string {
  let path = '';
  let drawing = false;
  // Two rounds, so that a stretch across spoke 0 is drawn in one piece.
  for (let n = SPOKES / 4; n < SPOKES / 4 + SPOKES; n++) {
    const spoke = n % SPOKES;
    const isGone = (whole[spoke] as number) - (cut[spoke] as number) > 2;
    if (isGone) path += `${drawing ? 'L' : 'M'}${point(spoke, whole[spoke] as number, z)}`;
    drawing = isGone;
  }
  return path;
}

function direction(spoke: number): readonly [number, number] {
  const turn = (2 * Math.PI * spoke) / SPOKES;
  return [Math.cos(turn), Math.sin(turn)];
}

function point(spoke: number, radius: number, z: number): string {
  const [dx, dy] = direction(spoke);
  const [x, y] = [dx * radius, dy * radius];
  const across = x * Math.cos(YAW) - y * Math.sin(YAW);
  const toward = -(x * Math.sin(YAW) + y * Math.cos(YAW));
  const up = z * Math.cos(ELEVATION) - toward * Math.sin(ELEVATION);
  return `${(140 - across).toFixed(1)} ${(124 - up).toFixed(1)}`;
}
