/** What went wrong, as three sentences a person can act on, in the language of the page. */
import { catalog } from '../../core/error-catalog.ts';
import {
  EffaceError,
  errorCodes,
  explain,
  type ErrorDetails,
  type ErrorRecord,
  type Sentences,
} from '../../core/errors.ts';
import { fill, withMark } from '../../core/fill.ts';
import type { ReportReason } from '../../core/report/report.ts';
import { scanWarnings, type ScanWarning } from '../../core/scan-warnings.ts';
import { spoken } from '../texts/language.svelte.ts';
import { texts } from '../texts.ts';

export type Problem = Sentences;

/** A person's problem keeps its sentences; anything else is a fault of ours and shows no details. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof EffaceError
    ? problemOfRecord(thrown.toRecord())
    : whenRead(() => texts.fault);
}

export function problemOfRecord({ code, details }: ErrorRecord): Problem {
  return whenRead(() => explain(code, details, spoken.translation?.wording));
}

/** A reason of the report, which is in English: its figures are found again in its sentence. */
export function problemOfReport({ code, what, why, do: todo }: ReportReason): Problem {
  const known = errorCodes().find((one) => one === code);
  if (!known || !spoken.translation) return { what, why, todo };
  const english = catalog[known];
  return problemOfRecord({
    code: known,
    details: { ...figuresIn(what, english.what), ...figuresIn(why, english.why) },
  });
}

/** One sentence that is no error. */
export function noteOf(what: () => string): Problem {
  return whenRead(() => ({ what: what(), why: '', todo: '' }));
}

export function warningText({ id, details }: ScanWarning): string {
  const wording = spoken.translation?.wording;
  return wording
    ? fill(wording.warnings[id], details, (value) => withMark(value, wording.decimalMark))
    : fill(scanWarnings[id], details);
}

/** Kept while the language may change: in the language of the moment in which it is read. */
export function whenRead(sentences: () => Sentences): Problem {
  return {
    get what() {
      return sentences().what;
    },
    get why() {
      return sentences().why;
    },
    get todo() {
      return sentences().todo;
    },
  };
}

/** What stands in a text where the template has names in braces. */
function figuresIn(text: string, template: string): ErrorDetails {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const literal = template.split(/\{\w+\}/).map((part) => part.replace(/[^\w\s]/g, '\\$&'));
  const found = new RegExp(`^${literal.join('(.+)')}$`).exec(text)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, n) => [name, found[n] ?? '?']));
}
