import { expect, test } from 'vitest';
import { indexToLps, subtract, norm, type Vec3 } from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { brainOf, fitBrain } from '../../../../src/core/matcher/brain-fit.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const GRID = uprightGrid([64, 80, 80], 3, [0, 0, 0]);
const TURN = (12 * Math.PI) / 180;

/** An egg with a flat underside, turned and shifted. */
function brain(turn: number, shift: Vec3): Uint8Array {
  const labels = new Uint8Array(64 * 80 * 80);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  for (let k = 0, v = 0; k < 80; k++)
    for (let j = 0; j < 80; j++)
      for (let i = 0; i < 64; i++, v++) {
        const [x, y, z] = subtract(indexToLps(GRID.affine, [i, j, k]), shift);
        // Chin up by `turn`.
        const [v1, w] = [c * y + s * z, -s * y + c * z];
        if (Math.hypot(x / 62, v1 / 80, w / 60) < 1 && w > -35) labels[v] = Label.brain;
      }
  return labels;
}

test('lays a turned and shifted brain over another', () => {
  const to = brainOf(GRID, brain(0, [0, 0, 0]));
  const from = brainOf(GRID, brain(TURN, [6, -9, 4]));
  if (!to || !from) throw new Error('no brain');
  const fit = fitBrain(from, to);
  // A point 90 mm before the middle, about where the face is.
  const [c, s] = [Math.cos(TURN), Math.sin(TURN)];
  const there: Vec3 = [0 + 6, -90 * c - 9, -90 * s + 4];
  expect(norm(subtract(indexToLps(fit, there), [0, -90, 0]))).toBeLessThan(2);
});

test('finds no brain where hardly any is labelled', () => {
  expect(brainOf(GRID, new Uint8Array(64 * 80 * 80))).toBeNull();
});
