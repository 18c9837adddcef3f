import { describe, expect, test } from 'vitest';
import { explain, type ErrorRecord } from '../../../../src/core/errors.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { judge, measure } from '../../../../src/core/segmentation/sanity.ts';
import type { Segmentation } from '../../../../src/core/segmentation/segmentation.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const grid = uprightGrid([64, 80, 80], 3, [0, 0, 0]);

type Paint = (x: number, y: number, z: number) => number;

/** A head: brain of 1.4 l, face before and below it, an ear on each side (mm from the middle of the brain). */
const head: Paint = (x, y, z) => {
  if ((x / 65) ** 2 + (y / 80) ** 2 + (z / 64) ** 2 < 1) return Label.brain;
  if (y < -40 && y > -90 && z < -20 && z > -90 && Math.abs(x) < 50) return Label.face;
  if (Math.abs(x) > 68 && Math.abs(x) < 85 && Math.abs(y) < 30 && z < -10 && z > -60)
    return Label.ears;
  return Label.air;
};

function labelled(paint: Paint): Uint8Array {
  const labels = new Uint8Array(64 * 80 * 80);
  let v = 0;
  for (let k = 0; k < 80; k++) {
    for (let j = 0; j < 80; j++) {
      for (let i = 0; i < 64; i++, v++)
        labels[v] = paint(3 * (i - 31.5), 3 * (j - 45), 3 * (k - 50));
    }
  }
  return labels;
}

function segmentation(paint: Paint, mirrored = paint): Segmentation {
  const labels = labelled(paint);
  return {
    grid,
    labels,
    plain: labels,
    mirrored: labelled(mirrored),
    probabilities: new Float32Array(0),
  };
}

const reasons = (list: readonly ErrorRecord[]): string =>
  list.map(({ code, details }) => explain(code, details).why).join(' ');

describe('the judgment of an answer', () => {
  test('has nothing against a head', () => {
    expect(judge(segmentation(head))).toEqual({ refuse: [], review: [], orientation: [] });
    const seen = measure(segmentation(head));
    expect(seen.brainMl).toBeGreaterThan(1300);
    expect(seen.brainMl).toBeLessThan(1500);
    expect(seen.brainInOnePart).toBe(1);
    expect(seen.brainFromFace?.back).toBeGreaterThan(50);
    expect(seen.brainFromFace?.up).toBeGreaterThan(40);
    expect(seen.mirror).toEqual({ brain: 1, removal: 1 });
  });

  test('asks about a missing ear and says how many', () => {
    const oneEar: Paint = (x, y, z) => (x < 0 && head(x, y, z) === Label.ears ? 0 : head(x, y, z));
    const noEar: Paint = (x, y, z) => (head(x, y, z) === Label.ears ? 0 : head(x, y, z));
    expect(reasons(judge(segmentation(oneEar)).review)).toMatch(/one ear only/);
    expect(reasons(judge(segmentation(noEar)).review)).toMatch(/no ear/);
    expect(measure(segmentation(oneEar)).earMl.right).toBe(0);
    expect(measure(segmentation(oneEar)).earMl.left).toBeGreaterThan(30);
  });

  test('refuses a face that lies above or behind the brain', () => {
    const upsideDown: Paint = (x, y, z) => head(x, y, -z);
    const backwards: Paint = (x, y, z) => head(x, -y, z);
    expect(reasons(judge(segmentation(upsideDown)).refuse)).toMatch(/orientation/);
    expect(reasons(judge(segmentation(backwards)).refuse)).toMatch(/orientation/);
  });

  test('asks about small and large brains and refuses what no head holds', () => {
    const scaled =
      (factor: number): Paint =>
      (x, y, z) => {
        const whole = head(x, y, z);
        if ((x / 65) ** 2 + (y / 80) ** 2 + (z / 64) ** 2 < factor ** 2) return Label.brain;
        return whole === Label.brain ? Label.head : whole;
      };
    expect(reasons(judge(segmentation(scaled(0.75))).review)).toMatch(/only .* ml of brain/);
    expect(reasons(judge(segmentation(scaled(1.2))).review)).toMatch(/more than is usual/);
    expect(reasons(judge(segmentation(scaled(1.35))).refuse)).toMatch(/more than any head holds/);
  });

  test('refuses a brain in several places', () => {
    const two: Paint = (x, y, z) =>
      Math.abs(z + 10) < 8 && head(x, y, z) === Label.brain ? Label.head : head(x, y, z);
    expect(reasons(judge(segmentation(two)).refuse)).toMatch(/several places/);
  });

  test('refuses when the mirrored head looks different, but leaves small differences to the checks', () => {
    const shifted =
      (by: number): Paint =>
      (x, y, z) =>
        head(x, y, z + by);
    expect(reasons(judge(segmentation(head, shifted(36))).refuse)).toMatch(/mirrored/);
    expect(judge(segmentation(head, shifted(3)))).toEqual({
      refuse: [],
      review: [],
      orientation: [],
    });
  });

  test('asks when the scan ends within the brain', () => {
    const whole = segmentation(head);
    // The scan begins 30 mm below the middle of the brain: slice 40 of 80.
    const inView = new Uint8Array(whole.labels.length).fill(1).fill(0, 0, 64 * 80 * 40);
    const labels = whole.labels.map((label, v) => (inView[v] === 1 ? label : 0));
    const cut = { ...whole, labels, plain: labels, mirrored: labels, inView };
    expect(reasons(judge(cut).review)).toMatch(/ends within the brain/);
    expect(measure(cut).brainCutBelowCm2).toBeGreaterThan(100);
  });
});
