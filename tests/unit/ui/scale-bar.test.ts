import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleBarMm, scaleText } from '../../../src/ui/view/scale-bar.ts';

test('a head in a small picture has a bar of 5 cm, one voxel large one of millimetres', () => {
  expect(scaleBarMm(0.9, 276)).toBe(50);
  expect(scaleBarMm(0.06, 276)).toBe(5);
  expect(scaleText(50)).toBe('5 cm');
  expect(scaleText(5)).toBe('5 mm');
});

test('the bar never takes more than a third of the picture', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 5, noNaN: true }),
      fc.integer({ min: 1, max: 3000 }),
      (mmPerPixel, width) => {
        const mm = scaleBarMm(mmPerPixel, width);
        if (mm !== null) expect(mm / mmPerPixel).toBeLessThanOrEqual(width / 3);
      },
    ),
  );
});
