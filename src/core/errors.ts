/**
 * Errors a person may meet. Each has a stable code and says in three sentences what
 * happened, why, and what to do next. Anything else that is thrown is a fault in Efface.
 * Details hold numbers, tags and our own ids, never patient data: messages end up in logs.
 */
import { catalog } from './error-catalog.ts';

export type ErrorCode = keyof typeof catalog;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** The three sentences of a code, filled in. */
export interface Explanation {
  readonly code: ErrorCode;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

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
    super(fill(catalog[code].what, details), options);
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
export function explain(code: ErrorCode, details: ErrorDetails = {}): Explanation {
  const { what, why, todo } = catalog[code];
  return { code, what: fill(what, details), why: fill(why, details), todo: fill(todo, details) };
}

/** All codes, for documentation and tests. */
export function errorCodes(): readonly ErrorCode[] {
  return Object.keys(catalog) as ErrorCode[];
}

/** A promise of our own that was broken: a fault in Efface, not a person's problem. */
export function assert(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}

function fill(text: string, details: ErrorDetails): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? '?'));
}
