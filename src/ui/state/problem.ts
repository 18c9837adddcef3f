/** What went wrong, as three sentences a person can act on. */
import { EffaceError, explain, type ErrorRecord } from '../../core/errors.ts';
import { texts } from '../texts.ts';

export interface Problem {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** A person's problem keeps its sentences; anything else is a fault of ours and shows no details. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof EffaceError ? thrown.explanation : texts.fault;
}

export function problemOfRecord({ code, details }: ErrorRecord): Problem {
  return explain(code, details);
}
