/**
 * A head that was labelled in one series, seen in another of the same frame of reference:
 * the labels stay where they are in the patient, the image is the other series' own, so
 * that everything that holds labels against an image holds them against this one.
 */
import { uprightGrid } from '../geometry/grid.ts';
import { Label, type Volume } from '../volume/volume.ts';
import { createConformer } from './conform.ts';
import { FIND_SIZE, FIND_SPACING_MM } from './find-head.ts';
import { LABEL_CLASSES, type Segmentation } from './segmentation.ts';
import { indexToLps } from '../geometry/affine.ts';

export interface CarriedSegmentation {
  readonly segmentation: Segmentation;
  /** Share (0–1) of the head's surroundings in this series that the other did not show. */
  readonly unseen: number;
}

/** Values of a normalized image above this are tissue. */
const TISSUE = 0.12;

/** @param reference made from another series; its labels lie in LPS mm */
export function carrySegmentation(volume: Volume, reference: Segmentation): CarriedSegmentation {
  const { grid } = reference;
  const conformer = createConformer(volume);
  const { input, inView } = conformer.on(grid);
  const middle = grid.size.map((n) => (n - 1) / 2) as [number, number, number];
  const wide = conformer.on(
    uprightGrid(FIND_SIZE, FIND_SPACING_MM, indexToLps(grid.affine, middle)),
  );
  const probabilities = reference.probabilities.slice();
  const hidden = (labels: Uint8Array): Uint8Array =>
    labels.map((label, v) => (inView[v] ? label : Label.air));
  let [tissue, unseen] = [0, 0];
  for (let v = 0; v < inView.length; v++) {
    if (!inView[v]) {
      probabilities.fill(0, v * LABEL_CLASSES, (v + 1) * LABEL_CLASSES);
      probabilities[v * LABEL_CLASSES + Label.air] = 1;
    } else if ((input.values[v] as number) > TISSUE) {
      tissue++;
      if (reference.inView?.[v] === 0) unseen++;
    }
  }
  return {
    segmentation: {
      grid,
      probabilities,
      labels: hidden(reference.labels),
      plain: hidden(reference.plain),
      mirrored: hidden(reference.mirrored),
      image: input.values,
      wide,
      modality: volume.modality,
      inView,
    },
    unseen: tissue ? unseen / tissue : 1,
  };
}
