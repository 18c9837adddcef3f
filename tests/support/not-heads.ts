/**
 * Things a scanner may show that are no head, made from formulas: nothing may be cut from
 * them. All lie upright in LPS with their middle at the origin.
 */
import { indexToLps } from '../../src/core/geometry/affine.ts';
import { uprightGrid, voxelCount, type Grid } from '../../src/core/geometry/grid.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Modality as AnyModality, Volume } from '../../src/core/volume/volume.ts';

/** What the network knows. */
type Modality = Exclude<AnyModality, 'PT'>;
/** What a place is made of, in both kinds of scan: air, fat, water-like tissue, bone, fluid. */
type Matter = 'air' | 'fat' | 'flesh' | 'bone' | 'fluid' | 'firm';
type Shape = (x: number, y: number, z: number) => Matter;

const VALUES: Readonly<Record<Modality, Readonly<Record<Matter, number>>>> = {
  CT: { air: -1000, fat: -95, flesh: 40, bone: 900, fluid: 8, firm: 75 },
  MR: { air: 12, fat: 900, flesh: 480, bone: 60, fluid: 170, firm: 640 },
};
const NOISE: Readonly<Record<Modality, number>> = { CT: 12, MR: 14 };

const GRID = uprightGrid([110, 120, 120], 2, [0, 0, 0]);

/** A volume of int16 with the values of a function of the voxel's number. */
export function scanOf(
  grid: Grid,
  modality: Modality,
  value: (v: number, x: number, y: number, z: number) => number,
): Volume {
  const stored = new Int16Array(voxelCount(grid));
  const [ni, nj, nk] = grid.size;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        stored[v] = Math.round(value(v, ...indexToLps(grid.affine, [i, j, k])));
      }
    }
  }
  return {
    grid,
    modality,
    stored,
    rescale: [{ slope: 1, intercept: 0 }],
    padding: null,
    air: [VALUES[modality].air],
  };
}

function made(shape: Shape, modality: Modality, grid: Grid = GRID): Volume {
  const random = createRandom(7);
  return scanOf(grid, modality, (_, x, y, z) => {
    const value = VALUES[modality][shape(x, y, z)] + NOISE[modality] * random.normal();
    return modality === 'MR' ? Math.abs(value) : Math.max(-1024, value);
  });
}

function noise(kind: 'uniform' | 'normal' | 'smooth', modality: Modality): Volume {
  const random = createRandom(11);
  const [middle, spread] = modality === 'CT' ? [-300, 700] : [400, 400];
  const next = (): number => (kind === 'uniform' ? 2 * random.uniform() - 1 : random.normal() / 2);
  if (kind !== 'smooth') return scanOf(GRID, modality, () => middle + spread * next());
  // Waves of random direction, 25 to 80 mm long.
  const waves = Array.from({ length: 24 }, () => {
    const rate = (2 * Math.PI) / (25 + 55 * random.uniform());
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    const size = Math.hypot(a, b, c);
    return [(rate * a) / size, (rate * b) / size, (rate * c) / size, 7 * random.uniform()] as const;
  });
  return scanOf(GRID, modality, (_, x, y, z) => {
    let sum = 0;
    for (const [a, b, c, phase] of waves) sum += Math.sin(a * x + b * y + c * z + phase);
    return middle + (spread * sum) / 5;
  });
}

const ball = (x: number, y: number, z: number, a: number, b = a, c = a): number =>
  (x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2;

const sphere: Shape = (x, y, z) => (ball(x, y, z, 80) < 1 ? 'flesh' : 'air');

/** As large as a head, with a shell of bone and one of fat, and a neck-like foot. */
const ellipsoid: Shape = (x, y, z) => {
  if (ball(x, y, z - 15, 64, 84, 68) < 1) return 'flesh';
  if (ball(x, y, z - 15, 70, 90, 74) < 1) return 'bone';
  if (ball(x, y, z - 15, 76, 97, 81) < 1) return 'fat';
  return z < 0 && Math.hypot(x, y - 15) < 55 ? 'flesh' : 'air';
};

const nested: Shape = (x, y, z) => {
  const box = Math.max(Math.abs(x) / 85, Math.abs(y) / 95, Math.abs(z) / 90);
  if (box > 1) return 'air';
  if (box > 0.93) return 'firm';
  if (ball(x + 25, y, z, 40) < 1) return ball(x + 25, y, z, 22) < 1 ? 'bone' : 'fluid';
  if (ball(x - 35, y + 20, z - 10, 30, 45, 40) < 1) return 'fat';
  return Math.hypot(y - 40, z + 30) < 20 ? 'air' : 'flesh';
};

/** A cylinder with a grid of rods, as scanners are checked with. */
const cylinderGrid: Shape = (x, y, z) => {
  if (Math.hypot(x, y) > 95 || Math.abs(z) > 85) return 'air';
  if (Math.hypot(x, y) > 90 || Math.abs(z) > 80) return 'firm';
  const near = (u: number): boolean => Math.abs(u - 30 * Math.round(u / 30)) < 3.5;
  return near(x) && near(y) ? 'bone' : 'fluid';
};

/** Shell, flesh, and seeds around a hollow. */
const melon: Shape = (x, y, z) => {
  const r = Math.sqrt(ball(x, y, z, 78, 82, 92));
  if (r > 1) return 'air';
  if (r > 0.93) return 'firm';
  if (r > 0.45) return 'flesh';
  if (r < 0.2) return 'fluid';
  return Math.sin(x / 3) * Math.sin(y / 3) * Math.sin(z / 4) > 0.35 ? 'fat' : 'fluid';
};

/** Chest and belly: skin fat, ribs, spine, lungs, heart, liver. */
const trunk: Shape = (x, y, z) => {
  const r = Math.sqrt(ball(x, y, 0, 172, 112, Infinity));
  if (r > 1) return 'air';
  if (r > 0.87) return 'fat';
  if (ball(x, y - 70, 0, 22, 20, Infinity) < 1) return Math.abs(z % 34) < 26 ? 'bone' : 'firm';
  if (r > 0.78 && z > -60 && (((z + y / 3) % 26) + 26) % 26 < 9) return 'bone';
  if (z > -30) {
    if (ball(x - 25, y + 25, z - 40, 48, 45, 55) < 1) return 'flesh';
    if (r < 0.76 && Math.abs(x) > 22) return 'air';
    return 'flesh';
  }
  if (ball(x + 70, y, z + 75, 75, 70, 60) < 1) return 'firm';
  return ball(x - 60, y + 20, z + 100, 45, 40, 30) < 1 ? 'air' : 'flesh';
};

/** All of them by name; noise and trunk as made, the others in both kinds of scan. */
export const NOT_HEADS: Readonly<Record<string, (modality: Modality) => Volume>> = {
  'uniform noise': (modality) => noise('uniform', modality),
  'normal noise': (modality) => noise('normal', modality),
  'smooth noise': (modality) => noise('smooth', modality),
  'a sphere': (modality) => made(sphere, modality),
  'an ellipsoid with a shell': (modality) => made(ellipsoid, modality),
  'nested objects': (modality) => made(nested, modality),
  'a cylinder with rods': (modality) => made(cylinderGrid, modality),
  'a melon': (modality) => made(melon, modality),
  'a trunk': (modality) => made(trunk, modality, uprightGrid([126, 90, 100], 3, [0, 0, 0])),
};
