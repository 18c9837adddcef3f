import { expect, test } from 'vitest';
import { likewise } from '../../../../src/core/matcher/likewise.ts';
import { mapsOf, type FirstTissue } from '../../../../src/core/matcher/depth-map.ts';
import { columnsOf, PANES } from '../../../../src/core/matcher/views.ts';

/** A wall at y = −60 with a square nose of 18 mm that stands out by 20 mm. */
const wall: FirstTissue = (from, direction, most) => {
  for (let n = 0; n < most; n++) {
    const [x, y, z] = [0, 1, 2].map((d) => (from[d] ?? 0) + n * (direction[d] ?? 0));
    const isNose = Math.abs(x ?? 99) <= 9 && Math.abs((z ?? 99) + 56) <= 9;
    if ((y ?? 0) >= (isNose ? -80 : -60)) return n;
  }
  return most;
};
const maps = mapsOf(wall);
const depthOf = (treated: typeof maps, x: number, z: number): number => {
  const [pane] = PANES.face;
  if (!pane) throw new Error('no pane');
  const column = Math.round((x - pane.across[0]) / 3);
  const row = Math.round((z - pane.z[0]) / 3);
  return treated.face[0]?.[column + columnsOf(pane) * row] ?? NaN;
};

test('a blurred face has its nose still, lower and wider', () => {
  const blurred = likewise(maps, 'blur');
  expect(depthOf(maps, 0, -56)).toBe(-80);
  const nose = depthOf(blurred, 0, -56);
  const rim = depthOf(blurred, 36, -26);
  // The skin's threshold lies in front of where half is filled, all over the face alike.
  expect(rim).toBeLessThan(-60);
  expect(rim).toBeGreaterThan(-68);
  expect(rim - nose).toBeGreaterThan(4);
  expect(rim - nose).toBeLessThan(19);
  expect(depthOf(blurred, 12, -56)).toBeLessThan(rim);
});

test('blocks are those of the head frame: 12 mm, from its origin', () => {
  const blocks = likewise(maps, 'pixelate');
  const [inside, same, next] = [1, 10, 13].map((x) => depthOf(blocks, x, -50));
  expect(same).toBe(inside);
  expect(next).not.toBe(inside);
});

test('the other views stay as they are', () => {
  expect(likewise(maps, 'blur').ears).toBe(maps.ears);
  expect(likewise(maps, 'blur').forehead).toBe(maps.forehead);
});
