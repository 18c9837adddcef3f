/** The toy head as a result to correct, and a network that finds nothing in it. */
import type { FaceSegmenter } from '../../src/app/ports.ts';
import type { LabelledHead } from '../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import type { Brush } from '../../src/core/edit/brush.ts';
import { ChangeRecorder, type MarkChange } from '../../src/core/edit/change.ts';
import type { Stroke } from '../../src/core/edit/marks.ts';
import { settingsOf } from '../../src/core/edit/settings.ts';
import { paint } from '../../src/core/edit/tools.ts';
import type { Vec3 } from '../../src/core/geometry/affine.ts';
import { LABEL_CLASSES } from '../../src/core/segmentation/segmentation.ts';
import { toyFrame, toySegmentation, toyVolume } from './toy-cut.ts';

export const toyHeadFound: LabelledHead = {
  segmentation: toySegmentation,
  frame: toyFrame,
  borrowed: false,
  doubts: [],
};
export const toyRun = settingsOf(DEFAULT_DEFACE);

/** All air: whatever is left of the face, it is not found again. */
export const seesNothing = {
  backend: 'none',
  model: { id: 'none', sha256: '' },
  /** Probabilities of other, brain, face. */
  find: ({ values }: { readonly values: Float32Array }) =>
    Promise.resolve(new Float32Array(values.length * 3).map((_, n) => (n % 3 === 0 ? 1 : 0))),
  label: () => {
    const voxels = toySegmentation.labels.length;
    const out = new Float32Array(voxels * LABEL_CLASSES);
    for (let v = 0; v < voxels; v++) out[v * LABEL_CLASSES] = 1;
    return Promise.resolve(out);
  },
} as unknown as FaceSegmenter;

/** A dab into marks of the toy scan. */
export function dab(marks: Uint8Array, stroke: Stroke, at: Vec3, radius = 12): MarkChange {
  const recorder = new ChangeRecorder(marks);
  const brush: Brush = { radius, disc: null };
  paint(toyVolume.grid, marks, recorder, stroke, brush, [at, at]);
  return recorder.change();
}

/** Middle of the brain, and a place behind the cut. */
export const IN_BRAIN: Vec3 = [0, 0, 0];
export const IN_NECK: Vec3 = [0, 40, -90];
