/**
 * What the removed region becomes, by the name a person chooses it with. The names alone are
 * in options.ts, for those who only offer them.
 */
import type { JobOptions } from '../progress.ts';
import { wordOf, type Seed } from '../random.ts';
import { blank } from './blank.ts';
import { blur } from './blur.ts';
import { noise } from './noise.ts';
import type { Method } from './opening.ts';
import { NEW_FACE, type MethodId } from './options.ts';
import { faceOf, personOf } from './person.ts';
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

/** The method that is used in images in which a made face would mean nothing: air with its noise. */
export function withoutFace(method: MethodId): MethodId {
  return NEW_FACE.includes(method) ? 'noise' : method;
}

/** The face that a method puts there: y (mm) by x and z of the head frame; null where it puts none. */
export async function newFaceOf(
  method: MethodId,
  seed: Seed,
  job: JobOptions = {},
): Promise<((x: number, z: number) => number) | null> {
  if (!NEW_FACE.includes(method)) return null;
  return faceOf(await personOf(method === 'reface' ? null : wordOf(seed), job));
}
