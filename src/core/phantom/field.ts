/**
 * Signed distances on a lattice, in head coordinates: x to the person's left, y to the
 * back, z to the crown, in mm; the origin lies midway between the ear canals and the
 * plane z = 0 holds the lower orbital rims (the Frankfurt plane). Negative is inside.
 */
import type { Vec3 } from '../geometry/affine.ts';

export interface Box {
  readonly low: Vec3;
  readonly high: Vec3;
}

export interface Field {
  readonly origin: Vec3;
  /** Distance of neighbouring nodes (mm), the same along x, y and z. */
  readonly step: number;
  readonly size: readonly [number, number, number];
  /** x fastest. */
  readonly values: Float32Array;
}

/** Far outside: what a field holds where nothing was painted (mm). */
export const FAR = 30;

export function createField(box: Box, step: number): Field {
  const count = (axis: 0 | 1 | 2): number =>
    Math.max(2, Math.ceil((box.high[axis] - box.low[axis]) / step) + 1);
  const size = [count(0), count(1), count(2)] as const;
  const values = new Float32Array(size[0] * size[1] * size[2]).fill(FAR);
  return { origin: box.low, step, size, values };
}

/** The value at a point, trilinear; outside the lattice that of its nearest face. */
export function sample(field: Field, x: number, y: number, z: number): number {
  const { origin, step, size, values } = field;
  const [nx, ny, nz] = size;
  let u = (x - origin[0]) / step;
  let v = (y - origin[1]) / step;
  let w = (z - origin[2]) / step;
  u = u < 0 ? 0 : u > nx - 1.001 ? nx - 1.001 : u;
  v = v < 0 ? 0 : v > ny - 1.001 ? ny - 1.001 : v;
  w = w < 0 ? 0 : w > nz - 1.001 ? nz - 1.001 : w;
  const i = u | 0;
  const j = v | 0;
  const k = w | 0;
  const a = u - i;
  const b = v - j;
  const c = w - k;
  const at = i + nx * (j + ny * k);
  const up = at + nx * ny;
  // In range by the clamps above.
  const v000 = values[at] as number;
  const v010 = values[at + nx] as number;
  const v001 = values[up] as number;
  const v011 = values[up + nx] as number;
  const x00 = v000 + a * ((values[at + 1] as number) - v000);
  const x10 = v010 + a * ((values[at + nx + 1] as number) - v010);
  const x01 = v001 + a * ((values[up + 1] as number) - v001);
  const x11 = v011 + a * ((values[up + nx + 1] as number) - v011);
  const low = x00 + b * (x10 - x00);
  return low + c * (x01 + b * (x11 - x01) - low);
}

/** As `sample`, but FAR outside the lattice. */
export function sampleOr(field: Field, x: number, y: number, z: number): number {
  const { origin, step, size } = field;
  const u = (x - origin[0]) / step;
  const v = (y - origin[1]) / step;
  const w = (z - origin[2]) / step;
  if (u < 0 || v < 0 || w < 0 || u > size[0] - 1 || v > size[1] - 1 || w > size[2] - 1) return FAR;
  return sample(field, x, y, z);
}
