/**
 * The attack on a likeness: who knows that a face was blurred or cut into blocks does the same to
 * his gallery before he compares. It takes a depth map alone: the space behind the skin is filled,
 * averaged as the method does, and looked at again with the threshold of the skin.
 */
import type { HeadMaps } from './depth-map.ts';
import { CELL_MM, columnsOf, PANES, rowsOf, startOf } from './views.ts';

/** What the two methods do (deface/blur.ts, deface/pixelate.ts). */
export const SIGMA_MM = 8;
export const BLOCK_MM = 12;
/**
 * The matcher's skin begins at this share of soft tissue: 12 % of the brightest per cent of a CT,
 * which is bone, some 2.2 times as far above air as soft tissue.
 */
const SKIN_SHARE = 0.26;
/** Steps along the line of sight (mm). */
const STEP_MM = 1.5;

/** The face seen from the front; the other views are left as they are. */
export function likewise(maps: HeadMaps, method: 'blur' | 'pixelate'): HeadMaps {
  return { ...maps, face: maps.face.map((map) => seenAgain(map, method)) };
}

function seenAgain(map: Float32Array, method: 'blur' | 'pixelate'): Float32Array {
  const pane = PANES.face[0] as (typeof PANES.face)[number];
  const [columns, rows] = [columnsOf(pane), rowsOf(pane)];
  const steps = Math.round((pane.to - pane.from) / STEP_MM);
  const size = [columns, rows, steps] as const;
  let filled = new Float32Array(columns * rows * steps);
  for (let s = 0, v = 0; s < steps; s++) {
    // A step is filled as far as the skin lies before its end.
    const end = pane.from + STEP_MM * (s + 1);
    for (const depth of map) filled[v++] = Math.max(0, Math.min(1, (end - depth) / STEP_MM));
  }
  const first = startOf(pane, 0);
  const axes = [
    { from: first[0], mm: CELL_MM },
    { from: first[2], mm: CELL_MM },
    { from: pane.from + STEP_MM / 2, mm: STEP_MM },
  ];
  axes.forEach(({ from, mm }, axis) => {
    const weights =
      method === 'blur'
        ? gaussWeights(size[axis] as number, mm)
        : blockWeights(size[axis] as number, from, mm);
    filled = averaged(filled, size, axis, weights);
  });
  return map.map((_, cell) => {
    for (let s = 0; s < steps; s++) {
      if ((filled[cell + columns * rows * s] as number) > SKIN_SHARE)
        return pane.from + STEP_MM * s;
    }
    return pane.to;
  });
}

/** Of each place along an axis: the places it is averaged from, and with what weight. */
type Weights = readonly (readonly (readonly [place: number, weight: number])[])[];

function gaussWeights(n: number, mm: number): Weights {
  const sigma = SIGMA_MM / mm;
  const reach = Math.ceil(3 * sigma);
  return Array.from({ length: n }, (_, at) => {
    const list: [number, number][] = [];
    let sum = 0;
    for (let d = -reach; d <= reach; d++) {
      const weight = Math.exp((-d * d) / (2 * sigma * sigma));
      // Beyond the window the face goes on as at its rim.
      list.push([Math.max(0, Math.min(n - 1, at + d)), weight]);
      sum += weight;
    }
    return list.map(([place, weight]) => [place, weight / sum] as const);
  });
}

function blockWeights(n: number, from: number, mm: number): Weights {
  const blockOf = (at: number): number => Math.floor((from + mm * at) / BLOCK_MM);
  return Array.from({ length: n }, (_, at) => {
    const same = Array.from({ length: n }, (_, place) => place).filter(
      (place) => blockOf(place) === blockOf(at),
    );
    return same.map((place) => [place, 1 / same.length] as const);
  });
}

function averaged(
  values: Float32Array,
  size: readonly [number, number, number],
  axis: number,
  weights: Weights,
): Float32Array<ArrayBuffer> {
  const stride = size.slice(0, axis).reduce((all, n) => all * n, 1);
  const n = size[axis] as number;
  return Float32Array.from(values, (_, v) => {
    const at = Math.floor(v / stride) % n;
    let sum = 0;
    for (const [place, weight] of weights[at] ?? []) {
      sum += weight * (values[v + (place - at) * stride] as number);
    }
    return sum;
  });
}
