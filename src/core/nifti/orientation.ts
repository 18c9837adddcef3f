/**
 * Where a NIfTI volume lies (nifti1.h, "3D IMAGE (VOLUME) ORIENTATION AND LOCATION IN
 * SPACE"). NIfTI's x, y, z point to Right, Anterior, Superior; ours to Left, Posterior,
 * Superior: this file is the only place that turns one into the other.
 */
import {
  affineFromColumns,
  cross,
  dot,
  spacingOf,
  type Affine,
  type Vec3,
} from '../geometry/affine.ts';

export interface OrientationFields {
  readonly qformCode: number;
  readonly sformCode: number;
  /** pixdim[0 … 3]: qfac, then the voxel size along i, j, k. */
  readonly pixdim: readonly [number, number, number, number];
  readonly quatern: Vec3;
  readonly qoffset: Vec3;
  /** srow_x, srow_y, srow_z: 12 numbers. */
  readonly srow: readonly number[];
  /** Millimetres for one unit of length of the file. */
  readonly millimetres: number;
}

export interface Orientation {
  /** Index to LPS mm. */
  readonly affine: Affine;
  readonly from: 'sform' | 'qform' | 'pixdim';
}

/**
 * sform where its code is above 0, else qform where its code is above 0, else the voxel
 * size alone (which says nothing of right and left). A matrix that spans no space is
 * passed over; null where none is left.
 */
export function orientationOf(fields: OrientationFields): Orientation | null {
  if (fields.sformCode > 0) {
    const affine = fromSform(fields);
    if (affine) return { affine, from: 'sform' };
  }
  if (fields.qformCode > 0) {
    const affine = fromQform(fields);
    if (affine) return { affine, from: 'qform' };
  }
  const [, di, dj, dk] = fields.pixdim.map(Math.abs) as [number, number, number, number];
  const affine = toLps([di, 0, 0], [0, dj, 0], [0, 0, dk], [0, 0, 0], fields.millimetres);
  return affine && { affine, from: 'pixdim' };
}

function fromSform({ srow, millimetres }: OrientationFields): Affine | null {
  const column = (c: number): Vec3 => [
    srow[c] as number,
    srow[4 + c] as number,
    srow[8 + c] as number,
  ];
  return toLps(column(0), column(1), column(2), column(3), millimetres);
}

function fromQform({ pixdim, quatern, qoffset, millimetres }: OrientationFields): Affine | null {
  let [b, c, d] = quatern;
  // Rounding can push the vector part past length 1 for turns by 180 degrees.
  const squares = b * b + c * c + d * d;
  let a = 0;
  if (squares > 1 - 1e-7) {
    const length = Math.sqrt(squares);
    [b, c, d] = [b / length, c / length, d / length];
  } else {
    a = Math.sqrt(1 - squares);
  }
  const [qfac, di, dj, dk] = pixdim;
  const kStep = qfac < 0 ? -dk : dk;
  // prettier-ignore
  return toLps(
    [di * (a * a + b * b - c * c - d * d), di * 2 * (b * c + a * d), di * 2 * (b * d - a * c)],
    [dj * 2 * (b * c - a * d), dj * (a * a + c * c - b * b - d * d), dj * 2 * (c * d + a * b)],
    [kStep * 2 * (b * d + a * c), kStep * 2 * (c * d - a * b), kStep * (a * a + d * d - c * c - b * b)],
    qoffset,
    millimetres,
  );
}

function toLps(di: Vec3, dj: Vec3, dk: Vec3, origin: Vec3, millimetres: number): Affine | null {
  const determinant = dot(di, cross(dj, dk));
  const numbers = [...di, ...dj, ...dk, ...origin];
  if (!numbers.every(Number.isFinite) || !(Math.abs(determinant) > 0)) return null;
  const turn = ([x, y, z]: Vec3): Vec3 => [-x * millimetres, -y * millimetres, z * millimetres];
  const affine = affineFromColumns(turn(di), turn(dj), turn(dk), turn(origin));
  // A voxel of micrometres or of metres is no picture of a head, whatever the header says.
  return spacingOf(affine).every((mm) => mm > 1e-3 && mm < 1e3) ? affine : null;
}
