/**
 * A triangle mesh of the place where a field crosses a level: naive surface nets
 * (S. F. F. Gibson, MICCAI 1998). One vertex per crossed cell, in the mean of its edge
 * crossings: smoother than marching cubes at the same size, and half the code.
 */
import { axisStep, indexToLps, type Affine } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';

/** Positions and unit normals in LPS mm, three numbers a vertex; triangles are vertex indices. */
export interface Surface {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly triangles: Uint32Array;
}

/**
 * @param field one value a voxel, i fastest; the inside is where it is above the level
 */
export function surfaceOf(grid: Grid, field: Float32Array, level: number): Surface {
  const [ni, nj, nk] = grid.size;
  const [si, sj, sk] = [1, ni, ni * nj];
  const vertexOf = new Int32Array(ni * nj * nk).fill(-1);
  const points: number[] = [];
  const normals: number[] = [];
  const corners = new Float64Array(8);

  for (let k = 0; k < nk - 1; k++) {
    for (let j = 0; j < nj - 1; j++) {
      for (let i = 0; i < ni - 1; i++) {
        const v = i + sj * j + sk * k;
        let mask = 0;
        for (let c = 0; c < 8; c++) {
          const value = field[v + (c & 1) * si + ((c >> 1) & 1) * sj + (c >> 2) * sk] as number;
          corners[c] = value - level;
          if (value > level) mask |= 1 << c;
        }
        if (mask === 0 || mask === 255) continue;
        vertexOf[v] = points.length / 3;
        addVertex(points, normals, grid.affine, corners, i, j, k);
      }
    }
  }
  return {
    positions: Float32Array.from(points),
    normals: Float32Array.from(normals),
    triangles: Uint32Array.from(trianglesOf(grid, field, level, vertexOf)),
  };
}

/** Pairs of cell corners that share an edge. */
const EDGES: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [0, 2],
  [1, 3],
  [4, 6],
  [5, 7],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
];

function addVertex(
  points: number[],
  normals: number[],
  affine: Affine,
  corners: Float64Array,
  i: number,
  j: number,
  k: number,
): void {
  let [x, y, z, n] = [0, 0, 0, 0];
  for (const [a, b] of EDGES) {
    const [va, vb] = [corners[a] as number, corners[b] as number];
    if (va > 0 === vb > 0) continue;
    const t = va / (va - vb);
    x += (a & 1) + t * ((b & 1) - (a & 1));
    y += ((a >> 1) & 1) + t * (((b >> 1) & 1) - ((a >> 1) & 1));
    z += (a >> 2) + t * ((b >> 2) - (a >> 2));
    n++;
  }
  const point = indexToLps(affine, [i + x / n, j + y / n, k + z / n]);
  points.push(point[0], point[1], point[2]);

  // The normal points out of the inside: against the gradient of the field.
  const side = (bit: number): number => {
    let sum = 0;
    for (let c = 0; c < 8; c++) sum += c & bit ? (corners[c] as number) : -(corners[c] as number);
    return -sum;
  };
  const [gi, gj, gk] = [side(1), side(2), side(4)];
  const [di, dj, dk] = [axisStep(affine, 0), axisStep(affine, 1), axisStep(affine, 2)];
  const [li, lj, lk] = [lengthSquared(di), lengthSquared(dj), lengthSquared(dk)];
  const nx = (gi * di[0]) / li + (gj * dj[0]) / lj + (gk * dk[0]) / lk;
  const ny = (gi * di[1]) / li + (gj * dj[1]) / lj + (gk * dk[1]) / lk;
  const nz = (gi * di[2]) / li + (gj * dj[2]) / lj + (gk * dk[2]) / lk;
  const size = Math.hypot(nx, ny, nz) || 1;
  normals.push(nx / size, ny / size, nz / size);
}

/** Two triangles for every grid edge that is crossed, around the four cells that share it. */
function trianglesOf(
  { size: [ni, nj, nk] }: Grid,
  field: Float32Array,
  level: number,
  vertexOf: Int32Array,
): number[] {
  const [sj, sk] = [ni, ni * nj];
  const triangles: number[] = [];
  const quad = (a: number, b: number, c: number, d: number, flip: boolean): void => {
    const [va, vb, vc, vd] = [vertexOf[a], vertexOf[b], vertexOf[c], vertexOf[d]] as [
      number,
      number,
      number,
      number,
    ];
    if (va < 0 || vb < 0 || vc < 0 || vd < 0) return;
    if (flip) triangles.push(va, vc, vb, va, vd, vc);
    else triangles.push(va, vb, vc, va, vc, vd);
  };
  for (let k = 1; k < nk - 1; k++) {
    for (let j = 1; j < nj - 1; j++) {
      for (let i = 1; i < ni - 1; i++) {
        const v = i + sj * j + sk * k;
        const inside = (field[v] as number) > level;
        if (inside !== (field[v + 1] as number) > level)
          quad(v, v - sj, v - sj - sk, v - sk, !inside);
        if (inside !== (field[v + sj] as number) > level)
          quad(v, v - sk, v - 1 - sk, v - 1, !inside);
        if (inside !== (field[v + sk] as number) > level)
          quad(v, v - 1, v - 1 - sj, v - sj, !inside);
      }
    }
  }
  return triangles;
}

function lengthSquared(a: readonly [number, number, number]): number {
  return a[0] * a[0] + a[1] * a[1] + a[2] * a[2];
}
