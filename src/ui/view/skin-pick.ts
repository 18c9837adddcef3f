/** Which point of the skin lies under the mouse. */
import type { Vec3 } from '../../core/geometry/affine.ts';
import type { Surface } from '../../../workers/api.ts';
import { rotationOf, type Pose, type Scope } from './skin-mesh.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
}

/**
 * The nearest point of the mesh (LPS mm) seen at a place of a picture of it (pixels); null
 * beside it. A few milliseconds for the 50,000 triangles of a head.
 */
export function pointUnder(
  { positions, triangles }: Surface,
  { center, reach }: Scope,
  pose: Pose,
  [x, y]: readonly [number, number],
  { width, height }: Picture,
): Vec3 | null {
  const turn = rotationOf(pose);
  const perMm = Math.min(width, height) / 2 / reach;
  // The place in millimetres of the screen, from its middle; y up.
  const [px, py] = [(x - width / 2) / perMm, (height / 2 - y) / perMm];
  const seen = (vertex: number, row: 0 | 1 | 2): number => {
    const [at, t] = [3 * vertex, 3 * row];
    return (
      (turn[t] as number) * ((positions[at] as number) - center[0]) +
      (turn[t + 1] as number) * ((positions[at + 1] as number) - center[1]) +
      (turn[t + 2] as number) * ((positions[at + 2] as number) - center[2])
    );
  };
  let nearest = -Infinity;
  let found: Vec3 | null = null;
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((n) => triangles[t + n] as number) as [number, number, number];
    const [a, b, c] = corners;
    const [ax, ay] = [seen(a, 0), seen(a, 1)];
    // Most lie elsewhere: triangles are a few millimetres wide.
    if (Math.abs(ax - px) > FAR_MM || Math.abs(ay - py) > FAR_MM) continue;
    const [bx, by, cx, cy] = [seen(b, 0), seen(b, 1), seen(c, 0), seen(c, 1)];
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) continue;
    const wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
    const wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
    const weights = [1 - wb - wc, wb, wc] as const;
    if (weights.some((weight) => weight < -SEAM)) continue;
    const sum = (of: (vertex: number) => number): number =>
      corners.reduce((total, vertex, n) => total + (weights[n] as number) * of(vertex), 0);
    const depth = sum((vertex) => seen(vertex, 2));
    if (depth <= nearest) continue;
    nearest = depth;
    const along = (axis: number): number => sum((vertex) => positions[3 * vertex + axis] as number);
    found = [along(0), along(1), along(2)];
  }
  return found;
}

/** Longer than the edge of any triangle of a head. */
const FAR_MM = 30;
/** What rounding may take from a weight: a place on the edge of two triangles lies in one of them. */
const SEAM = 1e-9;
