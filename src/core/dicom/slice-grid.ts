/**
 * From the positions of slices to one even grid (dicom.md §3.2). Geometry comes from
 * ImagePositionPatient and ImageOrientationPatient only: SliceThickness,
 * SpacingBetweenSlices and SliceLocation are wrong too often.
 *
 * Masks and the network need even steps, so a grid is always even, and it is right for
 * every slice: where one is missing, or where the spacing changes, grid positions without
 * a file are left between (`null`), and voxels there are filled in when the scan is
 * loaded. A tilted gantry gives a sheared affine, because the step along k is taken from
 * the positions and not from the normal.
 */
import { affineFromColumns, dot, norm, scale, subtract, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import type { ErrorRecord } from '../errors.ts';
import { scanWarning, type ScanWarning } from '../scan-warnings.ts';

/** A slice may lie this share of the spacing off the even grid, and so many mm within its plane. */
const MAX_OFF_SHARE = 0.1;
const MAX_OFF_IN_PLANE_MM = 0.5;
/** A hole larger than this (mm, and in usual steps) is no missing slice but a missing part. */
const MAX_HOLE_MM = 30;
const MAX_HOLE_STEPS = 3;
/** Share of places without a slice in a stack that still counts as even. */
const MAX_HOLES = 0.1;
/** Finest division of the smallest gap that is tried for changing spacings. */
const MAX_DIVISION = 6;
const MIN_STEP_MM = 0.3;
/** Irregularities below these are rounding in the header. */
const SAID_SHARE = 0.005;
const SAID_MM = 0.02;
const SAID_TILT_DEG = 0.3;

export interface SlicePlane {
  /** Unit vectors along a row and along a column. */
  readonly row: Vec3;
  readonly column: Vec3;
  /** Unit normal, row × column: slices are sorted along it. */
  readonly normal: Vec3;
  /** Distance between rows, then between columns (mm). */
  readonly pixelSpacing: readonly [number, number];
}

export type SliceGrid =
  | {
      readonly grid: Grid;
      /** Which slice lies at each k; null where none does. */
      readonly order: readonly (number | null)[];
      /** Whether the usual spacing fits all slices with hardly a place left empty. */
      readonly isEven: boolean;
      readonly warnings: readonly ScanWarning[];
    }
  | { readonly problem: ErrorRecord };

/**
 * @param origins ImagePositionPatient of at least two slices, ascending along the normal,
 *   no two in one place (LPS mm)
 * @param size columns and rows
 */
export function gridOfSlices(
  plane: SlicePlane,
  origins: readonly Vec3[],
  size: readonly [columns: number, rows: number],
): SliceGrid {
  const heights = origins.map((origin) => dot(origin, plane.normal));
  const gaps = heights.slice(1).map((height, n) => height - (heights[n] ?? 0));
  const usual = median(gaps);
  const largest = Math.max(...gaps);
  const problem: ErrorRecord = {
    code: 'geometry/uneven-slices',
    details: { gap: rounded(largest), spacing: rounded(usual) },
  };
  if (largest > MAX_HOLE_MM && largest > MAX_HOLE_STEPS * usual) return { problem };

  const smallest = Math.min(...gaps);
  const steps = [usual];
  for (let n = 1; n <= MAX_DIVISION; n++) steps.push(smallest / n);
  for (const step of steps) {
    const fit =
      step >= MIN_STEP_MM || step === usual
        ? fitEven(plane, origins, heights, step, smallest)
        : null;
    if (!fit) continue;
    const [spacingRows, spacingColumns] = plane.pixelSpacing;
    const affine = affineFromColumns(
      scale(plane.row, spacingColumns),
      scale(plane.column, spacingRows),
      fit.step,
      fit.origin,
    );
    const order: (number | null)[] = new Array<null>((fit.places.at(-1) ?? 0) + 1).fill(null);
    fit.places.forEach((k, n) => {
      order[k] = n;
    });
    return {
      grid: { size: [size[0], size[1], order.length], affine },
      order,
      isEven: step === usual && order.length - origins.length <= MAX_HOLES * order.length,
      warnings: warningsOf(plane, fit, gaps, step === usual),
    };
  }
  return { problem };
}

interface EvenFit {
  readonly origin: Vec3;
  readonly step: Vec3;
  /** k of each slice, ascending from 0. */
  readonly places: readonly number[];
}

/** The even grid closest to the slices (least squares), or null where one of them is too far off. */
function fitEven(
  { normal }: SlicePlane,
  origins: readonly Vec3[],
  heights: readonly number[],
  step: number,
  smallest: number,
): EvenFit | null {
  const start = heights[0] ?? 0;
  let places = heights.map((height) => Math.round((height - start) / step));
  let line = fitLine(origins, places);
  // Steps that add up to more than half a slice over the stack put slices in the wrong place at first.
  for (let round = 0; round < 3; round++) {
    const [at, along] = [dot(line.origin, normal), dot(line.step, normal)];
    if (!(along > 0)) return null;
    const first = Math.round((start - at) / along);
    const again = heights.map((height) => Math.round((height - at) / along) - first);
    if (again.every((k, n) => k === places[n])) break;
    places = again;
    line = fitLine(origins, places);
  }
  if (places.some((k, n) => n > 0 && k <= (places[n - 1] ?? 0))) return null;
  let [off, offInPlane] = [0, 0];
  origins.forEach((origin, n) => {
    const on: Vec3 = [0, 1, 2].map(
      (axis) => (line.origin[axis] ?? 0) + (places[n] ?? 0) * (line.step[axis] ?? 0),
    ) as unknown as Vec3; // three axes give three numbers
    const error = subtract(origin, on);
    const along = dot(error, normal);
    off = Math.max(off, Math.abs(along));
    offInPlane = Math.max(offInPlane, norm(subtract(error, scale(normal, along))));
  });
  if (off > MAX_OFF_SHARE * smallest || offInPlane > MAX_OFF_IN_PLANE_MM) return null;
  return { ...line, places };
}

/** Least squares of origin = first + k · step, each axis on its own. */
function fitLine(
  origins: readonly Vec3[],
  places: readonly number[],
): { readonly origin: Vec3; readonly step: Vec3 } {
  const n = origins.length;
  const meanK = places.reduce((sum, k) => sum + k, 0) / n;
  const spread = places.reduce((sum, k) => sum + (k - meanK) ** 2, 0);
  const fitAxis = (axis: 0 | 1 | 2): readonly [number, number] => {
    const mean = origins.reduce((sum, origin) => sum + origin[axis], 0) / n;
    const slope =
      origins.reduce(
        (sum, origin, m) => sum + ((places[m] ?? 0) - meanK) * (origin[axis] - mean),
        0,
      ) / spread;
    return [mean - slope * meanK, slope];
  };
  const [x, y, z] = [fitAxis(0), fitAxis(1), fitAxis(2)];
  return { origin: [x[0], y[0], z[0]], step: [x[1], y[1], z[1]] };
}

function warningsOf(
  plane: SlicePlane,
  { step, places }: EvenFit,
  gaps: readonly number[],
  isUsual: boolean,
): ScanWarning[] {
  const warnings: ScanWarning[] = [];
  const spacing = dot(step, plane.normal);
  const holes = (places.at(-1) ?? 0) + 1 - places.length;
  const [low, high] = [Math.min(...gaps), Math.max(...gaps)];
  if (holes > 0 && isUsual) {
    const figures = { gap: rounded(high), spacing: rounded(spacing) };
    warnings.push(
      holes === 1
        ? scanWarning('missing-slice/one', figures)
        : scanWarning('missing-slice/many', { slices: holes, ...figures }),
    );
  } else if (holes > 0) {
    warnings.push(
      scanWarning('uneven-slices/distance', { low: rounded(low), high: rounded(high) }),
    );
  }
  const steps = gaps.map((gap, n) => gap / ((places[n + 1] ?? 0) - (places[n] ?? 0)));
  const [least, most] = [Math.min(...steps), Math.max(...steps)];
  if (most - least > Math.max(SAID_MM, SAID_SHARE * spacing)) {
    warnings.push(
      scanWarning('uneven-slices/steps', {
        low: rounded(least),
        high: rounded(most),
        spacing: rounded(spacing),
      }),
    );
  }
  const tilt = (Math.acos(Math.min(1, spacing / norm(step))) * 180) / Math.PI;
  if (tilt > SAID_TILT_DEG) {
    warnings.push(scanWarning('gantry-tilt', { degrees: tilt.toFixed(1) }));
  }
  return warnings;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

function rounded(mm: number): number {
  return Math.round(mm * 100) / 100;
}
