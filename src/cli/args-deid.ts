/** Arguments of de-identification, which `inspect` and `deface` share. */
import {
  DEID_OPTIONS,
  inOrder,
  type DeidentificationOptions,
  type DeidOption,
} from '../core/deidentify/options.ts';
import { oneOf, UsageError } from './usage-error.ts';

export const DEID_ARGUMENTS = {
  deid: { type: 'string' },
  retain: { type: 'string', multiple: true },
  'shift-dates': { type: 'boolean' },
} as const;
/** What --retain takes: shifted dates have a switch of their own. */
const RETAIN = DEID_OPTIONS.filter((option) => option !== 'shifted-dates');

interface DeidValues {
  readonly deid?: string | undefined;
  readonly retain?: readonly string[] | undefined;
  readonly 'shift-dates'?: boolean | undefined;
}

/** @throws UsageError */
export function deidentificationOf(values: DeidValues): DeidentificationOptions {
  const profile = oneOf(values.deid ?? 'basic', ['basic', 'none'], '--deid');
  const options: DeidOption[] = (values.retain ?? [])
    .flatMap((list) => list.split(','))
    .map((name) => oneOf(name.trim(), RETAIN, '--retain'));
  if (values['shift-dates']) options.push('shifted-dates');
  if (profile === 'none' && options.length > 0) {
    throw new UsageError('--deid none leaves the header as it is: there is nothing to retain.');
  }
  if (options.includes('dates') && options.includes('shifted-dates')) {
    throw new UsageError('Choose --retain dates (as they are) or --shift-dates, not both.');
  }
  return { profile, options: inOrder(options) };
}
