/**
 * A head of a person who does not exist, as CT, MR or PET, with its labels. Made from a seed:
 * the same seed gives the same voxels (engines may differ in the last digit of a sine).
 */
import { compose, type Vec3 } from '../geometry/affine.ts';
import { uprightGrid, voxelCount, type Grid } from '../geometry/grid.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import { createRandom } from '../random.ts';
import { type Mask, type Modality, type Volume } from '../volume/volume.ts';
import { anatomyOf, type Anatomy } from './anatomy.ts';
import { sample } from './field.ts';
import { matterAt, Mixer, skinAt } from './matter.ts';
import { headFromLps, type Pose } from './pose.ts';
import { petVolume } from './pet.ts';
import { storeCt, storeMr } from './scanner.ts';
import { hounsfieldUnits, signals, Tissue, uptakes, type Contrast } from './tissue.ts';
import { createZones, labelAt, type Zones } from './zones.ts';
import { couchAt } from './couch.ts';
import { agedIdentity, drawIdentity, type Age } from './identity.ts';
import { putOn, type Wear } from './wear.ts';

export interface PhantomParams {
  readonly seed: number;
  /** Default adult. */
  readonly age?: Age;
  readonly kind: Modality;
  /** Default: 208×256×256 voxels of 1 mm that hold head and upper neck. */
  readonly grid?: Grid;
  readonly pose?: Pose;
  /** MR only; default T1. */
  readonly contrast?: Contrast;
  /** CT only; default true. */
  readonly couch?: boolean;
  /** Share of the usual noise; default 1. */
  readonly noise?: number;
  /** What the person has on or in the head; default nothing. */
  readonly wear?: readonly Wear[];
}

export interface Phantom {
  readonly seed: number;
  readonly volume: Volume;
  /** Labels 0–6 of design.md §3. */
  readonly labels: Mask;
  /** What each voxel is made of (tissue.ts). */
  readonly tissues: Mask;
}

export function defaultGrid(spacingMm = 1): Grid {
  const size = [208, 256, 256].map((n) => Math.round(n / spacingMm));
  return uprightGrid(size as [number, number, number], spacingMm, [0, -8, 10]);
}

/** A head once made can be scanned several times, with other grids, poses and kinds. */
export interface Head {
  readonly seed: number;
  readonly anatomy: Anatomy;
  readonly zones: Zones;
}

export async function makeHead(
  seed: number,
  job: JobOptions = {},
  age: Age = 'adult',
): Promise<Head> {
  const anatomy = await anatomyOf(agedIdentity(drawIdentity(seed), age), seed, job);
  return { seed, anatomy, zones: createZones(anatomy) };
}

/** @throws the signal's reason when it is aborted */
export async function makePhantom(params: PhantomParams, job: JobOptions = {}): Promise<Phantom> {
  return scanHead(await makeHead(params.seed, job, params.age), params, job);
}

/**
 * `params.seed` seeds only the noise here, and the head has its age: another seed and pose is
 * the same person, scanned again.
 */
export async function scanHead(
  head: Head,
  params: PhantomParams,
  job: JobOptions = {},
): Promise<Phantom> {
  const { kind, grid = defaultGrid(), contrast = 'T1', couch = true } = params;
  const { anatomy, zones } = head;
  const checkpoint = createCheckpoint(job.signal);
  const [ni, nj, nk] = grid.size;
  const count = voxelCount(grid);
  const values = new Float32Array(count);
  const labels = new Uint8Array(count);
  const tissues = new Uint8Array(count);
  const table = kind === 'CT' ? hounsfieldUnits() : kind === 'PT' ? uptakes() : signals(contrast);
  const air = table[Tissue.air] as number;
  const toLps = grid.affine;
  const toHead = compose(headFromLps(params.pose ?? {}), toLps);
  const [hx, hy, hz] = [toHead[0] as number, toHead[4] as number, toHead[8] as number];
  const mixer = new Mixer(table, 2.2 * meanSpacing(grid));
  const bend = createBend(head.seed);
  const shifts = new Float64Array(6);
  const at3 = (n: number): number => toHead[n] as number;
  let n = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const x0 = at3(1) * j + at3(2) * k + at3(3);
      const y0 = at3(5) * j + at3(6) * k + at3(7);
      const z0 = at3(9) * j + at3(10) * k + at3(11);
      bend(x0, y0, z0, shifts, 0);
      bend(x0 + hx * ni, y0 + hy * ni, z0 + hz * ni, shifts, 3);
      const [sx, sy, sz] = [shifts[0] as number, shifts[1] as number, shifts[2] as number];
      const dx = hx + ((shifts[3] as number) - sx) / ni;
      const dy = hy + ((shifts[4] as number) - sy) / ni;
      const dz = hz + ((shifts[5] as number) - sz) / ni;
      let [x, y, z] = [x0 + sx, y0 + sy, z0 + sz];
      for (let i = 0; i < ni; i++, n++, x += dx, y += dy, z += dz) {
        const depth = sample(zones.depth, x, y, z);
        if (depth < -6) {
          values[n] = air;
          continue;
        }
        const skin = skinAt(anatomy, x, y, z);
        labels[n] = labelAt(anatomy, zones, x, y, z, skin);
        if (skin > mixer.blur) {
          values[n] = air;
          continue;
        }
        matterAt(anatomy, mixer, x, y, z, skin, Math.max(depth, -skin));
        values[n] = mixer.value;
        tissues[n] = mixer.tissue;
      }
    }
    await checkpoint();
    job.onProgress?.({ stage: 'decode', done: k + 1, total: nk });
  }
  if (params.wear)
    putOn(params.wear, anatomy, values, grid, toHead, { kind, air, seed: params.seed });
  if (kind === 'CT' && couch) addCouch(values, grid);
  const volume = scanned(kind, values, params);
  return {
    seed: head.seed,
    volume,
    labels: { grid, voxels: labels },
    tissues: { grid, voxels: tissues },
  };
}

/** What the scanner makes of the values of the tissues, which may be overwritten. */
function scanned(
  kind: Modality,
  values: Float32Array,
  { grid = defaultGrid(), contrast = 'T1', noise = 1, seed }: PhantomParams,
): Volume {
  if (kind === 'PT') return petVolume(values, grid, seed, noise);
  if (kind === 'CT') {
    return {
      grid,
      modality: 'CT',
      stored: storeCt(values, seed, 11 * noise),
      rescale: [{ slope: 1, intercept: -1024 }],
      padding: null,
      air: [24],
    };
  }
  return {
    grid,
    modality: 'MR',
    stored: storeMr(values, grid, seed, 0.016 * noise, contrast),
    rescale: [{ slope: 1, intercept: 0 }],
    padding: null,
    air: [Math.round(noise * 15)],
  };
}

/** Lays the couch and the head holder into air. */
function addCouch(values: Float32Array, grid: Grid): void {
  const [ni, nj, nk] = grid.size;
  const a = grid.affine;
  const at = (m: number): number => a[m] as number;
  let n = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, n++) {
        if ((values[n] as number) > -990) continue;
        const x = at(0) * i + at(1) * j + at(2) * k + at(3);
        const y = at(4) * i + at(5) * j + at(6) * k + at(7);
        values[n] = couchAt(x, y);
      }
    }
  }
}

export type Bend = (x: number, y: number, z: number, out: Float64Array, at: number) => void;

/** A slow wave through the whole head: no face is quite symmetric. */
export function createBend(seed: number): Bend {
  const random = createRandom(seed + 271);
  const wave = (): readonly [number, number, number, number, number] => [
    0.5 + 0.9 * random.uniform(),
    (random.uniform() - 0.5) * 0.06,
    (random.uniform() - 0.5) * 0.06,
    (random.uniform() - 0.5) * 0.06,
    random.uniform() * 6.3,
  ];
  const [a, b, c] = [wave(), wave(), wave()];
  const push = (w: typeof a, x: number, y: number, z: number): number =>
    w[0] * Math.sin(w[1] * x + w[2] * y + w[3] * z + w[4]);
  return (x, y, z, out, at) => {
    out[at] = push(a, x, y, z);
    out[at + 1] = push(b, x, y, z);
    out[at + 2] = push(c, x, y, z);
  };
}

function meanSpacing({ affine }: Grid): number {
  const length = (m: number): number =>
    Math.hypot(affine[m] as number, affine[m + 4] as number, affine[m + 8] as number);
  const [a, b, c]: Vec3 = [length(0), length(1), length(2)];
  return Math.cbrt(a * b * c);
}
