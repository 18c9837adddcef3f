import { describe, expect, test } from 'vitest';
import { brainGuard, GUARD_MM } from '../../../../src/core/deface/brain-guard.ts';
import { fineLabels } from '../../../../src/core/deface/fine-labels.ts';
import {
  LABEL_CLASSES,
  type Segmentation,
} from '../../../../src/core/segmentation/segmentation.ts';
import { distanceMm } from '../../../../src/core/volume/distance.ts';
import { Label } from '../../../../src/core/volume/volume.ts';
import { rotation } from '../../../support/rotation.ts';
import { toyHead } from '../../../support/toy-head.ts';

const upright = rotation(0, 0, 0, [0, 0, 0]);

/** The toy head with a probability of brain in every face voxel, taken from that of face. */
function unsure(share: number): Segmentation {
  const head = toyHead(upright);
  const probabilities = head.probabilities.slice();
  head.labels.forEach((label, v) => {
    if (label !== Label.face) return;
    probabilities[v * LABEL_CLASSES + Label.face] = 1 - share;
    probabilities[v * LABEL_CLASSES + Label.brain] = share;
  });
  return { ...head, probabilities };
}

describe('the guard around the brain', () => {
  test('covers at least 5 mm around the label', () => {
    const head = toyHead(upright);
    const fine = fineLabels(head);
    const guard = brainGuard(head, fine);
    const brain = fine.labels.map((label) => (label === Label.brain ? 1 : 0));
    const far = distanceMm(brain, fine.grid.size, [1.5, 1.5, 1.5], 20);
    let guarded = 0;
    guard?.clear.forEach((mm, v) => {
      if (mm > 0) return;
      guarded += brain[v] ? 0 : 1;
    });
    far.forEach((mm, v) => {
      if (mm < GUARD_MM) expect(guard?.clear[v]).toBeLessThanOrEqual(0);
    });
    expect(guarded).toBeGreaterThan(1000);
  });

  test('widens where brain is possible, and only there', () => {
    const guarded = (head: Segmentation): number =>
      brainGuard(head, fineLabels(head))?.clear.filter((mm) => mm <= 0).length ?? 0;
    const sure = guarded(toyHead(upright));
    expect(guarded(unsure(0.1))).toBeLessThan(1.01 * sure);
    expect(guarded(unsure(0.3))).toBeGreaterThan(1.05 * sure);
  });

  test('is none where no brain is in view', () => {
    const head = toyHead(upright);
    const labels = head.labels.map((label) => (label === Label.brain ? Label.head : label));
    const probabilities = new Float32Array(head.probabilities.length);
    labels.forEach((label, v) => {
      probabilities[v * LABEL_CLASSES + label] = 1;
    });
    const without = { ...head, labels, probabilities };
    expect(brainGuard(without, fineLabels(without))).toBeNull();
  });
});
