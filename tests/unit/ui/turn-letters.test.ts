import { expect, test } from 'vitest';
import { TURNS } from '../../../src/ui/view/linked-view.svelte.ts';
import { turnLetters } from '../../../src/ui/view/turn-letters.ts';

test('letters beside a head follow its turn, as the planes have them', () => {
  expect(turnLetters(TURNS.front)).toEqual({ left: 'R', right: 'L' });
  expect(turnLetters(TURNS.threeQuarter)).toEqual({ left: 'R', right: 'L' });
  // The nose to the left, as in the sagittal picture.
  expect(turnLetters(TURNS.left)).toEqual({ left: 'A', right: 'P' });
  expect(turnLetters(TURNS.right)).toEqual({ left: 'P', right: 'A' });
  expect(turnLetters(Math.PI)).toEqual({ left: 'L', right: 'R' });
  expect(turnLetters(-7 * Math.PI)).toEqual({ left: 'L', right: 'R' });
});
