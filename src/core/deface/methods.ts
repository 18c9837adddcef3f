/**
 * What the removed region becomes, by the name a person chooses it with. The names alone are
 * in options.ts, for those who only offer them.
 */
import { wordOf } from '../random.ts';
import { blank } from './blank.ts';
import { blur } from './blur.ts';
import { noise } from './noise.ts';
import type { Method } from './opening.ts';
import type { MethodId } from './options.ts';
import { pixelate } from './pixelate.ts';
import { reface } from './reface.ts';

export const METHOD: Readonly<Record<MethodId, Method>> = {
  blank: ({ volume, removed }, job) => blank(volume, removed.region, job),
  noise,
  blur,
  pixelate,
  reface: (opening, job) => reface(opening, null, job),
  'reface-random': (opening, job) => reface(opening, wordOf(opening.seed), job),
};
