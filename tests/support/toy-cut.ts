/** The toy head, cut as a person may choose: what does not change is made once. */
import { fineLabels } from '../../src/core/deface/fine-labels.ts';
import { headFrame } from '../../src/core/deface/head-frame.ts';
import { DEFAULT_DEFACE, type SeededOptions } from '../../src/core/deface/options.ts';
import { planCut, type Cut } from '../../src/core/deface/cut.ts';
import { removedRegion, type RemovedRegion } from '../../src/core/deface/region.ts';
import { spacingOf } from '../../src/core/geometry/affine.ts';
import { distanceMm } from '../../src/core/volume/distance.ts';
import { Label, type Volume } from '../../src/core/volume/volume.ts';
import { rotation } from './rotation.ts';
import { toyHead } from './toy-head.ts';
import { toyScan } from './toy-scan.ts';

const segmentation = toyHead(rotation(0, 0, 0, [0, 0, 0]));
export const toyFine = fineLabels(segmentation);
const brain = toyFine.labels.map((label) => (label === Label.brain ? 1 : 0));
export const toyBrainDistance = distanceMm(
  brain,
  toyFine.grid.size,
  spacingOf(toyFine.grid.affine),
  30,
);
const found = headFrame(segmentation);
if (!found) throw new Error('no frame');
export const toyFrame = found;
export const toyVolume = toyScan(segmentation);

export async function cutToy(
  chosen: Partial<SeededOptions>,
  volume: Volume = toyVolume,
): Promise<{ readonly cut: Cut; readonly removed: RemovedRegion }> {
  const options = { ...DEFAULT_DEFACE, seed: [1], ...chosen };
  const cut = planCut(toyFine, toyFrame, options, volume);
  return { cut, removed: await removeToy(cut, volume) };
}

export function removeToy(cut: Cut, volume: Volume = toyVolume): Promise<RemovedRegion> {
  return removedRegion(volume, toyFine, toyBrainDistance, toyFrame, cut);
}
