/**
 * Modality values to network input, about 0 … 1.2. The same rule as
 * training/efface_training/normalise.py, to the last bit that matters: the network knows
 * only images that went through it.
 */
import { percentile } from '../volume/statistics.ts';

/** HU and what becomes of it; linear between, held beyond. */
const CT_POINTS = [
  [-1000, 0],
  [-200, 0.25],
  [100, 0.8],
  [1000, 1.2],
] as const;
const MR_LOW = 0.005;
const MR_HIGH = 0.995;
const MR_TOP = 1.2;

/**
 * @param values HU; overwritten with the result
 * @param inView 1 in the field of view; elsewhere the result is 0
 */
export function normalizeCt(values: Float32Array, inView: Uint8Array): void {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = CT_POINTS;
  const [s0, s1, s2] = [(y1 - y0) / (x1 - x0), (y2 - y1) / (x2 - x1), (y3 - y2) / (x3 - x2)];
  for (let v = 0; v < values.length; v++) {
    const hu = values[v] as number;
    let out = y3 as number;
    if (inView[v] === 0 || hu <= x0) out = y0;
    else if (hu < x1) out = y0 + s0 * (hu - x0);
    else if (hu < x2) out = y1 + s1 * (hu - x1);
    else if (hu < x3) out = y2 + s2 * (hu - x2);
    values[v] = out;
  }
}

/** What `normalizeCt` made, in HU again (held at −1000 and 1000). */
export function hounsfieldOf(normalized: number): number {
  for (let n = 1; n < CT_POINTS.length; n++) {
    const [x0, y0] = CT_POINTS[n - 1] as readonly [number, number];
    const [x1, y1] = CT_POINTS[n] as readonly [number, number];
    if (normalized <= y1) return x0 + ((Math.max(y0, normalized) - y0) / (y1 - y0)) * (x1 - x0);
  }
  return CT_POINTS[3][0];
}

/**
 * Any MR contrast: 0.5 % and 99.5 % of the values in view that exceed the smallest become
 * 0 and 1; held at 0 and 1.2.
 *
 * @param values arbitrary units; overwritten with the result
 * @param inView 1 in the field of view; elsewhere the result is 0
 */
export function normalizeMr(values: Float32Array, inView: Uint8Array): void {
  let lowest = Infinity;
  for (let v = 0; v < values.length; v++) {
    if (inView[v] !== 0) lowest = Math.min(lowest, values[v] as number);
  }
  const signal = new Float32Array(values.length);
  let n = 0;
  for (let v = 0; v < values.length; v++) {
    const value = values[v] as number;
    if (inView[v] !== 0 && value > lowest) signal[n++] = value;
  }
  const used = signal.subarray(0, n);
  const low = n > 0 ? percentile(used, MR_LOW) : 0;
  const high = n > 0 ? percentile(used, MR_HIGH) : 0;
  if (!(high > low)) {
    values.fill(0);
    return;
  }
  for (let v = 0; v < values.length; v++) {
    const scaled = ((values[v] as number) - low) / (high - low);
    values[v] = inView[v] === 0 ? 0 : Math.min(MR_TOP, Math.max(0, scaled));
  }
}
