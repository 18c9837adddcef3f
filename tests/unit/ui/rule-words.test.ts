import { afterEach, expect, test } from 'vitest';
import { PLAIN_RULES, type PlainRule, type Rule } from '../../../src/core/deidentify/rules.ts';
import { ruleWords } from '../../../src/ui/review/rule-words.ts';
import { spoken } from '../../../src/ui/texts/language.svelte.ts';

const RULES: readonly Rule[] = [
  { kind: 'table', action: 'X/Z/D' },
  { kind: 'option', option: 'device' },
  { kind: 'refused', option: 'descriptors' },
  ...(Object.keys(PLAIN_RULES) as PlainRule[]).map((kind) => ({ kind })),
];

afterEach(() => spoken.speak('en'));

test('every rule of the header table is said in the language of the page', async () => {
  const english = RULES.map(ruleWords);
  expect(english.slice(0, 2)).toEqual(['PS3.15 table: X/Z/D', 'option “Device”']);
  await spoken.speak('de');
  const german = RULES.map(ruleWords);
  expect(german.slice(0, 2)).toEqual(['PS3.15-Tabelle: X/Z/D', 'Option „Gerät“']);
  expect(german.filter((words) => english.includes(words))).toEqual([]);
});
