/** The page in German: complete, of the same figures, and nothing left in English. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import published from '../../../docs/figures.json';
import { catalog } from '../../../src/core/error-catalog.ts';
import { because, reasons, sides } from '../../../src/core/error-reasons.ts';
import { EffaceError } from '../../../src/core/errors.ts';
import { scanWarning, scanWarnings } from '../../../src/core/scan-warnings.ts';
import {
  noteOf,
  problemOf,
  problemOfRecord,
  problemOfReport,
  warningText,
} from '../../../src/ui/state/problem.ts';
import { Settings } from '../../../src/ui/state/settings.svelte.ts';
import { translation } from '../../../src/ui/texts/de/index.ts';
import { english } from '../../../src/ui/texts/en/index.ts';
import { learn } from '../../../src/ui/texts/en/learn.ts';
import { privacy } from '../../../src/ui/texts/en/privacy.ts';
import { count, decimal, short } from '../../../src/ui/texts/figures.ts';
import { spoken } from '../../../src/ui/texts/language.svelte.ts';
import { texts } from '../../../src/ui/texts-work.ts';

const { wording: german, ...pages } = translation;

/** Every text of a tree by its path; functions are called with the same figures in both. */
function textsIn(tree: unknown, path = ''): [path: string, text: string][] {
  if (typeof tree === 'string') return [[path, tree]];
  if (typeof tree === 'function')
    return [[path, String(Reflect.apply(tree, null, OTHERS[path] ?? FIGURES))]];
  return Object.entries(tree as object).flatMap(([key, value]) => textsIn(value, `${path}/${key}`));
}
const FIGURES = [2, 3, 4];
/** Functions of something else than figures. */
const OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  '/series/plan': [['2', '3']],
  '/review/sliceOf': ['2'],
};

/** What is the same in both languages. */
const SHARED =
  /^(Axial|Esc|Subdural|Efface|Element|Radius|Sagittal|Scans|Standard|UIDs|Version 2|Web(Assembly|GL|GPU)|Person 3|Zoom|_?efface[\w.-]+)$/;
/** Words that only English has, and that no German sentence needs. */
const ENGLISH =
  /\b(the|of|and|is|are|were|not|with|from|this|that|your|you|it|its|they|their|has|have|been|what|which|for|to|by|on|or|no|files?|slices?|brain|face|head)\b/i;

const PAIRS: readonly (readonly [name: string, english: unknown, german: unknown])[] = [
  ['page', english, pages.page],
  ['learn', learn, pages.learn],
  ['privacy', privacy, pages.privacy],
  ['errors', catalog, german.errors],
  ['reasons', reasons, german.reasons],
  ['sides', sides, german.sides],
  ['warnings', scanWarnings, german.warnings],
];

describe.each(PAIRS)('the German of %s', (_, en, de) => {
  const own = new Map(textsIn(de));
  const both = textsIn(en).map(([path, text]) => [path, text, own.get(path) ?? ''] as const);

  test('has every text, and no other', () => {
    expect([...own.keys()]).toEqual(expect.arrayContaining(both.map(([path]) => path)));
    expect(own.size).toBe(both.length);
    for (const [path, text] of own) {
      if (both.find(([one]) => one === path)?.[1] !== '') expect(text, path).not.toBe('');
    }
  });

  test('is German', () => {
    const same = both.filter(
      ([, one, other]) => one === other && /[a-z]{3}/i.test(plain(one)) && !SHARED.test(one),
    );
    expect(same).toEqual([]);
    const left = both.filter(([, , text]) => ENGLISH.test(plain(text)));
    expect(left.map(([path, , text]) => `${path}: ${text}`)).toEqual([]);
  });

  test('says the same figures', () => {
    const differing = both.filter(
      ([, one, other]) => figuresOf(one).join() !== figuresOf(other).join(),
    );
    expect(differing).toEqual([]);
  });
});

/** Without names of files, options and elements. */
function plain(text: string): string {
  return text.replace(/\{\w+\}|--[\w-]+|_efface[\w-]+|\.\w+/g, ' ');
}

/** Numbers in the order of their size, as English writes them, and names in braces. */
function figuresOf(text: string): string[] {
  const names = [...text.matchAll(/\{\w+\}/g)].map(([name]) => name);
  const numbers = [...text.replace(/\{\w+\}|3-?D|Pos1/g, '').matchAll(/\d+(?:[.,]\d+)*/g)].map(
    ([number]) =>
      /^\d{1,3}([.,]\d{3})+$/.test(number) ? number.replace(/[.,]/g, '') : number.replace(',', '.'),
  );
  return [...names, ...numbers].toSorted();
}

test('every published figure is said in German, with the same figures', () => {
  expect(Object.keys(pages.figures).toSorted()).toEqual(published.map(({ id }) => id).toSorted());
  for (const { id, value, says, gallery } of published) {
    const own = pages.figures[id];
    for (const [one, other = ''] of [
      [value, own?.value],
      [says, own?.says],
      [gallery, own?.gallery],
    ] as const) {
      expect(figuresOf(other), id).toEqual(figuresOf(one));
      expect(other, id).not.toMatch(ENGLISH);
    }
  }
});

describe('in German', () => {
  beforeEach(() => spoken.speak('de'));
  afterEach(() => spoken.speak('en'));

  test('texts are in the language of the moment', async () => {
    const words = texts.review;
    expect([texts.review.approve, words.approve]).toEqual(['Freigeben', 'Freigeben']);
    await spoken.speak('en');
    expect(texts.review.approve).toBe('Approve');
  });

  test('figures have a decimal comma', async () => {
    const all = (): string[] => [decimal(1234.5, 2), short(0.4, 2), short(1, 2), count(1234)];
    expect(all()).toEqual(['1234,50', '0,4', '1', '1.234']);
    await spoken.speak('en');
    expect(all()).toEqual(['1234.50', '0.4', '1', '1,234']);
  });

  test('an error says its reason and its figures in German, and in English after a change', async () => {
    const failed = problemOf(
      new EffaceError('check/failed', because('check/guard', { mm: '4.5' })),
    );
    const outline = problemOfRecord({
      code: 'segment/uncertain',
      details: because('head/outline', { sides: 'left up' }),
    });
    expect(failed.why).toBe('Der Schnitt kommt dem Gehirn bis auf 4,5 mm nahe.');
    expect(outline.why).toMatch(/links, am Scheitel/);
    expect(problemOf(new Error('name of a patient')).what).toBe('Ein Fehler in Efface.');
    expect(noteOf(() => texts.work.cancelled).what).toMatch(/^Abgebrochen/);
    expect(warningText(scanWarning('gantry-tilt', { degrees: '14.0' }))).toMatch(/um 14,0 Grad/);
    await spoken.speak('en');
    expect(failed.why).toBe('The cut comes within 4.5 mm of the brain.');
    expect(outline.why).toMatch(/\(on the left, at the crown\)/);
  });

  test('a reason of the report finds its figures again', () => {
    const { explanation } = new EffaceError('output/identifier-left', { where: '(0010,0010)' });
    const { todo, ...sentences } = explanation;
    expect(problemOfReport({ ...sentences, do: todo }).why).toBe(
      'Ein ursprüngliches Kennzeichen ist noch in ihren Bytes ((0010,0010)).',
    );
  });
});

describe('the language', () => {
  const storage = (): Pick<Storage, 'getItem' | 'setItem'> => {
    const store = new Map<string, string>();
    return {
      getItem: (key) => store.get(key) ?? null,
      setItem: (key, value) => void store.set(key, value),
    };
  };

  test.each([
    [[], 'en'],
    [['en-US', 'de'], 'en'],
    [['de-AT', 'en'], 'de'],
    [['fr', 'de'], 'en'],
  ] as const)('of a browser that prefers %j is %s', (preferred, language) => {
    expect(new Settings(storage(), preferred).language).toBe(language);
  });

  test('that was chosen is remembered, whatever the browser prefers', async () => {
    const store = storage();
    await new Settings(store, ['de']).setLanguage('en');
    expect(new Settings(store, ['de']).language).toBe('en');
    await new Settings(store, ['en']).setLanguage('de');
    expect(spoken.language).toBe('de');
    expect(new Settings(store, ['en']).language).toBe('de');
    await spoken.speak('en');
  });

  test('that was asked for last is spoken, whichever is loaded first', async () => {
    await Promise.all([spoken.speak('de'), spoken.speak('en')]);
    expect([spoken.language, spoken.translation]).toEqual(['en', null]);
  });
});
