/**
 * The one source of randomness: seeded, so that a phantom or a job with the same
 * seed gives the same result. Keys and secrets never come from here; a seed may come from
 * a key.
 */

/** Words of 32 bits. One is enough for an image; what nobody may guess takes eight of a key's. */
export type Seed = readonly number[];

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for images. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/**
 * The sum, modulo 1, of one generator for each word: as uniform as the best of them, and to
 * try out all seeds takes 2^32 times longer with every word.
 */
export function createSeededUniform(seed: Seed): () => number {
  const streams = seed.map((word) => createRandom(word));
  return () => streams.reduce((sum, stream) => (sum + stream.uniform()) % 1, 0);
}

/** 0 … n − 1 in random order (Fisher–Yates). */
export function shuffledOrder(n: number, uniform: () => number): number[] {
  const order = Array.from({ length: n }, (_, at) => at);
  for (let last = n - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}

/** One word from all of a seed (FNV-1a), for what need not be kept secret. */
export function wordOf(seed: Seed): number {
  return seed.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193), 0x811c9dc5) >>> 0;
}
