/** What is to be replaced: decided and hashed before the first byte is written. */

/**
 * One file that changes: replaced (`to` is its path), renamed too (`to` is another),
 * taken away (`to` is null) or new (`path` is null).
 */
export interface Planned {
  readonly n: number;
  /** The group it changes with: all of it or none. */
  readonly group: number;
  readonly path: string | null;
  /** SHA-256 of the original, 64 hexadecimal digits; null where there is none. */
  readonly sha256: string | null;
  readonly bytes: number;
  readonly to: string | null;
}

/**
 * `visit`: the files of one visit. `others`: files that keep their bytes but not their
 * place; they follow when a visit was placed. `report`: the report, last.
 */
export type GroupKind = 'visit' | 'others' | 'report';

export interface Manifest {
  readonly files: readonly Planned[];
  readonly groups: readonly GroupKind[];
}

/** SHA-256 of the new bytes by number; null where the file is taken away. */
export type Staged = ReadonlyMap<number, string | null>;
