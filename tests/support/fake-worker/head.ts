/** A crude head of ellipsoids (LPS mm): enough to look at while a view is designed or tested. */
import { affineFromColumns, indexToLps } from '../../../src/core/geometry/affine.ts';
import { uprightGrid, type Grid } from '../../../src/core/geometry/grid.ts';
import type { Modality } from '../../../src/core/volume/volume.ts';
import { surfaceOf } from '../../../src/core/volume/surface.ts';
import type { Surface } from '../../../workers/api.ts';

const SPACING = 1.5;
export const GRID: Grid = {
  size: [132, 164, 160],
  affine: affineFromColumns(
    [SPACING, 0, 0],
    [0, SPACING, 0],
    [0, 0, SPACING],
    [-98.25, -138.25, -148.5],
  ),
};
const COARSE = uprightGrid([66, 82, 80], 3, [0, -16, -30]);
const BOTTOM = -140;

type Ellipsoid = readonly [number, number, number, number, number, number];
const SKIN: readonly Ellipsoid[] = [
  [0, 0, 0, 76, 96, 82],
  [0, -40, -58, 58, 58, 72],
  [0, -102, -42, 12, 18, 22],
  [0, -92, -92, 26, 16, 20],
  [79, 4, -36, 9, 15, 28],
  [-79, 4, -36, 9, 15, 28],
];

export function isSkin(x: number, y: number, z: number): boolean {
  if (z < BOTTOM) return false;
  if (z < -50 && (x / 56) ** 2 + ((y - 14) / 60) ** 2 < 1) return true;
  return SKIN.some((e) => inside(e, x, y, z));
}

export function isBrain(x: number, y: number, z: number): boolean {
  return inside([0, 2, 6, 62, 82, 66], x, y, z);
}

/** What is taken away: everything in front of a curved wall, and the ears; not near the brain. */
export function isRemoved(x: number, y: number, z: number): boolean {
  return (isFaceZone(x, y, z) || isEarZone(x, y, z)) && !inside([0, 2, 6, 69, 89, 73], x, y, z);
}

/** The same gone wrong: brain is taken too, and the left ear stays. */
export function isWronglyRemoved(x: number, y: number, z: number): boolean {
  return isFaceZone(x, y, z) || (x < 0 && isEarZone(x, y, z));
}

/** Only the left ear stays. */
export function isEarLeft(x: number, y: number, z: number): boolean {
  return isRemoved(x, y, z) && !(x > 0 && isEarZone(x, y, z));
}

export function isEarZone(x: number, y: number, z: number): boolean {
  return Math.abs(x) > 71 && z < 4 && z > -75 && y > -26 && y < 30;
}

function isFaceZone(x: number, y: number, z: number): boolean {
  return z < 2 && z > -128 && y < -58 + (x * x) / 220 - (z < -90 ? (z + 90) * 0.5 : 0);
}

export function valueAt(modality: Modality, x: number, y: number, z: number): number {
  if (!isSkin(x, y, z)) return modality === 'CT' ? -1000 : 4;
  const ripple = 12 * Math.sin(x / 4) * Math.cos(y / 5) * Math.sin(z / 6);
  if (isBrain(x, y, z))
    return (modality === 'CT' ? 34 : 620) + ripple * (modality === 'CT' ? 1 : 9);
  if (inside([0, 2, 6, 70, 90, 75], x, y, z)) return modality === 'CT' ? 1100 : 90;
  if (inside([0, -70, -60, 16, 20, 26], x, y, z)) return modality === 'CT' ? -900 : 20;
  if (inside([0, -62, -70, 44, 34, 44], x, y, z) && !inside([0, -58, -70, 38, 30, 38], x, y, z)) {
    return modality === 'CT' ? 900 : 120;
  }
  return (modality === 'CT' ? 45 : 420) + ripple;
}

/** The surface of a part of the head, by eye. */
export function partMesh(isIn: (x: number, y: number, z: number) => boolean): Surface {
  const field = new Float32Array(COARSE.size[0] * COARSE.size[1] * COARSE.size[2]);
  field.forEach((_, v) => {
    const [ni, nj] = COARSE.size;
    const index = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))] as const;
    const [x, y, z] = indexToLps(COARSE.affine, index);
    field[v] = isIn(x, y, z) ? 1 : 0;
  });
  return surfaceOf(COARSE, field, 0.5);
}

/** The outermost skin seen from a middle point, as a mesh of latitude and longitude. */
export function skinMesh(isSolid: (x: number, y: number, z: number) => boolean): Surface {
  const [rows, columns] = [110, 200];
  const center = [0, 0, -40] as const;
  const positions = new Float32Array((rows + 1) * columns * 3);
  for (let row = 0; row <= rows; row++) {
    const polar = (Math.PI * row) / rows;
    for (let column = 0; column < columns; column++) {
      const turn = (2 * Math.PI * column) / columns;
      const direction = [
        Math.sin(polar) * Math.cos(turn),
        Math.sin(polar) * Math.sin(turn),
        Math.cos(polar),
      ] as const;
      let radius = 170;
      while (
        radius > 0 &&
        !isSolid(
          center[0] + direction[0] * radius,
          center[1] + direction[1] * radius,
          center[2] + direction[2] * radius,
        )
      ) {
        radius -= 0.8;
      }
      const n = 3 * (row * columns + column);
      for (let axis = 0; axis < 3; axis++) {
        positions[n + axis] = (center[axis] as number) + (direction[axis] as number) * radius;
      }
    }
  }
  const triangles: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const next = (column + 1) % columns;
      const [a, b] = [row * columns + column, row * columns + next];
      const [c, d] = [a + columns, b + columns];
      triangles.push(a, c, b, b, c, d);
    }
  }
  return {
    positions,
    normals: normalsOf(positions, triangles),
    triangles: Uint32Array.from(triangles),
  };
}

function inside([cx, cy, cz, rx, ry, rz]: Ellipsoid, x: number, y: number, z: number): boolean {
  return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2 < 1;
}

function normalsOf(positions: Float32Array, triangles: readonly number[]): Float32Array {
  const normals = new Float32Array(positions.length);
  const p = (vertex: number, axis: number): number => positions[3 * vertex + axis] as number;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = triangles.slice(t, t + 3) as [number, number, number];
    const u = [0, 1, 2].map((axis) => p(b, axis) - p(a, axis)) as [number, number, number];
    const v = [0, 1, 2].map((axis) => p(c, axis) - p(a, axis)) as [number, number, number];
    const n = [
      u[1] * v[2] - u[2] * v[1],
      u[2] * v[0] - u[0] * v[2],
      u[0] * v[1] - u[1] * v[0],
    ] as const;
    for (const vertex of [a, b, c]) {
      for (let axis = 0; axis < 3; axis++) {
        normals[3 * vertex + axis] = (normals[3 * vertex + axis] as number) + (n[axis] as number);
      }
    }
  }
  for (let v = 0; v < normals.length; v += 3) {
    const length = Math.hypot(...normals.subarray(v, v + 3)) || 1;
    for (let axis = 0; axis < 3; axis++) normals[v + axis] = (normals[v + axis] as number) / length;
  }
  return normals;
}
