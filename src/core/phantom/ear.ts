/** One auricle: shell, helix with its crus, antihelix, concha, tragus, antitragus, lobule. */
import { add as plus, cross, norm, scale, type Vec3 } from '../geometry/affine.ts';
import type { Build, Side } from './build.ts';
import { add, cut, type Stroke } from './carve.ts';
import { curve, ellipsoid, type Axes, type Bead } from './shapes.ts';

/** How an ear sits on the head. */
export interface EarFrame {
  /** The entrance of the ear canal (head mm). */
  readonly root: Vec3;
  /** Unit vectors: to the rear rim, to the top, away from the head. */
  readonly axes: Axes;
}

export function earFrame({ id, at }: Build, s: Side): EarFrame {
  const tilt = (id.earTiltDeg * Math.PI) / 180;
  const angle = (id.earAngleDeg * Math.PI) / 180;
  const up: Vec3 = [s * 0.08, Math.sin(tilt), Math.cos(tilt)];
  const top = scale(up, 1 / norm(up));
  const back: Vec3 = [s * Math.sin(angle), Math.cos(angle), -Math.sin(tilt) * Math.cos(angle)];
  const rear = scale(back, 1 / norm(back));
  const out = cross(rear, top);
  const away = scale(out, (out[0] * s > 0 ? 1 : -1) / norm(out));
  return { root: at(s * 71.5, 3, -5 + id.earHeight), axes: [rear, top, away] };
}

export function earStrokes(build: Build, s: Side): readonly Stroke[] {
  const { root, axes } = earFrame(build, s);
  const [rear, top, away] = axes;
  const size = build.id.earSize;
  const at = (u: number, v: number, w: number): Vec3 =>
    plus(plus(root, scale(rear, u * size)), plus(scale(top, v * size), scale(away, w * size)));
  const egg = (center: Vec3, radii: Vec3) =>
    ellipsoid(at(...center), [radii[0] * size, radii[1] * size, radii[2] * size], axes);
  const bow = (beads: readonly Bead[]) =>
    curve(
      beads.map(([u, v, w, r]): Bead => [...at(u, v, w), r * size]),
      5,
    );
  const lobe = build.id.lobe;
  return [
    add(egg([2, 1, -7], [11, 17, 9]), 5),
    add(egg([7, 5, 0.5], [15, 27, 2.6]), 4),
    add(egg([0, -24 - lobe, -0.5], [8.5, 9, 3]), 4),
    add(
      bow([
        [-1, 2, 1, 2],
        [-8, 5, 1.5, 2.4],
        [-10, 14, 1.5, 2.8],
        [-6, 25, 2.5, 3],
        [4, 32, 3.5, 3],
        [14, 30, 4.5, 3],
        [21, 21, 5, 2.8],
        [22, 8, 5, 2.6],
        [19, -5, 4, 2.4],
        [13, -16, 2.5, 2.2],
        [7, -24, 1, 2],
      ]),
      2,
    ),
    add(
      bow([
        [-1, 23, 2.5, 1.8],
        [7, 20, 4, 2.4],
        [13, 12, 5.5, 2.8],
        [14, 2, 5.5, 2.8],
        [10, -8, 4.5, 2.6],
        [4, -13, 3, 2.4],
      ]),
      2.5,
    ),
    // The groove inside the helix, the hollow between the antihelix's legs, and the concha.
    cut(
      bow([
        [6, 26.5, 5, 1.6],
        [14, 24, 7, 1.8],
        [17.5, 14, 8, 1.8],
        [18, 2, 7.5, 1.6],
      ]),
      1.5,
    ),
    cut(egg([3, 0, 3], [8.5, 12, 8]), 2.5),
    cut(egg([2, 9, 4], [8, 5, 5]), 2),
    add(
      bow([
        [-8, -7, 1, 3],
        [-8.5, -1, 3, 3.4],
        [-9, 4, 1, 3],
      ]),
      3,
    ),
    add(egg([3.5, -13.5, 2.5], [4, 3, 3.2]), 2.5),
  ];
}
