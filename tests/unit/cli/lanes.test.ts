import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inLanes } from '../../../src/cli/lanes.ts';

async function collected<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}

describe('lanes', () => {
  test('give results in order, keep a group in one lane and never run too far ahead', async () => {
    const shape = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 5 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        async (sizes, count, ahead, waits) => {
          let item = 0;
          const groups = sizes.map((size) => Array.from({ length: size }, () => item++));
          const laneOf = new Map<number, number>();
          let taken = -1;
          const lanes = Array.from(
            { length: count },
            (_, lane) => async (one: number, n: number) => {
              expect(n).toBe(one);
              expect(one - taken - 1).toBeLessThanOrEqual(ahead);
              const group = groups.findIndex((members) => members.includes(one));
              expect(laneOf.get(group) ?? lane).toBe(lane);
              laneOf.set(group, lane);
              for (let n = waits.next().value as number; n > 0; n--) await Promise.resolve();
              return one;
            },
          );
          const results: number[] = [];
          for await (const result of inLanes(groups, lanes, ahead)) {
            results.push(result);
            taken = result;
          }
          expect(results).toEqual(groups.flat());
        },
      ),
      { numRuns: 200 },
    );
  });

  test('end with the first failure, and wait for what is under way', async () => {
    let under = 0;
    const lane = async (one: number): Promise<number> => {
      under++;
      await new Promise((resolve) => setTimeout(resolve, one === 1 ? 1 : 5));
      under--;
      if (one === 1) throw new Error('planted');
      return one;
    };
    const running = collected(inLanes([[0], [1], [2], [3]], [lane, lane, lane], 3));
    await expect(running).rejects.toThrow('planted');
    expect(under).toBe(0);
  });
});
