/** What the page and the command line say that a method leaks is what docs/evidence holds. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SetSummary } from '../../../bench/evidence/document.ts';
import { USAGE } from '../../../src/cli/usage.ts';
import { METHODS, type MethodId } from '../../../src/core/deface/options.ts';
import { options as german } from '../../../src/ui/texts/de/options.ts';
import { options as english } from '../../../src/ui/texts/en/options.ts';

const { sets } = JSON.parse(readFileSync('docs/evidence/evidence.json', 'utf8')) as {
  readonly sets: readonly SetSummary[];
};
const measured = sets.find(({ id }) => id === 'ixi')?.recognition ?? [];

/** Named first by the face, in per cent, and of how many people. */
function named(method: MethodId): { readonly percent: number; readonly of: number } {
  const cut = method === 'blank' ? 'standard' : method;
  const row = measured.find((one) => one.view === 'face' && one.cut === cut);
  if (!row) throw new Error(`${method} was not measured`);
  return { percent: Math.round((100 * row.first.k) / row.first.n), of: row.of };
}

test.each(METHODS)('%s', (method) => {
  const { percent, of } = named(method);
  const chance = Math.round(100 / of);
  expect(english.methodHint[method]).toContain(
    `Of ${of} people, ${percent} % were named again by the skin (chance ${chance} %).`,
  );
  expect(german.methodHint[method]).toContain(
    `Von ${of} Personen wurden ${percent} % an der Haut wiedererkannt (Zufall ${chance} %).`,
  );
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toMatch(new RegExp(`\\| \`${method}\` \\|.*\\| ${percent} % \\|`));
  expect(readme).toContain(`of ${of} people (chance ${chance} %)`);
  expect(USAGE).toMatch(new RegExp(`\\b${method}\\b.*\\b${percent} %`));
});

test('the figure of the methods on the Learn page is that of the evidence', () => {
  const figures = JSON.parse(readFileSync('docs/figures.json', 'utf8')) as readonly {
    readonly id: string;
    readonly value: string;
    readonly says: string;
    readonly gallery: string;
  }[];
  const figure = figures.find(({ id }) => id === 'methods');
  const first = (cut: string): string => {
    const row = measured.find((one) => one.view === 'face' && one.cut === cut);
    return row ? `${row.first.k} of ${row.first.n}` : '';
  };
  const k = (cut: string): string => first(cut).split(' ')[0] ?? '';
  expect(figure?.value).toBe(first('blur'));
  expect(figure?.says).toContain(`; ${k('pixelate')} where it was pixelated`);
  expect(figure?.says).toContain(`, ${k('standard')} where air stood in its place`);
  expect(figure?.gallery).toContain(`${named('blank').of} people`);
});
