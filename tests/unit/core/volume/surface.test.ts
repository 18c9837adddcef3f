import { describe, expect, test } from 'vitest';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { surfaceOf } from '../../../../src/core/volume/surface.ts';

/** A ball of 10 mm around (5, −3, 2). */
function ball() {
  const grid = uprightGrid([20, 24, 28], 1.5, [5, -3, 2]);
  const field = new Float32Array(20 * 24 * 28);
  let v = 0;
  for (let k = 0; k < 28; k++) {
    for (let j = 0; j < 24; j++) {
      for (let i = 0; i < 20; i++, v++) {
        const [x, y, z] = [(i - 9.5) * 1.5, (j - 11.5) * 1.5, (k - 13.5) * 1.5];
        field[v] = 10 - Math.hypot(x, y, z);
      }
    }
  }
  return surfaceOf(grid, field, 0);
}

describe('surfaceOf', () => {
  test('puts every vertex of a ball on its surface to a quarter of a voxel', () => {
    const { positions } = ball();
    for (let p = 0; p < positions.length; p += 3) {
      const r = Math.hypot(positions[p]! - 5, positions[p + 1]! + 3, positions[p + 2]! - 2);
      expect(Math.abs(r - 10)).toBeLessThan(0.4);
    }
  });

  test('is closed, and its normals and triangles point outwards', () => {
    const { positions, normals, triangles } = ball();
    const edges = new Map<string, number>();
    let volume = 0;
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
      for (const [p, q] of [
        [a, b],
        [b, c],
        [c, a],
      ] as const) {
        edges.set(`${p},${q}`, (edges.get(`${p},${q}`) ?? 0) + 1);
      }
      const at = (n: number) =>
        [positions[3 * n]!, positions[3 * n + 1]!, positions[3 * n + 2]!] as const;
      const [pa, pb, pc] = [at(a), at(b), at(c)];
      volume +=
        (pa[0] * (pb[1] * pc[2] - pb[2] * pc[1]) -
          pa[1] * (pb[0] * pc[2] - pb[2] * pc[0]) +
          pa[2] * (pb[0] * pc[1] - pb[1] * pc[0])) /
        6;
    }
    for (const edge of edges.keys()) {
      const [p, q] = edge.split(',');
      expect(edges.has(`${q},${p}`)).toBe(true);
    }
    expect(volume).toBeGreaterThan(3900);
    expect(volume).toBeLessThan(4400);
    expect(
      normals[0]! * (positions[0]! - 5) +
        normals[1]! * (positions[1]! + 3) +
        normals[2]! * (positions[2]! - 2),
    ).toBeGreaterThan(9);
  });
});
