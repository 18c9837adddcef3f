/** 300 damaged copies of small files and edge cases; `npm run fuzz` tries 5,000. */
import { expect, test } from 'vitest';
import { fuzzBases, goThrough, mutated } from '../support/fuzz.ts';
import { sharedDicom } from '../support/shared-data.ts';

const COPIES = 300;

test('damaged files are refused with a code or written without the name', async () => {
  const bases = await fuzzBases(sharedDicom());
  const outcomes = new Map<string, number>();
  for (let n = 0; n < COPIES; n++) {
    const base = bases[n % bases.length];
    const other = bases[(7 * n + 3) % bases.length];
    if (!base || !other) throw new Error('there are bases');
    const outcome = await goThrough(mutated(base, other, n)).catch((error: unknown) => {
      throw new Error(`copy ${n}`, { cause: error });
    });
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // Both ends are seen: the damage is neither always fatal nor never.
  expect(outcomes.get('written') ?? 0).toBeGreaterThan(10);
  expect(outcomes.size).toBeGreaterThan(5);
}, 300_000);

test('undamaged bases come out without the name', async () => {
  for (const base of await fuzzBases(null)) expect(await goThrough(base)).toBe('written');
});
