/**
 * How deep the shell of "shallow" is, from place to place (mm): smooth, random, and of
 * most of the range in every head.
 */
import { createSeededUniform, shuffledOrder, type Seed } from '../random.ts';

/** The least and the greatest depth under the skin (mm): design.md §3.1. */
export const SHELL_MM = [10, 24] as const;
/** Distance of the knots (mm): about the size of a nose, a cheek, a chin. */
const KNOT_MM = 35;
/** Where faces lie in the head frame (mm): x, and z. */
const FACE = { x: [-80, 80], z: [-160, 0] } as const;

export type DepthAt = (x: number, z: number) => number;

/**
 * The depth at x, z of the head frame. Knots have evenly spread depths in random order, so
 * that no head gets a shell of nearly one depth by chance; where they lie is random too.
 */
export function depthField(seed: Seed): DepthAt {
  const uniform = createSeededUniform(seed);
  const x0 = FACE.x[0] - KNOT_MM * uniform();
  const z0 = FACE.z[0] - KNOT_MM * uniform();
  const nx = Math.ceil((FACE.x[1] - x0) / KNOT_MM) + 1;
  const nz = Math.ceil((FACE.z[1] - z0) / KNOT_MM) + 1;
  const [low, high] = SHELL_MM;
  const order = shuffledOrder(nx * nz, uniform);
  const knots = order.map((rank) => low + ((high - low) * rank) / (nx * nz - 1));
  const knot = (i: number, j: number): number => knots[i + nx * j] as number;
  return (x, z) => {
    const [i, a] = between((x - x0) / KNOT_MM, nx);
    const [j, b] = between((z - z0) / KNOT_MM, nz);
    const below = knot(i, j) + a * (knot(i + 1, j) - knot(i, j));
    const above = knot(i, j + 1) + a * (knot(i + 1, j + 1) - knot(i, j + 1));
    return below + b * (above - below);
  };
}

/** The knot before, and how far on the way to the next (0–1), level at both. */
function between(at: number, n: number): readonly [number, number] {
  const within = Math.max(0, Math.min(n - 1, at));
  const before = Math.min(n - 2, Math.floor(within));
  const t = within - before;
  return [before, t * t * (3 - 2 * t)];
}
