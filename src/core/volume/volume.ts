/**
 * Volumes of stored values, and label masks on the same grid.
 *
 * Stored values are kept as the file has them; modality values (HU in CT, arbitrary
 * units in MR, activity in PET) are stored · slope + intercept (DICOM PS3.3 C.11.1.1.2,
 * NIfTI scl_slope), and the rescale may differ from slice to slice (in PET it does).
 */
import type { Grid } from '../geometry/grid.ts';
import type { JobOptions } from '../progress.ts';

/** Terms of Modality (0008,0060); PT is PET. */
export type Modality = 'CT' | 'MR' | 'PT';

export type StoredArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Makes zeroed memory of so many bytes: shared with a viewer where that is possible. */
export type MakeMemory = (bytes: number) => ArrayBufferLike;

export interface LoadOptions extends JobOptions {
  readonly memory?: MakeMemory;
}

export interface Rescale {
  readonly slope: number;
  readonly intercept: number;
}

export interface Volume {
  readonly grid: Grid;
  readonly modality: Modality;
  /** Stored values, i fastest; length ni·nj·nk. */
  readonly stored: StoredArray;
  /** One rescale for all slices, or one for each k. */
  readonly rescale: readonly Rescale[];
  /** Stored value of a voxel that holds no image (PixelPaddingValue), if the file names one. */
  readonly padding: { readonly low: number; readonly high: number } | null;
  /** Stored value of air, for all slices or one for each k: what `blank` writes. */
  readonly air: readonly number[];
}

/** design.md §3: what a voxel of a mask is. */
export const Label = {
  air: 0,
  head: 1,
  face: 2,
  ears: 3,
  eyes: 4,
  brain: 5,
  forehead: 6,
} as const;
export type Label = (typeof Label)[keyof typeof Label];

/** One label or one yes/no (1/0) for each voxel of a grid. */
export interface Mask {
  readonly grid: Grid;
  readonly voxels: Uint8Array;
}

/** The rescale of slice k. */
export function rescaleOf(volume: Volume, k: number): Rescale {
  const rescale = volume.rescale[volume.rescale.length === 1 ? 0 : k];
  if (!rescale) throw new Error(`no rescale for slice ${String(k)}`);
  return rescale;
}

/** The stored value of air in slice k. */
export function airOf(volume: Volume, k: number): number {
  const air = volume.air[volume.air.length === 1 ? 0 : k];
  if (air === undefined) throw new Error(`no air value for slice ${String(k)}`);
  return air;
}
