/** What a renderer of skin needs: the mesh, which of it belongs to the removed region, and where to look. */
import { invert, type Vec3 } from '../../core/geometry/affine.ts';
import type { Grid } from '../../core/geometry/grid.ts';
import type { Mask } from '../../core/volume/volume.ts';
import type { Surface } from '../../../workers/api.ts';

export interface SkinMesh extends Surface {
  /** 255 for a vertex at the removed region, 0 elsewhere. */
  readonly marks: Uint8Array;
}

export interface Pose {
  /** Turn about the long axis (0: from the front; positive: the patient's left comes into view), radians. */
  readonly yaw: number;
  readonly pitch: number;
}

/** Middle (LPS mm) and half extent (mm) of what is shown; the same for before and after. */
export interface Scope {
  readonly center: Vec3;
  readonly reach: number;
}

export type Rgb = readonly [number, number, number];

/** One surface of a picture. What shines through is drawn after what does not. */
export interface SkinLayer {
  readonly mesh: SkinMesh;
  /** 0–255. */
  readonly color: Rgb;
  /** Of what is marked; null: as the rest. */
  readonly marked: Rgb | null;
  /** 0–1; of a layer that shines through only the nearest surface is seen. */
  readonly opacity: number;
}

export interface SkinRenderer {
  /** What is drawn from now on. */
  show(layers: readonly SkinLayer[]): void;
  /** Draws into its canvas at this size (device pixels). */
  draw(pose: Pose, width: number, height: number): void;
  /** The same in steps of some milliseconds, seen with the last; another drawing ends it. */
  drawing?(pose: Pose, width: number, height: number): Iterator<void>;
  destroy(): void;
}

export function unmarked(surface: Surface): SkinMesh {
  return { ...surface, marks: new Uint8Array(surface.positions.length / 3) };
}

/** Vertices a little inside the region count too: the mesh lies between voxels. */
const TOLERANCE_MM = 1.5;

export function markRemoved(surface: Surface, { grid, voxels }: Mask): SkinMesh {
  return markWhere(surface, grid, (v) => voxels[v] === 1);
}

/** @param isRemoved by flat voxel index of the grid */
export function markWhere(
  surface: Surface,
  grid: Grid,
  isRemoved: (voxel: number) => boolean,
): SkinMesh {
  // Numbers, not points: some 200,000 vertices between two frames.
  const [ix = 0, iy = 0, iz = 0, i0 = 0, jx = 0, jy = 0, jz = 0, j0 = 0, ...last] = invert(
    grid.affine,
  );
  const [kx = 0, ky = 0, kz = 0, k0 = 0] = last;
  const [ni, nj, nk] = grid.size;
  const { positions, normals } = surface;
  const marks = new Uint8Array(positions.length / 3);
  for (let v = 0; v < marks.length; v++) {
    const at = 3 * v;
    const px = (positions[at] as number) + (normals[at] as number) * TOLERANCE_MM;
    const py = (positions[at + 1] as number) + (normals[at + 1] as number) * TOLERANCE_MM;
    const pz = (positions[at + 2] as number) + (normals[at + 2] as number) * TOLERANCE_MM;
    const x = Math.round(ix * px + iy * py + iz * pz + i0);
    const y = Math.round(jx * px + jy * py + jz * pz + j0);
    const z = Math.round(kx * px + ky * py + kz * pz + k0);
    if (x < 0 || y < 0 || z < 0 || x >= ni || y >= nj || z >= nk) continue;
    if (isRemoved(x + ni * (y + nj * z))) marks[v] = 255;
  }
  return { ...surface, marks };
}

export function scopeOf({ positions }: Surface): Scope {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let n = 0; n < positions.length; n += 3) {
    for (const axis of [0, 1, 2] as const) {
      const value = positions[n + axis] as number;
      if (value < low[axis]) low[axis] = value;
      if (value > high[axis]) high[axis] = value;
    }
  }
  if (positions.length === 0) return { center: [0, 0, 0], reach: 100 };
  const across = Math.hypot(high[0] - low[0], high[1] - low[1]) / 2;
  return {
    center: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
    reach: Math.max(across * 0.92, (high[2] - low[2]) / 2) * 1.04,
  };
}

/**
 * Rotation from LPS to the screen (x to the right, y up, z towards the viewer), row-major.
 * From the front the patient's left is on the right, as in the slices.
 */
export function rotationOf({ yaw, pitch }: Pose): readonly number[] {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  // prettier-ignore
  return [
    cy, sy, 0,
    -sp * sy, sp * cy, cp,
    cp * sy, -cp * cy, sp,
  ];
}

/** The pose that turns a point of the head to the viewer, not too far from above or below. */
export function poseTowards({ center }: Scope, [x, y, z]: Vec3): Pose {
  const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]];
  const pitch = Math.atan2(dz, Math.hypot(dx, dy));
  return { yaw: Math.atan2(dx, -dy), pitch: Math.min(0.6, Math.max(-0.6, pitch)) };
}

/** Where a point is seen in a picture of this size (pixels), and whether it lies on the near side. */
export function pointSeen(
  { center, reach }: Scope,
  pose: Pose,
  [x, y, z]: Vec3,
  width: number,
  height: number,
): { readonly x: number; readonly y: number; readonly isNear: boolean } {
  const turn = rotationOf(pose);
  const from = [x - center[0], y - center[1], z - center[2]] as const;
  const row = (n: number): number =>
    from.reduce((sum, value, axis) => sum + value * (turn[3 * n + axis] as number), 0);
  const perMm = Math.min(width, height) / 2 / reach;
  return {
    x: width / 2 + perMm * row(0),
    y: height / 2 - perMm * row(1),
    isNear: row(2) > 0,
  };
}
