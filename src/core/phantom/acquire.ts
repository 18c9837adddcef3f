/** Grids as scanners lay them: plane, slice distance, gantry tilt, position of the patient. */
import { affineFromColumns, add, scale, type Vec3 } from '../geometry/affine.ts';
import type { Grid, Size } from '../geometry/grid.ts';

export type Plane = 'axial' | 'sagittal' | 'coronal';

/** PatientPosition (0018,5100): how the person lies. Coordinates stay those of the person. */
export type Position = 'HFS' | 'HFP' | 'HFDL' | 'HFDR';

export interface AcquisitionOptions {
  readonly plane?: Plane;
  /** Columns, rows, slices. */
  readonly size: Size;
  /** Distance of columns, of rows, of slices (mm). */
  readonly spacing: Vec3;
  /** LPS mm of the middle of the grid. */
  readonly center?: Vec3;
  /** CT, axial: the slices lean while the table moves straight on (PS3.3 C.8.2.1.1.2). */
  readonly tiltDeg?: number;
  /** Axial only. */
  readonly position?: Position;
}

/** Row, column and slice directions (LPS unit vectors). */
const PLANES: Readonly<Record<Plane, readonly [Vec3, Vec3, Vec3]>> = {
  axial: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
    [-1, 0, 0],
  ],
  coronal: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
};

const POSITIONS: Readonly<Record<Position, readonly [Vec3, Vec3]>> = {
  HFS: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  HFP: [
    [-1, 0, 0],
    [0, -1, 0],
  ],
  HFDL: [
    [0, -1, 0],
    [1, 0, 0],
  ],
  HFDR: [
    [0, 1, 0],
    [-1, 0, 0],
  ],
};

/** k counts slices; i runs along a row, j down the columns. */
export function acquisitionGrid(options: AcquisitionOptions): Grid {
  const { plane = 'axial', size, spacing, center = [0, -8, 10], tiltDeg = 0 } = options;
  let [row, column, slice] = PLANES[plane];
  if (plane === 'axial') {
    const [across, down] = POSITIONS[options.position ?? 'HFS'];
    const t = (tiltDeg * Math.PI) / 180;
    row = across;
    column = add(scale(down, Math.cos(t)), [0, 0, -Math.sin(t)]);
    slice = [0, 0, 1];
  }
  const [di, dj, dk] = [
    scale(row, spacing[0]),
    scale(column, spacing[1]),
    scale(slice, spacing[2]),
  ];
  const half = (n: number): number => -(n - 1) / 2;
  const origin = add(
    add(center, scale(di, half(size[0]))),
    add(scale(dj, half(size[1])), scale(dk, half(size[2]))),
  );
  return { size, affine: affineFromColumns(di, dj, dk, origin) };
}
