/**
 * The three planes a scan is shown in, in radiological convention: as if one stood at the
 * feet (axial) or before the patient (coronal), so the patient's right is on the left of the
 * picture; sagittal pictures have the face on the left. All positions are LPS mm.
 */
import { axisStep, dot, indexToLps, scale, add, type Vec3 } from '../../core/geometry/affine.ts';
import type { Grid } from '../../core/geometry/grid.ts';

export const PLANES = ['axial', 'coronal', 'sagittal'] as const;
export type Plane = (typeof PLANES)[number];

export interface PlaneAxes {
  /** Patient direction to the right and downwards in the picture. */
  readonly right: Vec3;
  readonly down: Vec3;
  /** Direction in which slices are counted. */
  readonly normal: Vec3;
  /** Patient axis (0 x, 1 y, 2 z) along the normal. */
  readonly axis: 0 | 1 | 2;
  /** Letters at the edges (PS3.3 C.7.6.1.1.1). */
  readonly letters: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  };
}

export const AXES: Readonly<Record<Plane, PlaneAxes>> = {
  axial: {
    right: [1, 0, 0],
    down: [0, 1, 0],
    normal: [0, 0, 1],
    axis: 2,
    letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
  },
  coronal: {
    right: [1, 0, 0],
    down: [0, 0, -1],
    normal: [0, 1, 0],
    axis: 1,
    letters: { left: 'R', right: 'L', top: 'H', bottom: 'F' },
  },
  sagittal: {
    right: [0, 1, 0],
    down: [0, 0, -1],
    normal: [1, 0, 0],
    axis: 0,
    letters: { left: 'A', right: 'P', top: 'H', bottom: 'F' },
  },
};

/** The slices of a plane: where the first lies along its normal (mm), their distance and number. */
export interface SliceStack {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** A box around all voxels of a grid (LPS mm, to the outer edges of the voxels). */
export interface Field {
  readonly low: Vec3;
  readonly high: Vec3;
}

export function fieldOf({ size, affine }: Grid): Field {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const i of [-0.5, size[0] - 0.5]) {
    for (const j of [-0.5, size[1] - 0.5]) {
      for (const k of [-0.5, size[2] - 0.5]) {
        const corner = indexToLps(affine, [i, j, k]);
        for (const axis of [0, 1, 2] as const) {
          low[axis] = Math.min(low[axis], corner[axis]);
          high[axis] = Math.max(high[axis], corner[axis]);
        }
      }
    }
  }
  return { low, high };
}

export function middleOf({ low, high }: Field): Vec3 {
  return scale(add(low, high), 0.5);
}

/**
 * The slices of a plane through a grid. Where the grid lies straight in the patient they are
 * its own slices; where it lies askew they are as far apart as the axis nearest the normal.
 */
export function stackOf(grid: Grid, plane: Plane): SliceStack {
  const { normal, axis } = AXES[plane];
  const steps = ([0, 1, 2] as const).map((n) => Math.abs(dot(axisStep(grid.affine, n), normal)));
  const step = Math.max(...steps);
  const field = fieldOf(grid);
  const extent = field.high[axis] - field.low[axis];
  const count = Math.max(1, Math.round(extent / step));
  return { first: field.low[axis] + (extent - (count - 1) * step) / 2, step, count };
}

/** Which slice (0-based) lies nearest a position along the normal (mm). */
export function sliceAt({ first, step, count }: SliceStack, mm: number): number {
  return Math.min(count - 1, Math.max(0, Math.round((mm - first) / step)));
}

export function sliceMm({ first, step }: SliceStack, slice: number): number {
  return first + slice * step;
}

/** What one picture shows: a plane, the point in its middle, and its scale. */
export interface SliceFrame {
  readonly plane: Plane;
  /** LPS mm; lies on the slice. */
  readonly center: Vec3;
  readonly mmPerPixel: number;
  readonly width: number;
  readonly height: number;
}

/** Patient position under a pixel of the picture. */
export function pixelToLps(frame: SliceFrame, x: number, y: number): Vec3 {
  const { right, down } = AXES[frame.plane];
  const across = (x - frame.width / 2) * frame.mmPerPixel;
  const along = (y - frame.height / 2) * frame.mmPerPixel;
  return add(add(frame.center, scale(right, across)), scale(down, along));
}

/** Pixel of the picture at which a patient position is seen (whatever its slice). */
export function lpsToPixel(frame: SliceFrame, point: Vec3): readonly [number, number] {
  const { right, down } = AXES[frame.plane];
  const from: Vec3 = [
    point[0] - frame.center[0],
    point[1] - frame.center[1],
    point[2] - frame.center[2],
  ];
  return [
    frame.width / 2 + dot(from, right) / frame.mmPerPixel,
    frame.height / 2 + dot(from, down) / frame.mmPerPixel,
  ];
}
