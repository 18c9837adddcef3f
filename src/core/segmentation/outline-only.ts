/** Tissue and air as the image itself shows them, where the network sees no head. */
import { uprightGrid } from '../geometry/grid.ts';
import { Label, type Volume } from '../volume/volume.ts';
import { boundsOf, createConformer } from './conform.ts';
import { headOutline } from './outline.ts';
import { LABEL_SIZE, LABEL_SPACING_MM } from './segment.ts';
import { LABEL_CLASSES, type Segmentation } from './segmentation.ts';

/** A segmentation around the middle of the scan in which nothing is brain, face or ear. */
export function outlineOnly(volume: Volume): Segmentation {
  const { low, high } = boundsOf(volume.grid);
  const grid = uprightGrid(LABEL_SIZE, LABEL_SPACING_MM, [
    (low[0] + high[0]) / 2,
    (low[1] + high[1]) / 2,
    (low[2] + high[2]) / 2,
  ]);
  const { input, inView } = createConformer(volume).on(grid);
  const { head } = headOutline(input.values, inView, grid.size);
  const labels = head.map((is) => (is ? Label.head : Label.air));
  const probabilities = new Float32Array(labels.length * LABEL_CLASSES);
  labels.forEach((label, v) => (probabilities[v * LABEL_CLASSES + label] = 1));
  return {
    grid,
    image: input.values,
    modality: volume.modality,
    inView,
    probabilities,
    labels,
    plain: labels,
    mirrored: labels,
    isOutline: true,
  };
}
