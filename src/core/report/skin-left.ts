/**
 * Skin of the face and of the ears that is where it was after the removal: the places a
 * person should look at, measured on the surface that anyone could render from the scan.
 */
import { indexToLps, invert, spacingOf, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { rimOf } from '../deface/facial-skin.ts';
import { largestComponent } from '../volume/components.ts';
import { distanceMm } from '../volume/distance.ts';
import type { Surface } from '../volume/surface.ts';
import { Label, type Mask } from '../volume/volume.ts';
import { missingEar } from './missing-ear.ts';

export interface SkinPatch {
  readonly of: 'face' | 'ears';
  /** A point of the patch, near its middle (LPS mm). */
  readonly at: Vec3;
  readonly cm2: number;
}

export interface AfterValues {
  readonly grid: Grid;
  /** Modality values of the result. */
  readonly values: Float32Array;
  readonly threshold: number;
}

/** Facial skin that moved less than this stayed (mm); at the rim it may (as facial-skin.ts has it). */
const FACE_MM = 10;
const RIM_MM = 10;
/** The skin of an ear is gone, or it is where it was. */
const EAR_MM = 3;
/** What has to be gone lies this far under the skin that is looked at (mm). */
const DEPTHS_MM = [2, 4, 7] as const;
/** About an ear that was not found, where it should be (mm). */
const EAR_REACH_MM = 28;
/** More than this in one patch (cm²) is no rim: standard cuts of made heads leave up to 3. */
export const MOST_SKIN_CM2 = 6;
/** Specks are no skin anyone recognizes (cm²). */
const SMALLEST_CM2 = 1;

/** @param asked which regions were to go */
export function skinLeft(
  before: Surface,
  after: AfterValues,
  labels: Mask,
  asked: { readonly face: boolean; readonly ears: boolean },
): readonly SkinPatch[] {
  const kinds = skinKinds(before, labels);
  if (asked.ears) markMissingEar(kinds, before, labels);
  const fromAfter = distancesTo(before, after.grid, surfaceVoxels(after));
  const fromOther = distancesTo(
    before,
    after.grid,
    voxelsOf(before, after.grid, kinds, Kind.other),
  );
  const found: SkinPatch[] = [];
  for (const [of, kind, nearMm] of [
    ['ears', Kind.ear, EAR_MM],
    ['face', Kind.face, FACE_MM],
  ] as const) {
    if (!asked[of]) continue;
    const stayed = kinds.map((one, v) => {
      if (one !== kind || (fromAfter[v] as number) >= nearMm) return 0;
      return of === 'ears' || ((fromOther[v] as number) >= RIM_MM && facesFront(before, v)) ? 1 : 0;
    });
    found.push(...patchesOf(before, stayed, of));
  }
  return found.sort((a, b) => b.cm2 - a.cm2);
}

const Kind = { other: 1, face: 2, ear: 3 } as const;

/** What lies under each vertex. */
function skinKinds(surface: Surface, { grid, voxels }: Mask): Uint8Array {
  const toIndex = invert(grid.affine);
  const [ni, nj, nk] = grid.size;
  const kinds = new Uint8Array(surface.positions.length / 3).fill(Kind.other);
  for (let v = 0; v < kinds.length; v++) {
    for (const depth of DEPTHS_MM) {
      const [i, j, k] = indexToLps(toIndex, pointUnder(surface, v, depth)).map(Math.round) as [
        number,
        number,
        number,
      ];
      if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) continue;
      const label = voxels[i + ni * (j + nj * k)];
      if (label === Label.face || label === Label.eyes) kinds[v] = Kind.face;
      else if (label === Label.ears) kinds[v] = Kind.ear;
      else continue;
      break;
    }
  }
  return kinds;
}

function markMissingEar(kinds: Uint8Array, { positions }: Surface, labels: Mask): void {
  const place = missingEar(labels);
  if (!place) return;
  for (let v = 0; v < kinds.length; v++) {
    const off = [0, 1, 2].map((n) => (positions[3 * v + n] as number) - (place[n] as number));
    if (Math.hypot(...off) < EAR_REACH_MM) kinds[v] = Kind.ear;
  }
}

/** Skin that looks down (under the chin) or back is no face. */
function facesFront({ normals }: Surface, v: number): boolean {
  return (normals[3 * v + 1] as number) < 0 && (normals[3 * v + 2] as number) > -0.7;
}

function pointUnder({ positions, normals }: Surface, v: number, depth: number): Vec3 {
  return [0, 1, 2].map(
    (n) => (positions[3 * v + n] as number) - depth * (normals[3 * v + n] as number),
  ) as unknown as Vec3;
}

function surfaceVoxels({ grid, values, threshold }: AfterValues): Uint8Array {
  const tissue = new Uint8Array(values.length);
  for (let v = 0; v < values.length; v++) tissue[v] = (values[v] as number) > threshold ? 1 : 0;
  return rimOf(largestComponent(tissue, grid.size), grid.size);
}

function voxelsOf(
  { positions }: Surface,
  grid: Grid,
  kinds: Uint8Array,
  wanted: number,
): Uint8Array {
  const mask = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]);
  eachVoxel(positions, grid, (v, at) => {
    if (kinds[v] === wanted) mask[at] = 1;
  });
  return mask;
}

/** Distance (mm) of each vertex to a mask, at the nearest voxel. */
function distancesTo({ positions }: Surface, grid: Grid, mask: Uint8Array): Float32Array {
  const far = distanceMm(mask, grid.size, spacingOf(grid.affine), FACE_MM + 1);
  const out = new Float32Array(positions.length / 3).fill(Infinity);
  eachVoxel(positions, grid, (v, at) => {
    out[v] = far[at] as number;
  });
  return out;
}

function eachVoxel(
  positions: Float32Array,
  { size: [ni, nj, nk], affine }: Grid,
  visit: (vertex: number, voxel: number) => void,
): void {
  const toIndex = invert(affine);
  for (let v = 0; v < positions.length / 3; v++) {
    const point = positions.subarray(3 * v, 3 * v + 3) as unknown as Vec3;
    const [i, j, k] = indexToLps(toIndex, point).map(Math.round) as [number, number, number];
    if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) continue;
    visit(v, i + ni * (j + nj * k));
  }
}

/** Connected patches of vertices that count, each with its area and a point in it. */
function patchesOf(surface: Surface, counts: Uint8Array, of: SkinPatch['of']): SkinPatch[] {
  const { positions, triangles } = surface;
  const parent = Uint32Array.from(counts, (_, v) => v);
  const root = (v: number): number => {
    let at = v;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  const areas = new Float64Array(counts.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [...triangles.subarray(t, t + 3)] as [number, number, number];
    const inside = corners.filter((v) => counts[v]);
    const [first] = inside;
    if (first === undefined) continue;
    const share = (areaOf(positions, corners) * inside.length) / 3;
    for (const v of inside) parent[root(v)] = root(first);
    areas[first] = (areas[first] as number) + share;
  }
  const patches = new Map<number, { mm2: number; sum: [number, number, number]; n: number }>();
  counts.forEach((one, v) => {
    if (!one) return;
    const patch = patches.get(root(v)) ?? { mm2: 0, sum: [0, 0, 0], n: 0 };
    patches.set(root(v), patch);
    patch.mm2 += areas[v] as number;
    patch.n += 1;
    for (const n of [0, 1, 2] as const) patch.sum[n] += positions[3 * v + n] as number;
  });
  return [...patches.entries()]
    .filter(([, { mm2 }]) => mm2 / 100 >= SMALLEST_CM2)
    .map(([top, { mm2, sum, n }]) => {
      const middle: Vec3 = [sum[0] / n, sum[1] / n, sum[2] / n];
      const isOwn = (v: number): boolean => counts[v] === 1 && root(v) === top;
      return { of, at: nearestVertex(positions, middle, isOwn), cm2: mm2 / 100 };
    });
}

/** The middle of a bent patch lies in the air or in the head: the nearest vertex is on it. */
function nearestVertex(
  positions: Float32Array,
  to: Vec3,
  isOwn: (vertex: number) => boolean,
): Vec3 {
  let [best, least] = [0, Infinity];
  for (let v = 0; v < positions.length / 3; v++) {
    if (!isOwn(v)) continue;
    const far = Math.hypot(...to.map((value, n) => (positions[3 * v + n] as number) - value));
    if (far < least) [best, least] = [v, far];
  }
  return [...positions.subarray(3 * best, 3 * best + 3)] as unknown as Vec3;
}

function areaOf(positions: Float32Array, [a, b, c]: readonly [number, number, number]): number {
  const edge = (from: number, to: number): [number, number, number] =>
    [0, 1, 2].map(
      (n) => (positions[3 * to + n] as number) - (positions[3 * from + n] as number),
    ) as [number, number, number];
  const [u, w] = [edge(a, b), edge(a, c)];
  return (
    Math.hypot(u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]) / 2
  );
}
