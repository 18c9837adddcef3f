/**
 * Signed distances of simple shapes, row by row (see field.ts for the coordinates).
 * Those of ellipsoids and lofts are first-order approximations: right at the surface
 * and in sign, and near enough within a few millimetres of it.
 */
import { cross, norm, scale, type Vec3 } from '../geometry/affine.ts';
import { FAR, type Box } from './field.ts';

export interface Shape {
  /** Holds every point with a distance below 0. */
  readonly box: Box;
  /** Distances (mm) of the points (x + n·dx, y, z) for n < count. */
  row(out: Float64Array, count: number, x: number, dx: number, y: number, z: number): void;
}

/** Three unit vectors: the axes of a turned shape. */
export type Axes = readonly [Vec3, Vec3, Vec3];

const UPRIGHT: Axes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Axes turned by `deg` about x: positive lifts the front (−y) end. */
export function pitched(deg: number): Axes {
  const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
  return [
    [1, 0, 0],
    [0, c, -s],
    [0, s, c],
  ];
}

export function ellipsoid(center: Vec3, radii: Vec3, axes: Axes = UPRIGHT): Shape {
  const [a, b, c] = axes;
  const reach = (n: 0 | 1 | 2): number =>
    Math.hypot(a[n] * radii[0], b[n] * radii[1], c[n] * radii[2]);
  const [ra, rb, rc] = radii;
  return {
    box: boxAround(center, [reach(0), reach(1), reach(2)]),
    row(out, count, x, dx, y, z) {
      const [px, py, pz] = [x - center[0], y - center[1], z - center[2]];
      let u = (a[0] * px + a[1] * py + a[2] * pz) / ra;
      let v = (b[0] * px + b[1] * py + b[2] * pz) / rb;
      let w = (c[0] * px + c[1] * py + c[2] * pz) / rc;
      const [du, dv, dw] = [(a[0] * dx) / ra, (b[0] * dx) / rb, (c[0] * dx) / rc];
      for (let n = 0; n < count; n++) {
        const f = Math.sqrt(u * u + v * v + w * w);
        const gu = u / ra;
        const gv = v / rb;
        const gw = w / rc;
        const g = Math.sqrt(gu * gu + gv * gv + gw * gw);
        out[n] = g > 1e-9 ? (f * (f - 1)) / g : -Math.min(ra, rb, rc);
        u += du;
        v += dv;
        w += dw;
      }
    },
  };
}

export function ball(center: Vec3, radius: number): Shape {
  return ellipsoid(center, [radius, radius, radius]);
}

/** A point of a tube's middle line, and the tube's radius there. */
export type Bead = readonly [x: number, y: number, z: number, radius: number];

/** Farther than this from a segment of a tube its distance is not worked out (mm). */
const TUBE_REACH = 22;

/** A tube along a polyline with a radius at each point. */
export function tube(beads: readonly Bead[]): Shape {
  const segments = beads.slice(1).map((end, n) => segment(beads[n] as Bead, end)); // n + 1 < length
  return {
    box: boxOfBeads(beads),
    row(out, count, x, dx, y, z) {
      out.fill(FAR, 0, count);
      for (const s of segments) {
        if (y < s.box.low[1] || y > s.box.high[1] || z < s.box.low[2] || z > s.box.high[2])
          continue;
        const first = Math.max(0, Math.ceil((s.box.low[0] - x) / dx));
        const last = Math.min(count - 1, Math.floor((s.box.high[0] - x) / dx));
        const py = y - s.y;
        const pz = z - s.z;
        const part = py * s.ay + pz * s.az;
        for (let n = first; n <= last; n++) {
          const px = x + n * dx - s.x;
          let t = (px * s.ax + part) / s.squared;
          t = t < 0 ? 0 : t > 1 ? 1 : t;
          const qx = px - t * s.ax;
          const qy = py - t * s.ay;
          const qz = pz - t * s.az;
          const d = Math.sqrt(qx * qx + qy * qy + qz * qz) - s.radius - t * s.grow;
          if (d < (out[n] as number)) out[n] = d;
        }
      }
    },
  };
}

interface Segment {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly ax: number;
  readonly ay: number;
  readonly az: number;
  readonly grow: number;
  readonly squared: number;
  readonly box: Box;
}

function segment(start: Bead, end: Bead): Segment {
  const [ax, ay, az, grow] = [
    end[0] - start[0],
    end[1] - start[1],
    end[2] - start[2],
    end[3] - start[3],
  ];
  const { low, high } = boxOfBeads([start, end]);
  const r = TUBE_REACH;
  return {
    x: start[0],
    y: start[1],
    z: start[2],
    radius: start[3],
    ax,
    ay,
    az,
    grow,
    squared: Math.max(1e-9, ax * ax + ay * ay + az * az),
    box: {
      low: [low[0] - r, low[1] - r, low[2] - r],
      high: [high[0] + r, high[1] + r, high[2] + r],
    },
  };
}

/** A smooth tube: the beads are joined by a Catmull–Rom curve. */
export function curve(beads: readonly Bead[], pieces = 4): Shape {
  return tube(smoothBeads(beads, pieces));
}

function smoothBeads(beads: readonly Bead[], pieces: number): readonly Bead[] {
  const at = (n: number): Bead => beads[Math.max(0, Math.min(beads.length - 1, n))] as Bead;
  const out: Bead[] = [];
  for (let n = 0; n + 1 < beads.length; n++) {
    const [p, q, r, s] = [at(n - 1), at(n), at(n + 1), at(n + 2)];
    for (let m = 0; m < pieces; m++) {
      const mix = (c: 0 | 1 | 2 | 3): number => catmullRom(p[c], q[c], r[c], s[c], m / pieces);
      out.push([mix(0), mix(1), mix(2), mix(3)]);
    }
  }
  out.push(at(beads.length - 1));
  return out;
}

export function catmullRom(p: number, q: number, r: number, s: number, t: number): number {
  return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
}

/** A post of an upright band: where it stands, and the heights of its foot and top. */
export interface Post {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** An upright band of the given thickness along a line of posts, with rounded edges. */
export function band(posts: readonly Post[], thickness: number): Shape {
  const half = thickness / 2;
  const corner = Math.min(half, 2);
  const low = Math.min(...posts.map((p) => p.low));
  const high = Math.max(...posts.map((p) => p.high));
  const line = boxOfBeads(posts.map((p) => [p.x, p.y, 0, half]));
  return {
    box: { low: [line.low[0], line.low[1], low], high: [line.high[0], line.high[1], high] },
    row(out, count, x, dx, y, z) {
      for (let n = 0, px = x; n < count; n++, px += dx) {
        let best = Infinity;
        let middle = 0;
        let tall = 0;
        for (let m = 0; m + 1 < posts.length; m++) {
          const [p, q] = [posts[m] as Post, posts[m + 1] as Post];
          const [ax, ay] = [q.x - p.x, q.y - p.y];
          let t = ((px - p.x) * ax + (y - p.y) * ay) / Math.max(1e-9, ax * ax + ay * ay);
          t = t < 0 ? 0 : t > 1 ? 1 : t;
          const d = Math.hypot(px - p.x - t * ax, y - p.y - t * ay);
          if (d >= best) continue;
          best = d;
          const [foot, top] = [p.low + t * (q.low - p.low), p.high + t * (q.high - p.high)];
          middle = (foot + top) / 2;
          tall = (top - foot) / 2;
        }
        const side = best - half + corner;
        const end = Math.abs(z - middle) - tall + corner;
        out[n] =
          Math.min(Math.max(side, end), 0) +
          Math.hypot(Math.max(side, 0), Math.max(end, 0)) -
          corner;
      }
    },
  };
}

/** A flat, rounded plate: `half` sizes along its axes, thinnest along the third. */
export function plate(center: Vec3, half: Vec3, axes: Axes = UPRIGHT): Shape {
  const [a, b, c] = axes;
  const reach = (n: 0 | 1 | 2): number =>
    Math.abs(a[n]) * half[0] + Math.abs(b[n]) * half[1] + Math.abs(c[n]) * half[2];
  const corner = Math.min(...half) * 0.8;
  const [ha, hb, hc] = [half[0] - corner, half[1] - corner, half[2] - corner];
  return {
    box: boxAround(center, [reach(0), reach(1), reach(2)]),
    row(out, count, x, dx, y, z) {
      const [py, pz] = [y - center[1], z - center[2]];
      for (let n = 0, px = x - center[0]; n < count; n++, px += dx) {
        const u = Math.abs(a[0] * px + a[1] * py + a[2] * pz) - ha;
        const v = Math.abs(b[0] * px + b[1] * py + b[2] * pz) - hb;
        const w = Math.abs(c[0] * px + c[1] * py + c[2] * pz) - hc;
        const far = Math.hypot(Math.max(u, 0), Math.max(v, 0), Math.max(w, 0));
        out[n] = Math.min(Math.max(u, v, w), 0) + far - corner;
      }
    },
  };
}

/** Everything on the side of a plane that its normal points away from. */
export function halfSpace(point: Vec3, normal: Vec3): Shape {
  const unit = scale(normal, 1 / norm(normal));
  return {
    box: { low: [-1e4, -1e4, -1e4], high: [1e4, 1e4, 1e4] },
    row(out, count, x, dx, y, z) {
      let d = unit[0] * (x - point[0]) + unit[1] * (y - point[1]) + unit[2] * (z - point[2]);
      for (let n = 0; n < count; n++, d += dx * unit[0]) out[n] = d;
    },
  };
}

/** Axes whose first vector points along `u` and whose second lies nearest to `v`. */
export function axesAlong(u: Vec3, v: Vec3): Axes {
  const first = scale(u, 1 / norm(u));
  const third = cross(first, v);
  const unit = scale(third, 1 / norm(third));
  return [first, cross(unit, first), unit];
}

function boxAround(center: Vec3, reach: Vec3): Box {
  return {
    low: [center[0] - reach[0], center[1] - reach[1], center[2] - reach[2]],
    high: [center[0] + reach[0], center[1] + reach[1], center[2] + reach[2]],
  };
}

function boxOfBeads(beads: readonly Bead[]): Box {
  const edge = (axis: 0 | 1 | 2, sign: 1 | -1): number =>
    sign * Math.max(...beads.map((bead) => sign * bead[axis] + bead[3]));
  return {
    low: [edge(0, -1), edge(1, -1), edge(2, -1)],
    high: [edge(0, 1), edge(1, 1), edge(2, 1)],
  };
}
