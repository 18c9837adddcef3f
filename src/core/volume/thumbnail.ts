/** A small grey picture of a volume for a list: a slice through its middle, seen from the side. */
import { axisStep, spacingOf } from '../geometry/affine.ts';
import { displayWindow } from './display.ts';
import { rescaleOf, type Volume } from './volume.ts';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** One grey byte a pixel, rows from the crown down, the face to the left. */
  readonly pixels: Uint8Array;
}

/** @param size pixels along the longer side */
export function thumbnailOf(volume: Volume, size = 96): Thumbnail {
  const { affine, size: n } = volume.grid;
  const spacing = spacingOf(affine);
  // Which array axis runs across the head (x), which front to back (y), which up (z)?
  const axes = ([0, 1, 2] as const).map((axis) => axisStep(affine, axis));
  const [across, back, up] = assign(axes);
  const [lengthBack, lengthUp] = [n[back.axis] * spacing[back.axis], n[up.axis] * spacing[up.axis]];
  const scale = size / Math.max(lengthBack, lengthUp);
  const width = Math.max(1, Math.round(lengthBack * scale));
  const height = Math.max(1, Math.round(lengthUp * scale));
  const values = new Float32Array(width * height);
  const index: [number, number, number] = [0, 0, 0];
  index[across.axis] = Math.floor(n[across.axis] / 2);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      index[back.axis] = pick((c + 0.5) / width, n[back.axis], back.sign > 0);
      index[up.axis] = pick((r + 0.5) / height, n[up.axis], up.sign < 0);
      const v = index[0] + n[0] * (index[1] + n[1] * index[2]);
      const { slope, intercept } = rescaleOf(volume, index[2]);
      const value = (volume.stored[v] as number) * slope + intercept;
      values[r * width + c] = value === value ? value : 0;
    }
  }
  const { lower, upper } = displayWindow(volume.modality, {
    voxels: values,
    rescale: { slope: 1, intercept: 0 },
  });
  const pixels = Uint8Array.from(values, (value) =>
    Math.max(0, Math.min(255, Math.round((255 * (value - lower)) / (upper - lower)))),
  );
  return { width, height, pixels };
}

/** Index at a fraction of an axis, counted from its start or its end. */
function pick(fraction: number, n: number, fromStart: boolean): number {
  const at = Math.min(n - 1, Math.floor(fraction * n));
  return fromStart ? at : n - 1 - at;
}

interface Axis {
  readonly axis: 0 | 1 | 2;
  readonly sign: number;
}

/** The array axes nearest to x, y and z of the patient, each used once. */
function assign(steps: readonly (readonly [number, number, number])[]): [Axis, Axis, Axis] {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const;
  const part = (axis: number, direction: number): number => {
    const step = steps[axis] as readonly [number, number, number];
    return (step[direction] as number) / Math.hypot(step[0], step[1], step[2]);
  };
  const fit = (order: readonly number[]): number =>
    order.reduce((sum, axis, direction) => sum + Math.abs(part(axis, direction)), 0);
  const best = orders.reduce((a, b) => (fit(b) > fit(a) ? b : a));
  const axisOf = (direction: 0 | 1 | 2): Axis => ({
    axis: best[direction],
    sign: Math.sign(part(best[direction], direction)) || 1,
  });
  return [axisOf(0), axisOf(1), axisOf(2)];
}
