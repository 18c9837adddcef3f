/**
 * The mean head's landmarks brought to one person's proportions: every part of the body
 * is placed through this, so that skin, bone and brain stay together.
 */
import type { Vec3 } from '../geometry/affine.ts';
import type { Identity } from './identity.ts';
import { curve, ellipsoid, tube, type Axes, type Bead, type Shape } from './shapes.ts';

/** 1 is the person's left, −1 the right. */
export type Side = 1 | -1;
export const SIDES: readonly Side[] = [1, -1];

export interface Build {
  readonly id: Identity;
  /** Where a landmark of the mean head lies in this person. */
  readonly at: (x: number, y: number, z: number) => Vec3;
  /** An ellipsoid of the mean head, in this person's proportions. */
  readonly egg: (center: Vec3, radii: Vec3, axes?: Axes) => Shape;
  /** A tube through landmarks of the mean head. */
  readonly rope: (beads: readonly Bead[]) => Shape;
  /** As `rope`, along a smooth curve. */
  readonly bow: (beads: readonly Bead[]) => Shape;
}

export function createBuild(id: Identity): Build {
  const wide = (z: number): number =>
    id.faceWidth + (id.skullWidth - id.faceWidth) * smoothStep(-25, 25, z);
  const at = (x: number, y: number, z: number): Vec3 => [
    x * wide(z),
    y * id.skullLength - 3 * smoothStep(30, 70, -y),
    z * (z > 0 ? id.skullHeight : id.faceHeight),
  ];
  const moved = (beads: readonly Bead[]): readonly Bead[] =>
    beads.map(([x, y, z, r]) => [...at(x, y, z), r]);
  return {
    id,
    at,
    egg: (center, [a, b, c], axes) => {
      const tall = center[2] > 0 ? id.skullHeight : id.faceHeight;
      return ellipsoid(at(...center), [a * wide(center[2]), b * id.skullLength, c * tall], axes);
    },
    rope: (beads) => tube(moved(beads)),
    bow: (beads) => curve(moved(beads)),
  };
}

/** 0 up to `from`, 1 beyond `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
