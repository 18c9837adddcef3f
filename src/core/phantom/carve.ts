/** Painting shapes into fields: unions, cuts and intersections with rounded seams. */
import { createField, FAR, type Box, type Field } from './field.ts';
import type { Shape } from './shapes.ts';

/** One step of making a body. `round` is the width (mm) of the rounded seam. */
export interface Stroke {
  readonly how: 'add' | 'cut' | 'keep';
  readonly shape: Shape;
  readonly round: number;
}

export const add = (shape: Shape, round = 0): Stroke => ({ how: 'add', shape, round });
export const cut = (shape: Shape, round = 0): Stroke => ({ how: 'cut', shape, round });
/** Keeps only what lies in the shape too. */
export const keep = (shape: Shape, round = 0): Stroke => ({ how: 'keep', shape, round });

/** Distances are right up to here outside a shape (mm); beyond they only stay positive. */
const REACH = 8;

export function paintNew(
  box: Box,
  step: number,
  strokes: readonly Stroke[],
  reachMm = REACH,
): Field {
  const field = createField(box, step);
  for (const stroke of strokes) paint(field, stroke, reachMm);
  return field;
}

export function paint(field: Field, { how, shape, round }: Stroke, reachMm = REACH): void {
  const { origin, step, size, values } = field;
  const reach = how === 'keep' ? 1e6 : reachMm + round;
  const low = (axis: 0 | 1 | 2): number =>
    Math.max(0, Math.ceil((shape.box.low[axis] - reach - origin[axis]) / step));
  const high = (axis: 0 | 1 | 2): number =>
    Math.min(size[axis] - 1, Math.floor((shape.box.high[axis] + reach - origin[axis]) / step));
  const [i0, i1] = [low(0), high(0)];
  if (i1 < i0) return;
  const count = i1 - i0 + 1;
  const row = new Float64Array(count);
  const k = Math.max(round, 1e-6);
  for (let kz = low(2), kEnd = high(2); kz <= kEnd; kz++) {
    for (let jy = low(1), jEnd = high(1); jy <= jEnd; jy++) {
      shape.row(
        row,
        count,
        origin[0] + i0 * step,
        step,
        origin[1] + jy * step,
        origin[2] + kz * step,
      );
      const at = i0 + size[0] * (jy + size[1] * kz);
      for (let n = 0; n < count; n++) {
        const a = values[at + n] as number;
        const b = row[n] as number;
        if (how === 'add') {
          const h = Math.max(k - Math.abs(a - b), 0) / k;
          values[at + n] = Math.min(a, b) - (h * h * k) / 4;
        } else {
          const c = how === 'cut' ? -b : b;
          const h = Math.max(k - Math.abs(a - c), 0) / k;
          values[at + n] = Math.min(FAR, Math.max(a, c) + (h * h * k) / 4);
        }
      }
    }
  }
}
