import { describe, expect, test } from 'vitest';
import {
  isPowerful,
  matchJson,
  matchText,
  type MatchOutcome,
} from '../../../src/cli/match-text.ts';

const ranks = (first: number) => ({ first, five: 1, ten: 1, median: 1, of: 30, auc: 0.9 });
const outcome = (first: number): MatchOutcome => ({
  gallery: 30,
  left: [],
  power: { face: ranks(first), forehead: ranks(0.5), ears: null },
  views: [
    { view: 'face', rank: 17, of: 30 },
    { view: 'forehead', rank: 1, of: 30 },
    { view: 'ears', rank: null, of: 0 },
  ],
});

describe('what the matcher found', () => {
  test('is said after its power, with ranks and the size of the gallery', () => {
    const text = matchText(outcome(0.97));
    expect(text).toMatch(/Power.*97 % of 30.*not in view.*rank of its own person.*17 of 30\n/s);
    expect(text).toMatch(/forehead alone\s+1 of 30: told/);
    expect(text).toMatch(/ears alone\s+too little in view/);
    expect(text).not.toMatch(/none means nothing/);
    expect(text).toMatch(/Do not run this on scans of real people without the right to/);
  });

  test('means nothing where it does not find people even undefaced', () => {
    expect(isPowerful(outcome(0.89).power)).toBe(false);
    expect(matchText(outcome(0.5))).toMatch(/so that it finds none means nothing/);
    expect(JSON.parse(matchJson(outcome(0.5), '1'))).toMatchObject({ power: { shown: false } });
  });

  test('never says who', () => {
    const document = JSON.parse(matchJson(outcome(1), '1')) as { views: object[] };
    expect(document.views.map((view) => Object.keys(view))).toEqual(
      Array.from({ length: 3 }, () => ['view', 'rank', 'of', 'told']),
    );
    expect(document.views[0]).toEqual({ view: 'face', rank: 17, of: 30, told: false });
  });
});
