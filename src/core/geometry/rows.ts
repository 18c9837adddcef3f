/** Walking a grid row by row through an affine: a matrix product a row, three additions a voxel. */
import type { Affine } from './affine.ts';

type Row = readonly [number, number, number, number];

/** The three rows of an affine: what x, y and z are made of. */
export interface Rows {
  readonly x: Row;
  readonly y: Row;
  readonly z: Row;
}

export function rowsOf(affine: Affine): Rows {
  const row = (n: number): Row => affine.slice(4 * n, 4 * n + 4) as unknown as Row;
  return { x: row(0), y: row(1), z: row(2) };
}

/** Where row j of slice k starts (i = 0); a step along i adds x[0], y[0], z[0]. */
export function along({ x, y, z }: Rows, j: number, k: number): [number, number, number] {
  return [x[1] * j + x[2] * k + x[3], y[1] * j + y[2] * k + y[3], z[1] * j + z[2] * k + z[3]];
}
