/**
 * What people have on and in their heads: a beard, braces, a cochlear implant, and what metal
 * does to a picture. Only the values change: labels and tissues stay those of the head.
 */
import { indexToLps, spacingOf, type Affine } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { createRandom } from '../random.ts';
import { distanceMm } from '../volume/distance.ts';
import type { Modality } from '../volume/volume.ts';
import type { Anatomy } from './anatomy.ts';
import { smoothStep } from './build.ts';
import { sampleOr } from './field.ts';
import { skinAt } from './matter.ts';
import { mouthLine } from './skin.ts';

export const WEAR = ['beard', 'braces', 'implant'] as const;
export type Wear = (typeof WEAR)[number];

/** So far beyond the skin a beard stands (mm). */
const BEARD_MM = 14;
/** Hair with air between (HU), from strand to strand. */
const HAIR_HU = [-900, -500] as const;
/** The most that 12 bits hold (HU). */
const METAL_HU = 3071;
/** So far around metal an MR shows nothing (mm): steel brackets, and the magnet of an implant. */
const VOID_MM = { braces: 11, implant: 40 } as const;
/** Streaks of a CT run so far from metal (mm), this strong beside it (HU). */
const STREAK = { reach: 110, hu: 420 } as const;

/** @param values modality values (CT) or signals (MR) on the grid, before noise; changed in place */
export function putOn(
  wear: readonly Wear[],
  anatomy: Anatomy,
  values: Float32Array,
  grid: Grid,
  toHead: Affine,
  { kind, air, seed }: { readonly kind: Modality; readonly air: number; readonly seed: number },
): void {
  // What a PET shows of metal is what its CT made of it.
  if (kind === 'PT') return;
  // Hair gives no signal in MR: there a beard is seen by the skin's cushion alone.
  if (wear.includes('beard') && kind === 'CT') growBeard(anatomy, values, grid, toHead, seed);
  for (const what of ['braces', 'implant'] as const) {
    if (!wear.includes(what)) continue;
    const isMetal = what === 'braces' ? bracesOf(anatomy) : implantOf(anatomy);
    const metal = markedBy(isMetal, grid, toHead);
    if (kind === 'CT') scatter(metal, values, grid, seed);
    else {
      const far = distanceMm(metal, grid.size, spacingOf(grid.affine), VOID_MM[what] + 1);
      for (let v = 0; v < values.length; v++) {
        const left = smoothStep(VOID_MM[what] - 3, VOID_MM[what], far[v] as number);
        values[v] = air + left * ((values[v] as number) - air);
      }
    }
  }
}

type Inside = (x: number, y: number, z: number) => boolean;

/** Cheeks, lips' surroundings, chin and throat, in front of the ears. */
function growBeard(
  anatomy: Anatomy,
  values: Float32Array,
  grid: Grid,
  toHead: Affine,
  seed: number,
): void {
  const random = createRandom(seed + 31);
  const mouth = mouthOf(anatomy);
  const hairs = Float32Array.from({ length: 4096 }, () => random.uniform());
  forEachPlace(grid, toHead, (v, x, y, z) => {
    if (z > mouth + 18 || z < mouth - 75 || y > 0 || y < -150) return;
    const skin = skinAt(anatomy, x, y, z);
    const ends = BEARD_MM * (1 - smoothStep(mouth - 5, mouth + 18, z)) + 2;
    if (skin <= 0 || skin > ends) return;
    // A strand keeps its place on the skin from there outwards.
    const strand = hairs[Math.abs(Math.round(x) * 73 + Math.round(z) * 179) % hairs.length] ?? 0;
    const hair = HAIR_HU[0] + (HAIR_HU[1] - HAIR_HU[0]) * strand;
    values[v] = Math.max(values[v] as number, hair);
  });
}

/** z of the line between the lips (head mm). */
function mouthOf({ build }: Anatomy): number {
  return build.at(0, -95, mouthLine(build.id))[2];
}

/** A bracket on the front of every tooth and the wire between them, above and below. */
function bracesOf(anatomy: Anatomy): Inside {
  const { tooth } = anatomy;
  const mouth = mouthOf(anatomy);
  return (x, y, z) => {
    if (y > -40 || Math.abs(Math.abs(z - mouth) - 5) > 2) return false;
    const d = sampleOr(tooth, x, y, z);
    return d > 0 && d < 2 && sampleOr(tooth, x, y + 3, z) < 0;
  };
}

/** The receiver of a cochlear implant, a disc on the skull behind and above the left ear. */
function implantOf(anatomy: Anatomy): Inside {
  const [, y0, z0] = anatomy.build.at(70, 48, 38);
  return (x, y, z) => {
    if (x < 30 || Math.hypot(y - y0, z - z0) > 12) return false;
    return Math.abs(skinAt(anatomy, x, y, z) + 6) < 2;
  };
}

function markedBy(isMetal: Inside, grid: Grid, toHead: Affine): Uint8Array {
  const [ni, nj, nk] = grid.size;
  const metal = new Uint8Array(ni * nj * nk);
  forEachPlace(grid, toHead, (v, x, y, z) => {
    if (isMetal(x, y, z)) metal[v] = 1;
  });
  return metal;
}

/** Metal, and the bright and dark streaks that run from it through its slice (along i and j). */
function scatter(metal: Uint8Array, values: Float32Array, grid: Grid, seed: number): void {
  const [ni, nj, nk] = grid.size;
  const [di, dj] = spacingOf(grid.affine);
  const random = createRandom(seed + 37);
  for (let k = 0; k < nk; k++) {
    let [i0, j0, count] = [0, 0, 0];
    for (let v = ni * nj * k, n = 0; n < ni * nj; v++, n++) {
      if (!metal[v]) continue;
      i0 += n % ni;
      j0 += Math.floor(n / ni);
      count++;
    }
    if (count === 0) continue;
    const strength = STREAK.hu * Math.min(1, count / 40);
    const [turns, phase] = [7 + 6 * random.uniform(), 6.3 * random.uniform()];
    for (let v = ni * nj * k, n = 0; n < ni * nj; v++, n++) {
      const x = ((n % ni) - i0 / count) * di;
      const y = (Math.floor(n / ni) - j0 / count) * dj;
      const far = Math.hypot(x, y);
      if (far > STREAK.reach) continue;
      const turn = Math.atan2(y, x);
      const wave = Math.sin(turns * turn + phase) * Math.sin(3.1 * turns * turn);
      const fade = 1 - smoothStep(0, STREAK.reach, far);
      values[v] = metal[v] ? METAL_HU : (values[v] as number) + strength * wave * fade;
    }
  }
}

function forEachPlace(
  { size: [ni, nj, nk] }: Grid,
  toHead: Affine,
  visit: (v: number, x: number, y: number, z: number) => void,
): void {
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) visit(v, ...indexToLps(toHead, [i, j, k]));
    }
  }
}
