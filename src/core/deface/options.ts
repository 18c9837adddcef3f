/** What a person may choose (design.md §3, §6). */

export const REGIONS = ['face', 'ears', 'eyes', 'teeth', 'scalp'] as const;
export type Region = (typeof REGIONS)[number];

/** `deep`, `shallow` and the other methods come with later releases; only what is here works. */
export const DEPTHS = ['standard'] as const;
export type Depth = (typeof DEPTHS)[number];

export const METHODS = ['blank'] as const;
export type MethodId = (typeof METHODS)[number];

export interface DefaceOptions {
  readonly regions: readonly Region[];
  readonly depth: Depth;
  readonly method: MethodId;
}

export const DEFAULT_DEFACE: DefaceOptions = {
  regions: ['face', 'ears'],
  depth: 'standard',
  method: 'blank',
};
