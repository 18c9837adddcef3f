import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uprightGrid } from '../../../src/core/geometry/grid.ts';
import { norm, subtract } from '../../../src/core/geometry/affine.ts';
import { surfaceOf } from '../../../src/core/volume/surface.ts';
import { pointSeen, scopeOf } from '../../../src/ui/view/skin-mesh.ts';
import { pointUnder } from '../../../src/ui/view/skin-pick.ts';

/** A ball of 40 mm about [5, −10, 20]. */
const grid = uprightGrid([50, 50, 50], 2, [5, -10, 20]);
const field = new Float32Array(50 ** 3).map((_, v) => {
  const [i, j, k] = [v % 50, Math.floor(v / 50) % 50, Math.floor(v / 2500)];
  return 40 - 2 * Math.hypot(i - 24.5, j - 24.5, k - 24.5);
});
const ball = surfaceOf(grid, field, 0);
const scope = scopeOf(ball);
const SIZE = { width: 300, height: 200 };
const turns = fc.record({
  yaw: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
  pitch: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
});

test('the point under the mouse is on the near skin, and is seen there', () => {
  fc.assert(
    fc.property(
      turns,
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: -50, max: 50, noNaN: true }),
      (turn, dx, dy) => {
        const place = [150 + dx, 100 + dy] as const;
        const at = pointUnder(ball, scope, turn, place, SIZE);
        if (!at) throw new Error('the ball is there');
        expect(norm(subtract(at, [5, -10, 20]))).toBeCloseTo(40, -0.3);
        const seen = pointSeen(scope, turn, at, SIZE.width, SIZE.height);
        expect(seen.isNear).toBe(true);
        expect(seen.x).toBeCloseTo(place[0], 3);
        expect(seen.y).toBeCloseTo(place[1], 3);
      },
    ),
    { numRuns: 40 },
  );
});

test('beside the head there is nothing', () => {
  expect(pointUnder(ball, scope, { yaw: 0.6, pitch: 0 }, [4, 4], SIZE)).toBeNull();
});
