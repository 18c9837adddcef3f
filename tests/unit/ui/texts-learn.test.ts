import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { figuresOf, HANDOUT_FIGURES } from '../../../src/ui/learn/published.ts';
import { summaryOf } from '../../../src/ui/learn/summary.ts';
import { learnTexts } from '../../../src/ui/texts-learn.ts';

const DOCS = new URL('../../../docs/', import.meta.url);
const figures = JSON.parse(readFileSync(new URL('figures.json', DOCS), 'utf8')) as readonly {
  readonly id: string;
  readonly value: string;
  readonly gallery: string;
  readonly source: string;
}[];

test('every published figure has a gallery and a source, and is shown once', () => {
  const shown = Object.keys(learnTexts.measured.groups).flatMap((group) => figuresOf(group));
  expect(shown.map(({ id }) => id).toSorted()).toEqual(figures.map(({ id }) => id).toSorted());
  for (const { id, gallery, source } of figures) {
    expect(gallery, id).toMatch(/\d|across/);
    expect(source, id).toMatch(/20[0-2]\d|docs\//);
  }
  expect(HANDOUT_FIGURES).toHaveLength(4);
});

test('a figure of our own stands in the document that it names', () => {
  const own = figures.filter(({ source }) => source.includes('docs/'));
  expect(own.length).toBeGreaterThan(0);
  for (const { id, value, source } of own) {
    const [, file = ''] = /docs\/(\S+)/.exec(source) ?? [];
    expect(readFileSync(new URL(file, DOCS), 'utf8'), id).toContain(`${value} `);
  }
});

test('the texts of the lesson hold no rate of anyone: those are in docs/figures.json', () => {
  expect(JSON.stringify(learnTexts)).not.toMatch(/\d ?%/);
});

test('a likeness that is named by who treats the gallery likewise is called undone', () => {
  const of = (after: number, likewise: number | null, before = 1) =>
    summaryOf({ before, after, likewise, of: 24 });
  expect(of(13, 1)).toMatch(/^Named before.*rank 13 of 24.*first again/);
  expect(of(13, 4)).toMatch(/rank 13 of 24; by luck/);
  expect(of(1, null)).toMatch(/still named after: by luck/);
  expect(of(13, 1, 2)).toMatch(/nothing follows/);
});
