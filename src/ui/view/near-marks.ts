/** Which voxels too near to the brain lie in the slice of a picture. */
import { AXES, lpsToPixel, type SliceFrame } from './planes.ts';

export interface NearMarks {
  /** Pixels of the picture. */
  readonly pixels: readonly (readonly [number, number])[];
  /** The nearest of them (mm); Infinity where there is none. */
  readonly mm: number;
}

/** @param points four numbers each: LPS mm, and how near (mm) */
export function nearMarks(points: Float32Array, frame: SliceFrame, step: number): NearMarks {
  const { axis } = AXES[frame.plane];
  const pixels: (readonly [number, number])[] = [];
  let mm = Infinity;
  for (let n = 0; n < points.length; n += 4) {
    if (Math.abs((points[n + axis] as number) - frame.center[axis]) > step / 2) continue;
    const [x, y, z, near] = points.subarray(n, n + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    pixels.push(lpsToPixel(frame, [x, y, z]));
    mm = Math.min(mm, near);
  }
  return { pixels, mm };
}
