/** What segmentation needs of the networks: src/app/ports.ts has it whole. */
import type { NetworkGridInput } from './conform.ts';

export interface HeadNetworks {
  /** Probabilities of other, brain, face; voxel-major. */
  find(input: NetworkGridInput): Promise<Float32Array>;
  /** Probabilities of the labels of design.md §3; voxel-major. */
  label(input: NetworkGridInput): Promise<Float32Array>;
}
