/**
 * Errors a person may meet. Each has a stable code and says in three sentences what
 * happened, why, and what to do next. Anything else that is thrown is a fault in Efface.
 * Details hold numbers, tags and our own ids, never patient data: messages end up in logs.
 */
import { catalog } from './error-catalog.ts';
import { reasons, sides, type ErrorDetails, type ReasonId, type Side } from './error-reasons.ts';
import { fill, withMark } from './fill.ts';

export type { ErrorDetails };

export type ErrorCode = keyof typeof catalog;

/** What happened, why, and what to do. */
export interface Sentences {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** The three sentences of a code, filled in. */
export interface Explanation extends Sentences {
  readonly code: ErrorCode;
}

/** The catalogue in a language: sentences with `{details}` to be filled in. */
export interface Wording {
  readonly errors: Readonly<Record<ErrorCode, Sentences>>;
  readonly reasons: Readonly<Record<ReasonId, string>>;
  readonly sides: Readonly<Record<Side, string>>;
  readonly decimalMark: string;
}

const ENGLISH: Wording = { errors: catalog, reasons, sides, decimalMark: '.' };

/** The plain form that crosses a worker boundary. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export class EffaceError extends Error {
  override readonly name = 'EffaceError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(explain(code, details).what, options);
    this.code = code;
    this.details = details;
  }

  get explanation(): Explanation {
    return explain(this.code, this.details);
  }

  toRecord(): ErrorRecord {
    return { code: this.code, details: this.details };
  }
}

/** What happened, why and what to do, for a code and its details. */
export function explain(
  code: ErrorCode,
  details: ErrorDetails = {},
  wording: Wording = ENGLISH,
): Explanation {
  const say = (value: string | number, name: string): string => {
    const text = String(value);
    if (name === 'reason') return fill(wording.reasons[value as ReasonId], details, say);
    if (name === 'sides') {
      return text
        .split(' ')
        .map((side) => wording.sides[side as Side])
        .join(', ');
    }
    return withMark(value, wording.decimalMark);
  };
  const { what, why, todo } = wording.errors[code];
  return {
    code,
    what: fill(what, details, say),
    why: fill(why, details, say),
    todo: fill(todo, details, say),
  };
}

/** All codes, for documentation and tests. */
export function errorCodes(): readonly ErrorCode[] {
  return Object.keys(catalog) as ErrorCode[];
}

/** A promise of our own that was broken: a fault in Efface, not a person's problem. */
export function assert(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}
