/** Values of one grid at the voxel centres of another. Both may be oblique or sheared. */
import { compose, invert, type Affine } from '../geometry/affine.ts';
import { voxelCount, type Grid, type Size } from '../geometry/grid.ts';

/** Anything whose elements are numbers. */
export type Values = ArrayLike<number>;

/**
 * Trilinear interpolation. A target voxel counts as inside where its centre lies within
 * half a voxel of the source's outermost centres; there the edge value is held.
 *
 * @param values on grid `from`, i fastest
 * @param outside value of target voxels outside the source
 */
export function resampleLinear(
  values: Values,
  from: Grid,
  to: Grid,
  outside: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(voxelCount(to)).fill(outside);
  const [ni, nj, nk] = from.size;
  const slice = ni * nj;
  walkRows(from, to, (first, count, x0, y0, z0, dx, dy, dz) => {
    for (let n = 0; n < count; n++) {
      const x = clamp(x0 + n * dx, ni - 1);
      const y = clamp(y0 + n * dy, nj - 1);
      const z = clamp(z0 + n * dz, nk - 1);
      const [i, j, k] = [x | 0, y | 0, z | 0];
      const [fx, fy, fz] = [x - i, y - j, z - k];
      const v = i + ni * j + slice * k;
      const right = fx > 0 ? 1 : 0;
      const back = fy > 0 ? ni : 0;
      const up = fz > 0 ? slice : 0;
      const low = bilinear(values, v, right, back, fx, fy);
      out[first + n] =
        up === 0 ? low : low + fz * (bilinear(values, v + up, right, back, fx, fy) - low);
    }
  });
  return out;
}

/** The value of the nearest voxel; for masks and labels. */
export function resampleNearest(
  voxels: Uint8Array,
  from: Grid,
  to: Grid,
  outside = 0,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(voxelCount(to)).fill(outside);
  const [ni, nj, nk] = from.size;
  walkRows(from, to, (first, count, x0, y0, z0, dx, dy, dz) => {
    for (let n = 0; n < count; n++) {
      const i = clamp(x0 + n * dx + 0.5, ni - 0.5) | 0;
      const j = clamp(y0 + n * dy + 0.5, nj - 0.5) | 0;
      const k = clamp(z0 + n * dz + 0.5, nk - 0.5) | 0;
      out[first + n] = voxels[i + ni * (j + nj * k)] as number;
    }
  });
  return out;
}

/** 1 where the centre of a target voxel lies in the field of view of `from`, else 0. */
export function fieldOfView(from: Grid, to: Grid): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(voxelCount(to));
  walkRows(from, to, (first, count) => out.fill(1, first, first + count));
  return out;
}

type RowVisitor = (
  first: number,
  count: number,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
) => void;

/**
 * Calls `visit` once per row of `to` that meets `from`: flat index and number of the target
 * voxels inside, source index (fractional) of the first of them, and the step to the next.
 */
function walkRows(from: Grid, to: Grid, visit: RowVisitor): void {
  const m = compose(invert(from.affine), to.affine);
  const [ni, nj, nk] = to.size;
  const [dx, dy, dz] = [at(m, 0), at(m, 4), at(m, 8)];
  let row = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++, row += ni) {
      const x = at(m, 1) * j + at(m, 2) * k + at(m, 3);
      const y = at(m, 5) * j + at(m, 6) * k + at(m, 7);
      const z = at(m, 9) * j + at(m, 10) * k + at(m, 11);
      const [start, end] = insideOf(from.size, ni, [x, y, z], [dx, dy, dz]);
      if (end <= start) continue;
      visit(row + start, end - start, x + start * dx, y + start * dy, z + start * dz, dx, dy, dz);
    }
  }
}

/** Which n of 0 … count − 1 put start + n·step within half a voxel of the source on each axis. */
function insideOf(
  size: Size,
  count: number,
  start: readonly [number, number, number],
  step: readonly [number, number, number],
): [number, number] {
  let first = 0;
  let end = count;
  for (const axis of [0, 1, 2] as const) {
    const inside = (n: number): boolean => {
      const p = start[axis] + n * step[axis];
      return p > -0.5 && p < size[axis] - 0.5;
    };
    if (Math.abs(step[axis]) < 1e-12) {
      if (!inside(0)) return [0, 0];
      continue;
    }
    const a = (-0.5 - start[axis]) / step[axis];
    const b = (size[axis] - 0.5 - start[axis]) / step[axis];
    first = Math.max(first, Math.ceil(Math.min(a, b)) - 1);
    end = Math.min(end, Math.floor(Math.max(a, b)) + 2);
    // Rounding: the ends are tried one by one, with the same sum that the loops use.
    while (first < end && !inside(first)) first++;
    while (end > first && !inside(end - 1)) end--;
  }
  return [first, end];
}

function bilinear(
  values: Values,
  v: number,
  right: number,
  back: number,
  fx: number,
  fy: number,
): number {
  const a = values[v] as number;
  const front = a + fx * ((values[v + right] as number) - a);
  if (back === 0) return front;
  const b = values[v + back] as number;
  return front + fy * (b + fx * ((values[v + back + right] as number) - b) - front);
}

function clamp(value: number, high: number): number {
  return value < 0 ? 0 : value > high ? high : value;
}

function at(affine: Affine, n: number): number {
  return affine[n] as number;
}
