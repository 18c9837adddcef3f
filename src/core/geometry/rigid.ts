/**
 * The rigid motion (rotation and shift) that best takes one list of points to another:
 * Horn's closed form with unit quaternions (B. K. P. Horn, J. Opt. Soc. Am. A 4, 1987).
 */
import { affineFromColumns, subtract, type Affine, type Vec3 } from './affine.ts';

export interface RigidFit {
  /** Takes `from` to `to` (mm). */
  readonly affine: Affine;
  /** Root mean square distance left between moved and wanted points (mm). */
  readonly rmsMm: number;
}

/**
 * @param from at least three points that are not on a line
 * @param to the same points in the other frame
 */
export function fitRigid(from: readonly Vec3[], to: readonly Vec3[]): RigidFit {
  const [centerFrom, centerTo] = [meanOf(from), meanOf(to)];
  // Sums of products of centred coordinates, s[3a+b] = Σ from_a · to_b.
  const s = new Array<number>(9).fill(0);
  from.forEach((point, n) => {
    const a = subtract(point, centerFrom);
    const b = subtract(to[n] ?? centerTo, centerTo);
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) s[3 * r + c] = (s[3 * r + c] ?? 0) + (a[r] ?? 0) * (b[c] ?? 0);
    }
  });
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  // prettier-ignore
  const q = largestEigenvector([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, -xx + yy - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, -xx - yy + zz],
  ]);
  const rotation = rotationOf(q);
  const shift = subtract(centerTo, apply(rotation, centerFrom));
  let sum = 0;
  from.forEach((point, n) => {
    const moved = apply(rotation, point);
    const wanted = to[n] ?? centerTo;
    sum +=
      (moved[0] + shift[0] - wanted[0]) ** 2 +
      (moved[1] + shift[1] - wanted[1]) ** 2 +
      (moved[2] + shift[2] - wanted[2]) ** 2;
  });
  return {
    affine: affineFromColumns(rotation[0], rotation[1], rotation[2], shift),
    rmsMm: Math.sqrt(sum / from.length),
  };
}

/** Columns of a rotation matrix. */
type Columns = readonly [Vec3, Vec3, Vec3];

function apply([a, b, c]: Columns, [x, y, z]: Vec3): Vec3 {
  return [
    a[0] * x + b[0] * y + c[0] * z,
    a[1] * x + b[1] * y + c[1] * z,
    a[2] * x + b[2] * y + c[2] * z,
  ];
}

function rotationOf([w, x, y, z]: readonly [number, number, number, number]): Columns {
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)],
    [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)],
    [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)],
  ];
}

function meanOf(points: readonly Vec3[]): Vec3 {
  let [x, y, z] = [0, 0, 0];
  for (const p of points) {
    x += p[0];
    y += p[1];
    z += p[2];
  }
  return [x / points.length, y / points.length, z / points.length];
}

/** Of a symmetric 4×4 matrix, by power iteration on a shifted copy (its largest eigenvalue is then the largest in size). */
function largestEigenvector(
  matrix: readonly (readonly number[])[],
): readonly [number, number, number, number] {
  const shift = Math.max(
    ...matrix.map((row) => row.reduce((sum, v) => sum + Math.abs(v), 0)),
    1e-9,
  );
  // An asymmetric start: no eigenvector of a real case is orthogonal to it.
  let v = [1, 0.1, 0.01, 0.001];
  for (let step = 0; step < 2000; step++) {
    const next = matrix.map((row, r) =>
      row.reduce((sum, m, c) => sum + m * (v[c] ?? 0), shift * (v[r] ?? 0)),
    );
    const size = Math.hypot(...next);
    const unit = next.map((n) => n / size);
    const change = unit.reduce((sum, n, c) => sum + Math.abs(n - (v[c] ?? 0)), 0);
    v = unit;
    if (change < 1e-13) break;
  }
  return [v[0] ?? 1, v[1] ?? 0, v[2] ?? 0, v[3] ?? 0];
}
