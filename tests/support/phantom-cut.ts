/** A made head in noise, cut by its true labels: for what needs real structure but no network. */
import { brainGuard, type BrainGuard } from '../../src/core/deface/brain-guard.ts';
import { planCut, type Cut } from '../../src/core/deface/cut.ts';
import { fineLabels, type FineLabels } from '../../src/core/deface/fine-labels.ts';
import { headFrame } from '../../src/core/deface/head-frame.ts';
import type { Opening } from '../../src/core/deface/opening.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { removedRegion, type RemovedRegion } from '../../src/core/deface/region.ts';
import { uprightGrid } from '../../src/core/geometry/grid.ts';
import { defaultGrid, makeHead, scanHead } from '../../src/core/phantom/head.ts';
import { LABEL_CLASSES, type Segmentation } from '../../src/core/segmentation/segmentation.ts';
import type { Modality, Volume } from '../../src/core/volume/volume.ts';

export interface PhantomCut {
  readonly volume: Volume;
  readonly segmentation: Segmentation;
  readonly fine: FineLabels;
  readonly guard: BrainGuard | null;
  readonly cut: Cut;
  readonly removed: RemovedRegion;
  readonly opening: Opening;
}

export async function phantomCut(person: number, kind: Modality): Promise<PhantomCut> {
  const head = await makeHead(person);
  const scanned = { seed: person, kind, couch: false };
  const { volume } = await scanHead(head, { ...scanned, grid: defaultGrid(2) });
  const truth = await scanHead(head, {
    ...scanned,
    grid: uprightGrid([68, 84, 84], 3, [0, -8, 10]),
  });
  const labels = truth.labels.voxels;
  const probabilities = new Float32Array(labels.length * LABEL_CLASSES);
  labels.forEach((label, v) => (probabilities[v * LABEL_CLASSES + label] = 1));
  const segmentation: Segmentation = {
    ...{ grid: truth.labels.grid, labels, plain: labels, mirrored: labels },
    probabilities,
  };
  const fine = fineLabels(segmentation);
  const frame = headFrame(segmentation);
  if (!frame) throw new Error('no frame');
  const cut = planCut(fine, frame, { ...DEFAULT_DEFACE, seed: [] }, volume);
  const guard = brainGuard(segmentation, fine);
  const removed = await removedRegion(volume, fine, guard, frame, cut);
  const opening = { volume, removed, frame, seed: [1, 2, 3] };
  return { volume, segmentation, fine, guard, cut, removed, opening };
}
