/** What the page says before a scan is open: loaded with its first view, so kept small. */
import { update } from './help.ts';
import { dropping, landing, reading } from './landing.ts';
import { fault, fileNames, leave, name, shell, titles } from './shell.ts';
import { work } from './work.ts';

export const first = {
  name,
  shell,
  landing,
  titles,
  dropping,
  reading,
  work,
  leave,
  fault,
  fileNames,
  update,
} as const;
