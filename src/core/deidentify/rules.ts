/** Which rule decided over an element: told beside each row of the header table. */
import type { DeidOption } from './options.ts';

export type Rule =
  /** A row of PS3.15 Table E.1-1; `action` as it stands there. */
  | { readonly kind: 'table'; readonly action: string }
  /** An option of the profile kept or cleaned it. */
  | { readonly kind: 'option'; readonly option: DeidOption }
  /** An option would keep it, but not with this value: the table or the keep list decided. */
  | { readonly kind: 'refused'; readonly option: DeidOption }
  /** By what it is: group length, private, UID, curve or overlay, not on the keep list. */
  | {
      readonly kind:
        | 'group-length'
        | 'private'
        | 'mosaic'
        | 'repeating-group'
        | 'uid'
        | 'kept'
        | 'value'
        | 'echo'
        | 'code'
        | 'not-listed'
        | 'meta'
        | 'mark'
        | 'pixels'
        | 'untouched';
    };

/** Rules of which the kind says all. */
export type PlainRule = Exclude<Rule['kind'], 'table' | 'option' | 'refused'>;

/** A few English words for a rule; the page has its own in other languages (ui/texts). */
export function ruleText(rule: Rule): string {
  if (rule.kind === 'table') return `PS3.15 table: ${rule.action}`;
  if (rule.kind === 'option') return `option ${rule.option}`;
  if (rule.kind === 'refused') return `value refused by option ${rule.option}`;
  return PLAIN_RULES[rule.kind];
}

/** In a few English words. */
export const PLAIN_RULES: Readonly<Record<PlainRule, string>> = {
  'group-length': 'group length',
  private: 'private, not known to be safe',
  mosaic: 'geometry of a mosaic',
  'repeating-group': 'PS3.15 table: curve or overlay',
  uid: 'VR rule: every UID',
  kept: 'keep list',
  value: 'keep list, but the value is not technical',
  echo: 'echo scan: a word of the patient or the site',
  code: 'part of a technical code',
  'not-listed': 'neither in the table nor on the keep list',
  meta: 'file meta information',
  mark: 'mark of what was done',
  pixels: 'gone with the old pixels',
  untouched: 'left as it is',
};
