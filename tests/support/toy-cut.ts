/** The toy head, cut as a person may choose: what does not change is made once. */
import { brainGuard } from '../../src/core/deface/brain-guard.ts';
import { fineLabels } from '../../src/core/deface/fine-labels.ts';
import { headFrame } from '../../src/core/deface/head-frame.ts';
import { DEFAULT_DEFACE, type SeededOptions } from '../../src/core/deface/options.ts';
import { planCut, type Cut } from '../../src/core/deface/cut.ts';
import { removedRegion, type RemovedRegion } from '../../src/core/deface/region.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import { rotation } from './rotation.ts';
import { toyHead } from './toy-head.ts';
import { toyScan } from './toy-scan.ts';

export const toySegmentation = toyHead(rotation(0, 0, 0, [0, 0, 0]));
export const toyFine = fineLabels(toySegmentation);
const guard = brainGuard(toySegmentation, toyFine);
if (!guard) throw new Error('no brain');
export const toyGuard = guard;
const found = headFrame(toySegmentation);
if (!found) throw new Error('no frame');
export const toyFrame = found;
export const toyVolume = toyScan(toySegmentation);

export async function cutToy(
  chosen: Partial<SeededOptions>,
  volume: Volume = toyVolume,
): Promise<{ readonly cut: Cut; readonly removed: RemovedRegion }> {
  const options = { ...DEFAULT_DEFACE, seed: [1], ...chosen };
  const cut = planCut(toyFine, toyFrame, options, volume);
  return { cut, removed: await removeToy(cut, volume) };
}

export function removeToy(cut: Cut, volume: Volume = toyVolume): Promise<RemovedRegion> {
  return removedRegion(volume, toyFine, toyGuard, toyFrame, cut);
}
