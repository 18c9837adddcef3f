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

/** The other methods come with later releases; only what is here works. */
export const METHODS = ['blank'] as const;
export type MethodId = (typeof METHODS)[number];

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
}

export const DEFAULT_DEFACE: DefaceOptions = {
  regions: ['face', 'ears'],
  depth: 'standard',
  method: 'blank',
};
