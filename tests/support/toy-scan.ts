/** A scan of the toy head on another grid than the network's, 4 mm apart, with a padded corner. */
import type { Segmentation } from '../../src/core/segmentation/segmentation.ts';
import type { Modality, Volume } from '../../src/core/volume/volume.ts';

/** @param modality the values are the same for both */
export function toyScan(segmentation: Segmentation, modality: Modality = 'CT'): Volume {
  const size = [50, 62, 60] as const;
  const affine = segmentation.grid.affine.slice();
  for (const n of [0, 5, 10]) affine[n] = 4;
  const stored = new Int16Array(size[0] * size[1] * size[2]).fill(1000);
  stored.fill(-2000, 0, 5);
  return {
    grid: { size, affine: affine as unknown as Volume['grid']['affine'] },
    modality,
    stored,
    rescale: [{ slope: 1, intercept: -1024 }],
    padding: { low: -2000, high: -2000 },
    air: [24],
  };
}
