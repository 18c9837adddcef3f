/** Every English sentence of the page, but for the lesson and Privacy, which come with their pages. */
import { checks } from './checks.ts';
import { correct } from './correct.ts';
import { deid, key } from './deid.ts';
import { first } from './first.ts';
import { help } from './help.ts';
import { options } from './options.ts';
import { place } from './place.ts';
import { queue } from './queue.ts';
import { header, review } from './review.ts';
import { save } from './save.ts';
import { series, status } from './series.ts';

export const english = {
  ...first,
  series,
  options,
  deid,
  key,
  status,
  queue,
  review,
  correct,
  checks,
  header,
  save,
  place,
  help,
} as const;
