/** What a person may choose (design.md §3, §6). */
import type { Seed } from '../random.ts';

export const REGIONS = ['face', 'ears', 'eyes', 'teeth', 'scalp'] as const;
export type Region = (typeof REGIONS)[number];

/**
 * How much goes (design.md §3.1): `standard` all in front of a wall that does not follow the
 * skin, `shallow` a shell of random depth under the skin, `deep` the whole face zone.
 */
export const DEPTHS = ['shallow', 'standard', 'deep'] as const;
export type Depth = (typeof DEPTHS)[number];

/**
 * What the removed region becomes (methods.ts): `blank` constant air, `noise` air with the
 * scan's own noise, `blur` and `pixelate` a coarser likeness, `reface` the average face of the
 * parametric heads, `reface-random` one of them drawn by the key.
 */
export const METHODS = ['blank', 'noise', 'blur', 'pixelate', 'reface', 'reface-random'] as const;
export type MethodId = (typeof METHODS)[number];

/** Methods that leave a coarse likeness: published attacks undo them. */
export const LIKENESS: readonly MethodId[] = ['blur', 'pixelate'];
/** Methods after which a face is found again, and should be: not the person's. */
export const NEW_FACE: readonly MethodId[] = ['reface', 'reface-random'];

export interface DefaceOptions {
  readonly regions: readonly Region[];
  readonly depth: Depth;
  readonly method: MethodId;
}

/**
 * What a job needs beyond what was chosen. The seed shapes the random shell of `shallow`: who
 * knows it can undo the randomness, so it is never among the options that a report lists.
 */
export interface SeededOptions extends DefaceOptions {
  readonly seed: Seed;
  /** For what a method draws, apart from the shell: a face that is shown must not give it away. */
  readonly methodSeed?: Seed;
}

export const DEFAULT_DEFACE: DefaceOptions = {
  regions: ['face', 'ears'],
  depth: 'standard',
  method: 'blank',
};
