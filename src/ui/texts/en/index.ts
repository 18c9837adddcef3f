/** Every English sentence of the page, but for the lesson and Privacy, which come with their pages. */
import { checks } from './checks.ts';
import { correct } from './correct.ts';
import { deid, key } from './deid.ts';
import { help, update } from './help.ts';
import { dropping, landing, reading } from './landing.ts';
import { options } from './options.ts';
import { place } from './place.ts';
import { queue } from './queue.ts';
import { header, review } from './review.ts';
import { save } from './save.ts';
import { series, status } from './series.ts';
import { fault, leave, name, shell, titles } from './shell.ts';
import { work } from './work.ts';

export const english = {
  name,
  shell,
  landing,
  titles,
  dropping,
  reading,
  series,
  options,
  deid,
  key,
  work,
  status,
  queue,
  review,
  correct,
  checks,
  header,
  save,
  place,
  leave,
  fault,
  help,
  update,
} as const;
