/** Whether a grid can be that of a scan of a head at all, whatever its voxels hold. */
import { because } from '../error-reasons.ts';
import type { ErrorRecord } from '../errors.ts';
import { axisStep, dot, spacingOf } from './affine.ts';
import type { Grid } from './grid.ts';

/** Voxels of heads lie between these (mm); slices of 10 mm occur. */
const SPACING_MM = { low: 0.04, high: 20 } as const;
/** A scan of a whole person is shorter (mm). */
const LONGEST_MM = 2600;
/** In less than this (mm), in whatever direction, no face can be recognized. */
const SHORTEST_MM = 20;
/** Gantries lean by up to 30°; axes nearer to each other than 45° are a fault of the header. */
const LARGEST_COSINE = Math.SQRT1_2;

/** Why no head can be looked for in such a grid; null where one can. */
export function implausibleGrid({ size, affine }: Grid): ErrorRecord | null {
  const spacing = spacingOf(affine);
  const fault = (...reason: Parameters<typeof because>): ErrorRecord => ({
    code: 'geometry/implausible',
    details: because(...reason),
  });
  if (!affine.every(Number.isFinite)) return fault('grid/no-numbers');
  for (const mm of spacing) {
    if (mm < SPACING_MM.low || mm > SPACING_MM.high) {
      return fault('grid/voxel-length', { mm: round(mm) });
    }
  }
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const cosine = dot(axisStep(affine, a), axisStep(affine, b)) / (spacing[a] * spacing[b]);
    if (Math.abs(cosine) > LARGEST_COSINE) {
      const degrees = (Math.acos(Math.min(1, Math.abs(cosine))) * 180) / Math.PI;
      return fault('grid/sheared', { degrees: degrees.toFixed(0) });
    }
  }
  const extents = spacing.map((mm, axis) => mm * (size[axis] as number));
  const longest = Math.max(...extents);
  if (longest > LONGEST_MM) return fault('grid/too-long', { metres: (longest / 1000).toFixed(1) });
  const shortest = Math.min(...extents);
  if (shortest < SHORTEST_MM) {
    return { code: 'geometry/too-little-covered', details: { mm: round(shortest) } };
  }
  return null;
}

function round(mm: number): number {
  return Number(mm.toPrecision(2));
}
