/** Why an element of the header is removed, replaced or kept, in the language of the page. */
import type { Rule } from '../../core/deidentify/rules.ts';
import { texts } from '../texts-work.ts';

export function ruleWords(rule: Rule): string {
  const { table, option, refused, plain } = texts.header.rules;
  if (rule.kind === 'table') return table(rule.action);
  if (rule.kind === 'option') return option(texts.deid.option[rule.option]);
  if (rule.kind === 'refused') return refused(texts.deid.option[rule.option]);
  return plain[rule.kind];
}
