import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Size } from '../../../../src/core/geometry/grid.ts';
import { connectedComponents, largestComponent } from '../../../../src/core/volume/components.ts';

const masks = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
  )
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      mask: fc
        .array(fc.boolean(), {
          minLength: size[0] * size[1] * size[2],
          maxLength: size[0] * size[1] * size[2],
        })
        .map((bits) => Uint8Array.from(bits, Number)),
    }),
  );

/** The same by flooding from each voxel in turn. */
function flood(mask: Uint8Array, [ni, nj, nk]: Size): number[] {
  const labels = new Array<number>(mask.length).fill(0);
  let count = 0;
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || labels[seed] !== 0) continue;
    count++;
    const open = [seed];
    while (open.length > 0) {
      const v = open.pop() ?? 0;
      if (mask[v] === 0 || labels[v] !== 0) continue;
      labels[v] = count;
      const [i, j, k] = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
      if (i > 0) open.push(v - 1);
      if (i < ni - 1) open.push(v + 1);
      if (j > 0) open.push(v - ni);
      if (j < nj - 1) open.push(v + ni);
      if (k > 0) open.push(v - ni * nj);
      if (k < nk - 1) open.push(v + ni * nj);
    }
  }
  return labels;
}

describe('connected components', () => {
  test('are those of a flood fill, numbered by first voxel', () => {
    fc.assert(
      fc.property(masks, ({ mask, size }) => {
        const { labels, sizes } = connectedComponents(mask, size);
        const wanted = flood(mask, size);
        expect([...labels]).toEqual(wanted);
        sizes.forEach((n, c) => {
          if (c > 0) expect(n).toBe(wanted.filter((label) => label === c).length);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('the largest is kept alone, the first of equals', () => {
    const mask = Uint8Array.from([1, 1, 0, 1, 1, 0, 1]);
    expect([...largestComponent(mask, [7, 1, 1])]).toEqual([1, 1, 0, 0, 0, 0, 0]);
    expect([...largestComponent(new Uint8Array(3), [3, 1, 1])]).toEqual([0, 0, 0]);
  });
});
