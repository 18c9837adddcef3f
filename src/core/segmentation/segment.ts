/** The head of a scan, found and labelled by the two networks. */
import { norm, subtract, type Vec3 } from '../geometry/affine.ts';
import { uprightGrid, type Grid } from '../geometry/grid.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import { countLabels } from '../volume/statistics.ts';
import { Label, type Modality, type Volume } from '../volume/volume.ts';
import { createConformer, type Conformed } from './conform.ts';
import { BOX_RULE, boxCenter, findConformed, FIND_SIZE, FIND_SPACING_MM } from './find-head.ts';
import type { HeadNetworks } from './networks.ts';
import { isImage } from './sanity.ts';
import { LABEL_CLASSES, type Segmentation } from './segmentation.ts';

/** Input grid of network `label`. */
export const LABEL_SIZE = [64, 80, 80] as const;
export const LABEL_SPACING_MM = 3;

/** A box farther off than this (mm) is placed again, once: the coarse search saw only a part. */
const RECENTER_MM = 12;

/**
 * Finds the head, then labels it twice: as it is and mirrored left to right. Their mean is
 * the answer (better than one by 0.005–0.02 Dice), and where they disagree is a warning
 * (model.md §5).
 *
 * @returns null where the networks see no head
 * @throws the signal's reason when cancelled, between two runs of a network
 */
export async function segment(
  volume: Volume,
  networks: HeadNetworks,
  { signal, onProgress }: JobOptions = {},
): Promise<Segmentation | null> {
  const checkpoint = createCheckpoint(signal);
  const conformer = createConformer(volume);

  const center = await findConformed(volume.grid, conformer, networks, { signal, onProgress });
  if (!center) return null;

  onProgress?.({ stage: 'segment', done: 0, total: 2 });
  await checkpoint();
  let box = conformer.on(boxAround(center));
  if (!isImage(box)) return null;
  let plain = await networks.label(box.input);
  const better = labelledCenter(plain, box.grid);
  if (better && norm(subtract(better, center)) > RECENTER_MM) {
    await checkpoint();
    box = conformer.on(boxAround(better));
    plain = await networks.label(box.input);
  }
  onProgress?.({ stage: 'segment', done: 1, total: 2 });
  await checkpoint();
  const turned = await networks.label({ ...box.input, values: mirror(box.input.values, 1) });
  onProgress?.({ stage: 'segment', done: 2, total: 2 });
  await checkpoint();
  const answer = join(box, volume.modality, plain, mirror(turned, LABEL_CLASSES));
  if (!showsHead(answer.labels)) return null;
  return { ...answer, wide: conformer.on(uprightGrid(FIND_SIZE, FIND_SPACING_MM, center)) };
}

/** Whether the finer network, too, sees as much brain and face as the search asks for. */
function showsHead(labels: Uint8Array): boolean {
  const counts = countLabels(labels);
  const voxels = [Label.brain, Label.face, Label.eyes].reduce(
    (n, label) => n + (counts[label] as number),
    0,
  );
  return (voxels * LABEL_SPACING_MM ** 3) / 1000 >= BOX_RULE.minimumMl;
}

function boxAround(center: Vec3): Grid {
  return uprightGrid(LABEL_SIZE, LABEL_SPACING_MM, center);
}

/** The rule of the search, on the finer answer: brain, face and eyes. */
function labelledCenter(probabilities: Float32Array, grid: Grid): Vec3 | null {
  const labels = mostProbable(probabilities);
  for (let v = 0; v < labels.length; v++) {
    const label = labels[v];
    labels[v] = label === Label.brain || label === Label.face || label === Label.eyes ? 1 : 0;
  }
  return boxCenter(labels, grid);
}

/** The box's values, `width` a voxel, with i reversed. */
function mirror(values: Float32Array, width: number): Float32Array {
  const out = new Float32Array(values.length);
  const row = LABEL_SIZE[0] * width;
  for (let start = 0; start < values.length; start += row) {
    for (let i = 0; i < row; i += width) {
      const from = start + row - width - i;
      for (let c = 0; c < width; c++) out[start + i + c] = values[from + c] as number;
    }
  }
  return out;
}

function join(
  { grid, inView, input }: Conformed,
  modality: Modality,
  plain: Float32Array,
  turned: Float32Array,
): Segmentation {
  const probabilities = new Float32Array(plain.length);
  for (let p = 0; p < plain.length; p++) {
    probabilities[p] = ((plain[p] as number) + (turned[p] as number)) / 2;
  }
  return {
    grid,
    image: input.values,
    modality,
    inView,
    probabilities,
    labels: mostProbable(probabilities),
    plain: mostProbable(plain),
    mirrored: mostProbable(turned),
  };
}

/** The class of highest probability of each voxel; the first of equals. */
function mostProbable(probabilities: Float32Array): Uint8Array {
  const labels = new Uint8Array(probabilities.length / LABEL_CLASSES);
  for (let v = 0, p = 0; v < labels.length; v++, p += LABEL_CLASSES) {
    let best = 0;
    let top = probabilities[p] as number;
    for (let c = 1; c < LABEL_CLASSES; c++) {
      const value = probabilities[p + c] as number;
      if (value > top) {
        top = value;
        best = c;
      }
    }
    labels[v] = best;
  }
  return labels;
}
