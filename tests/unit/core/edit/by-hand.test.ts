import { expect, test } from 'vitest';
import { mayCorrectByHand } from '../../../../src/core/edit/by-hand.ts';
import type { ErrorRecord } from '../../../../src/core/errors.ts';

const record = (code: ErrorRecord['code']): ErrorRecord => ({ code, details: {} });

test.each([
  ['segment/no-head', true],
  ['segment/no-face', true],
  ['segment/already-defaced', true],
  ['segment/uncertain', true],
  ['segment/pet-alone', false],
  ['geometry/implausible', false],
  ['geometry/too-little-covered', false],
] as const)('a scan refused for %s: %s', (code, may) => {
  expect(mayCorrectByHand('MR', [record(code)])).toBe(may);
});

test('PET is never painted by skin, and every reason has to be one of the network', () => {
  expect(mayCorrectByHand('PT', [record('segment/uncertain')])).toBe(false);
  expect(mayCorrectByHand('CT', [record('segment/no-face'), record('geometry/implausible')])).toBe(
    false,
  );
  expect(mayCorrectByHand('CT', [])).toBe(false);
});
