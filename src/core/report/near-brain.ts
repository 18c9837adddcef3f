/** Where a removed region comes too near to the brain: what a person looks at first. */
import { indexToLps, type Vec3 } from '../geometry/affine.ts';
import { Label, type Mask } from '../volume/volume.ts';

export interface NearBrain {
  /** Voxels at the region's edge that are too near, four numbers each: LPS mm, and how near (mm). */
  readonly points: Float32Array;
  /** Where they come nearest, nearest first, apart from each other. */
  readonly spots: readonly NearSpot[];
}

export interface NearSpot {
  /** LPS mm. */
  readonly at: Vec3;
  /** From the voxel's middle to that of the nearest voxel labelled brain; 0 in the brain itself. */
  readonly mm: number;
}

/** Spots of a list are so far apart (mm), and so many at most. */
const APART_MM = 15;
const MOST_SPOTS = 3;

/**
 * Edge voxels of the region nearer than `limitMm` to the brain label; both on one grid.
 * Distances are taken between the edges only, sorted into cells, so that 100 million voxels
 * take a fraction of a second.
 */
export function nearBrain(region: Mask, labels: Mask, limitMm: number): NearBrain {
  const brain = edgeOf(labels, Label.brain);
  const cells = brain.length > 0 ? cellsOf(brain, limitMm) : null;
  const near: { at: Vec3; mm: number }[] = [];
  if (cells) {
    forEachEdge(region, 1, (v, i, j, k) => {
      const at = indexToLps(region.grid.affine, [i, j, k]);
      const mm = labels.voxels[v] === Label.brain ? 0 : cells.nearest(at);
      if (mm < limitMm) near.push({ at, mm });
    });
  }
  const points = new Float32Array(4 * near.length);
  near.forEach(({ at, mm }, n) => {
    points.set([...at, mm], 4 * n);
  });
  return { points, spots: spotsOf(near) };
}

function spotsOf(near: NearSpot[]): readonly NearSpot[] {
  const spots: NearSpot[] = [];
  for (const one of near.sort((a, b) => a.mm - b.mm)) {
    if (spots.length === MOST_SPOTS) break;
    if (spots.every(({ at }) => distance(at, one.at) >= APART_MM)) spots.push(one);
  }
  return spots;
}

function edgeOf(mask: Mask, wanted: number): Float32Array {
  let points = new Float32Array(3 * 4096);
  let used = 0;
  forEachEdge(mask, wanted, (_, i, j, k) => {
    if (used === points.length) {
      const larger = new Float32Array(2 * points.length);
      larger.set(points);
      points = larger;
    }
    points.set(indexToLps(mask.grid.affine, [i, j, k]), used);
    used += 3;
  });
  return points.subarray(0, used);
}

/** Voxels of one value with a 6-neighbour of another; the border of the array is no edge. */
function forEachEdge(
  { grid: { size }, voxels }: Mask,
  wanted: number,
  visit: (v: number, i: number, j: number, k: number) => void,
): void {
  const [ni, nj, nk] = size;
  const slice = ni * nj;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const row = ni * j + slice * k;
      for (let i = 0; i < ni; i++) {
        const v = row + i;
        if (voxels[v] !== wanted) continue;
        const isEdge =
          (i > 0 && voxels[v - 1] !== wanted) ||
          (i < ni - 1 && voxels[v + 1] !== wanted) ||
          (j > 0 && voxels[v - ni] !== wanted) ||
          (j < nj - 1 && voxels[v + ni] !== wanted) ||
          (k > 0 && voxels[v - slice] !== wanted) ||
          (k < nk - 1 && voxels[v + slice] !== wanted);
        if (isEdge) visit(v, i, j, k);
      }
    }
  }
}

interface Cells {
  /** Distance (mm) to the nearest point; Infinity where none is within a cell's width. */
  nearest(at: Vec3): number;
}

/** Points sorted into cubes of this width, with an empty layer around. */
function cellsOf(points: Float32Array, width: number): Cells {
  const low = [Infinity, Infinity, Infinity] as [number, number, number];
  const high = [-Infinity, -Infinity, -Infinity] as [number, number, number];
  for (let n = 0; n < points.length; n++) {
    const axis = (n % 3) as 0 | 1 | 2;
    const value = points[n] as number;
    if (value < low[axis]) low[axis] = value;
    if (value > high[axis]) high[axis] = value;
  }
  const counts = ([0, 1, 2] as const).map(
    (axis) => Math.floor((high[axis] - low[axis]) / width) + 3,
  ) as [number, number, number];
  const cellOf = (x: number, y: number, z: number): number => {
    const a = Math.floor((x - low[0]) / width) + 1;
    const b = Math.floor((y - low[1]) / width) + 1;
    const c = Math.floor((z - low[2]) / width) + 1;
    const isInside = a >= 0 && b >= 0 && c >= 0 && a < counts[0] && b < counts[1] && c < counts[2];
    return isInside ? a + counts[0] * (b + counts[1] * c) : -1;
  };
  const first = new Uint32Array(counts[0] * counts[1] * counts[2] + 1);
  const eachPoint = (visit: (n: number, cell: number) => void): void => {
    for (let n = 0; n < points.length; n += 3) {
      visit(n, cellOf(points[n] as number, points[n + 1] as number, points[n + 2] as number));
    }
  };
  eachPoint((_, cell) => {
    first[cell + 1] = (first[cell + 1] as number) + 1;
  });
  for (let c = 1; c < first.length; c++) first[c] = (first[c] as number) + (first[c - 1] as number);
  const next = first.slice();
  const sorted = new Float32Array(points.length);
  eachPoint((n, cell) => {
    const to = next[cell] as number;
    next[cell] = to + 1;
    sorted.set(points.subarray(n, n + 3), 3 * to);
  });
  return {
    nearest([x, y, z]) {
      let least = width * width;
      let isFound = false;
      for (const dz of [-width, 0, width]) {
        for (const dy of [-width, 0, width]) {
          for (const dx of [-width, 0, width]) {
            const cell = cellOf(x + dx, y + dy, z + dz);
            if (cell < 0) continue;
            for (let n = 3 * (first[cell] as number); n < 3 * (first[cell + 1] as number); n += 3) {
              const a = (sorted[n] as number) - x;
              const b = (sorted[n + 1] as number) - y;
              const c = (sorted[n + 2] as number) - z;
              const squared = a * a + b * b + c * c;
              if (squared > least) continue;
              least = squared;
              isFound = true;
            }
          }
        }
      }
      return isFound ? Math.sqrt(least) : Infinity;
    },
  };
}

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
