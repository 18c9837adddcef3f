/**
 * Ways to disturb a scan that must not change what is removed. Each keeps the voxel grid or
 * a part of it, so that the mask can be held against that of the clean scan voxel by voxel:
 * a head is turned by its affine, thick slices are averaged and repeated.
 */
import {
  affineOf,
  compose,
  indexToLps,
  type Affine,
  type Vec3,
} from '../../src/core/geometry/affine.ts';
import type { Size } from '../../src/core/geometry/grid.ts';
import { valuesAboveAir } from '../../src/core/matcher/tissue.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import { percentile } from '../../src/core/volume/statistics.ts';

/** A disturbed scan, and where its voxels lie in the clean one. */
export interface Disturbed {
  readonly volume: Volume;
  /** Index in the clean scan of each voxel; null where they are the same. */
  readonly from: Uint32Array | null;
}

type Change = (volume: Volume, head: Uint8Array | null) => Disturbed;

export const CONDITIONS: Readonly<Record<string, Change>> = {
  'pitch +30°': turned('x', 30),
  'pitch -30°': turned('x', -30),
  'yaw +20°': turned('z', 20),
  'yaw -20°': turned('z', -20),
  'roll +20°': turned('y', 20),
  'roll -20°': turned('y', -20),
  'shift 40 mm': (volume) => same(moved(volume, shiftBy([25, -40, 30]))),
  'noise 10 %': valued((value, { top, random }) =>
    Math.hypot(value + 0.1 * top * random.normal(), 0.1 * top * random.normal()),
  ),
  'bias field': valued(
    (value, { place: [x, y, z] }) => value * Math.exp(0.9 * (x - 0.5) - 0.7 * (y - 0.5) + 0.8 * z),
  ),
  'gamma 0.4': valued((value, { top }) => top * Math.pow(value / top, 0.4)),
  inverted: valued((value, { top, inHead }) => (inHead ? Math.max(0, top - value) : value)),
  '6 mm along i': thick(0),
  '6 mm along j': thick(1),
  '6 mm along k': thick(2),
  'chin cut': cropped(0.2, 1),
  'lower third cut': cropped(1 / 3, 1),
  'vertex cut': cropped(0, 0.75),
  'axes k, i, j': permuted([2, 0, 1]),
  'axes j, k, i, two turned over': permuted([1, 2, 0], [true, false, true]),
};

interface Place {
  /** 99.5th percentile. */
  readonly top: number;
  readonly inHead: boolean;
  /** 0–1 along i, j, k. */
  readonly place: Vec3;
  readonly random: ReturnType<typeof createRandom>;
}

function same(volume: Volume): Disturbed {
  return { volume, from: null };
}

/** A change of values; they become floats of an MR. */
function valued(change: (value: number, at: Place) => number): Change {
  return (volume, head) => {
    const values = valuesAboveAir(volume);
    const top = percentile(values.slice(), 0.995);
    const random = createRandom(3);
    const [ni, nj, nk] = volume.grid.size;
    const stored = values.map((value, v) =>
      change(value, {
        top,
        random,
        inHead: head ? head[v] === 1 : value > 0.1 * top,
        place: [(v % ni) / ni, (Math.floor(v / ni) % nj) / nj, Math.floor(v / (ni * nj)) / nk],
      }),
    );
    return same(withValues(volume, stored));
  };
}

function withValues(volume: Volume, stored: Float32Array): Volume {
  return { ...volume, stored, rescale: [{ slope: 1, intercept: 0 }], padding: null, air: [0] };
}

/** Turns the head by degrees about an axis of the patient through the middle of the scan. */
function turned(axis: 'x' | 'y' | 'z', degrees: number): Change {
  return (volume) => {
    const a = (degrees * Math.PI) / 180;
    const [c, s] = [Math.cos(a), Math.sin(a)];
    const turn = {
      x: [1, 0, 0, 0, 0, c, -s, 0, 0, s, c, 0, 0, 0, 0, 1],
      y: [c, 0, s, 0, 0, 1, 0, 0, -s, 0, c, 0, 0, 0, 0, 1],
      z: [c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    }[axis];
    const { size, affine } = volume.grid;
    const middle = indexToLps(affine, [(size[0] - 1) / 2, (size[1] - 1) / 2, (size[2] - 1) / 2]);
    const back = shiftBy([-middle[0], -middle[1], -middle[2]]);
    return same(moved(volume, compose(shiftBy(middle), compose(affineOf(turn), back))));
  };
}

function shiftBy([x, y, z]: Vec3): Affine {
  return affineOf([1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]);
}

function moved(volume: Volume, by: Affine): Volume {
  return { ...volume, grid: { ...volume.grid, affine: compose(by, volume.grid.affine) } };
}

/** Slices of about 6 mm: averaged, and written into each of the slices they stand for. */
function thick(axis: 0 | 1 | 2): Change {
  return (volume) => {
    const { size, affine } = volume.grid;
    const step = Math.hypot(affine[axis] ?? 0, affine[4 + axis] ?? 0, affine[8 + axis] ?? 0);
    const many = Math.max(2, Math.round(6 / step));
    const values = valuesAboveAir(volume);
    const strides = [1, size[0], size[0] * size[1]] as const;
    const kept: [number, number, number] = [...size];
    kept[axis] = Math.floor(size[axis] / many);
    const out = new Float32Array(kept[0] * kept[1] * kept[2]);
    const from = new Uint32Array(out.length);
    forEach(kept, (v, index) => {
      const start = [...index] as [number, number, number];
      start[axis] *= many;
      const at = start[0] + strides[1] * start[1] + strides[2] * start[2];
      let sum = 0;
      for (let n = 0; n < many; n++) sum += values[at + n * strides[axis]] as number;
      out[v] = sum / many;
      from[v] = at + Math.floor(many / 2) * strides[axis];
    });
    const scale = [1, 1, 1];
    const offset = [0, 0, 0];
    scale[axis] = many;
    offset[axis] = (many - 1) / 2;
    const [a = 1, b = 1, c = 1] = scale;
    const [x = 0, y = 0, z = 0] = offset;
    const wider = affineOf([a, 0, 0, x, 0, b, 0, y, 0, 0, c, z, 0, 0, 0, 1]);
    const grid = { size: kept as Size, affine: compose(affine, wider) };
    return { volume: { ...withValues(volume, out), grid }, from };
  };
}

/** Keeps the part low–high (0–1) of the scan's extent from the feet to the crown. */
function cropped(low: number, high: number): Change {
  return (volume, head) => {
    const { size, affine } = volume.grid;
    const axis = ([0, 1, 2] as const).reduce((best, n) =>
      Math.abs(affine[8 + n] ?? 0) > Math.abs(affine[8 + best] ?? 0) ? n : best,
    );
    const isUp = (affine[8 + axis] ?? 0) > 0;
    let [first, last] = [0, size[axis]];
    if (head) [first, last] = extent(head, size, axis);
    const at = (share: number): number => Math.round(first + (last - first) * share);
    // Beyond the head nothing is cut on the side that is kept.
    const [from, to] = isUp
      ? [low > 0 ? at(low) : 0, high < 1 ? at(high) : size[axis]]
      : [high < 1 ? at(1 - high) : 0, low > 0 ? at(1 - low) : size[axis]];
    const kept: [number, number, number] = [...size];
    kept[axis] = to - from;
    const offset: [number, number, number] = [0, 0, 0];
    offset[axis] = from;
    return picked(volume, kept, (index) => [
      index[0] + offset[0],
      index[1] + offset[1],
      index[2] + offset[2],
    ]);
  };
}

function extent(head: Uint8Array, [ni, nj, nk]: Size, axis: 0 | 1 | 2): [number, number] {
  let [first, last] = [Infinity, 0];
  forEach([ni, nj, nk], (v, index) => {
    if (!head[v]) return;
    first = Math.min(first, index[axis]);
    last = Math.max(last, index[axis] + 1);
  });
  return [first, last];
}

/** The same voxels stored along other axes: `order[n]` is the old axis of the new axis n. */
function permuted(order: readonly [number, number, number], over = [false, false, false]): Change {
  return (volume) => {
    const { size } = volume.grid;
    const kept = order.map((n) => size[n] as number) as [number, number, number];
    return picked(volume, kept, (index) => {
      const old: [number, number, number] = [0, 0, 0];
      order.forEach((n, to) => {
        const at = index[to] as number;
        old[n] = over[to] ? (kept[to] as number) - 1 - at : at;
      });
      return old;
    });
  };
}

/** A volume of `size` whose voxels are those of another at `place`, an affine map of indices. */
function picked(volume: Volume, size: Size, place: (index: Vec3) => Vec3): Disturbed {
  const old = volume.grid;
  const stored = volume.stored.slice(0, size[0] * size[1] * size[2]);
  const from = new Uint32Array(stored.length);
  forEach(size, (v, index) => {
    const [i, j, k] = place(index);
    from[v] = i + old.size[0] * (j + old.size[1] * k);
    stored[v] = volume.stored[from[v]] as number;
  });
  const o = place([0, 0, 0]);
  const column = (index: Vec3): Vec3 => place(index).map((n, d) => n - (o[d] as number)) as never;
  const [a, b, c] = [column([1, 0, 0]), column([0, 1, 0]), column([0, 0, 1])];
  const map = [0, 1, 2].flatMap((d) => [a[d], b[d], c[d], o[d]] as number[]);
  const affine = compose(old.affine, affineOf([...map, 0, 0, 0, 1]));
  return { volume: { ...volume, stored, grid: { size, affine } }, from };
}

function forEach([ni, nj, nk]: Size, visit: (v: number, index: Vec3) => void): void {
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) for (let i = 0; i < ni; i++, v++) visit(v, [i, j, k]);
  }
}
