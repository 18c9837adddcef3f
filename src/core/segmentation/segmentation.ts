/** What the network says of a head, on its own grid. */
import type { Grid } from '../geometry/grid.ts';
import type { Modality } from '../volume/volume.ts';
import type { Conformed } from './conform.ts';

/** Number of classes of network `label`: the labels of design.md §3, in order. */
export const LABEL_CLASSES = 7;

export interface Segmentation {
  /** The upright 3 mm box in which the head was labelled (i to Left, j to Posterior, k to Superior). */
  readonly grid: Grid;
  /** Class probabilities, the mean of the plain and the mirrored run; voxel-major, 7 a voxel. */
  readonly probabilities: Float32Array;
  /** Most probable class of each voxel. */
  readonly labels: Uint8Array;
  /** Most probable class of the plain run alone, and of the mirrored run turned back. */
  readonly plain: Uint8Array;
  readonly mirrored: Uint8Array;
  /** What the network was shown (0 … 1.2); absent where an answer was not made from an image. */
  readonly image?: Float32Array;
  /** The scan around the head on a coarser, wider grid: how it goes on beyond the box. */
  readonly wide?: Conformed;
  /** What kind of scan `image` was made from. */
  readonly modality?: Modality;
  /** 1 where the voxel's centre lies in the scan; absent where all do. */
  readonly inView?: Uint8Array;
  /** Not an answer of the network, which saw no head: tissue and air only (outline-only.ts). */
  readonly isOutline?: boolean;
}
