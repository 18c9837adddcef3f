import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { curvesSvg } from '../../../bench/evidence/curves.ts';
import { CUT_NAMES, documentOf, type SetSummary } from '../../../bench/evidence/document.ts';
import { countOf, sayCount } from '../../../bench/evidence/interval.ts';
import { summaryOf } from '../../../bench/evidence/summary.ts';
import type { StoredEvaluation } from '../../../bench/evaluate/evaluate.ts';

const cut = (decision: string, skinMoved: number | null, brainCut: number | null) => ({
  decision,
  millilitres: decision === 'refuse' ? 0 : 600,
  brainCut,
  ownBrainCut: 0,
  skinMoved,
  parallelSurfaceIndex: 0,
  faceFoundAgain: skinMoved === null ? null : 0.01,
  inGallery: decision !== 'refuse',
});
const measured = ['held-1', 'held-2', 'seen-3', 'seen-4'].map((name, n) => ({
  name,
  modality: 'MR' as const,
  labelled: true,
  segmentMs: 1,
  decision: n === 3 ? ('refuse' as const) : ('deface' as const),
  reasons: [],
  brainCut: 0,
  brainMm: n === 3 ? null : 4 + n,
  dice: null,
  maskDice: null,
  skinMoved: null,
  allSkinMoved: null,
  earsLeft: null,
  elsewhere: null,
}));
const ranks = (each: readonly (number | null)[]) => ({
  first: each.filter((rank) => rank === 1).length / each.length,
  five: 1,
  ten: 1,
  median: 2,
  of: 3,
  auc: 0.5,
  each,
});
const stored: StoredEvaluation = {
  measured,
  agreement: {},
  cuts: {
    standard: [
      cut('deface', 0.99, 0),
      cut('deface', 0.97, 3),
      cut('review', 1, 0),
      cut('refuse', null, null),
    ],
  },
  attack: [
    { name: 'face, undefaced', ranks: ranks([1, 1, 1]) },
    { name: 'face, standard, gallery as it is', ranks: ranks([3, 2, 2]) },
    { name: 'face, standard, gallery peeled 14 mm', ranks: ranks([3, 1, null]) },
  ],
};

describe('counts', () => {
  test('carry the interval of Wilson', () => {
    // Newcombe, Stat. Med. 17:857, 1998: 81 of 263 and 0 of 20.
    expect(countOf(81, 263)).toMatchObject({ low: 0.2553, high: 0.3662 });
    expect(countOf(0, 20)).toMatchObject({ low: 0, high: 0.1611 });
    expect(countOf(0, 0)).toMatchObject({ low: 0, high: 1 });
    expect(sayCount(countOf(0, 20))).toBe('0 of 20 (0–16 %)');
    expect(sayCount(countOf(0, 0))).toBe('–');
  });
});

describe('a summary', () => {
  const { protection, recognition, nearestBrainMm } = summaryOf(stored, (name) =>
    name.startsWith('held'),
  );

  test('counts scans, and only those in which a thing could be measured', () => {
    expect(protection).toHaveLength(1);
    expect(protection[0]).toMatchObject({
      scans: 4,
      skinMoved: { k: 2, n: 3 },
      brainChanged: { k: 1, n: 3 },
      faceAgain: { k: 0, n: 3 },
      millilitres: 600,
    });
    expect(protection[0]?.decided.refuse).toMatchObject({ k: 1, n: 4 });
    expect(nearestBrainMm).toBe(4);
  });

  test('takes the gallery that names most, and tells those held out apart', () => {
    const [none, standard] = recognition;
    expect(none).toMatchObject({ cut: 'none', first: { k: 3, n: 3 }, heldOut: { k: 2, n: 2 } });
    expect(standard).toMatchObject({
      cut: 'standard',
      gallery: 'gallery peeled 14 mm',
      first: { k: 1, n: 2 },
      heldOut: { k: 1, n: 2 },
      within: [0.5, 0.5, 1],
    });
  });

  test('names nobody, in words or drawing', () => {
    const set: SetSummary = {
      id: 'a',
      title: 'A',
      what: 'w',
      protection,
      recognition,
      nearestBrainMm,
    };
    const text = documentOf([set], 'head-0') + JSON.stringify(set);
    const drawn = curvesSvg('A <b> & c', recognition, CUT_NAMES);
    expect(text + drawn).not.toMatch(/held-|seen-/);
    expect(text).toContain('1 of 2');
    expect(drawn).toContain('A &lt;b> &amp; c');
    expect(drawn.match(/<polyline/g)).toHaveLength(recognition.length + 1);
  });
});

const EVIDENCE = 'docs/evidence/evidence.json';
test.runIf(existsSync(EVIDENCE))('docs/evidence/README.md says what evidence.json holds', () => {
  const { sets, model } = JSON.parse(readFileSync(EVIDENCE, 'utf8')) as {
    readonly sets: readonly SetSummary[];
    readonly model: string;
  };
  expect(readFileSync('docs/evidence/README.md', 'utf8')).toBe(documentOf(sets, model));
  expect(JSON.stringify(sets)).not.toMatch(/IXI\d/);
});
