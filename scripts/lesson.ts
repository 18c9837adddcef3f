/**
 * `npm run lesson`: the table of the lesson made once more, in Node. The ranks are those that
 * the page shows: the same head, the same cut, the same gallery; a test holds both against
 * docs/evidence/lesson.json.
 *
 *   --write            writes them there, those of other methods stay
 *   --methods LIST     default all
 *   --all              each of the 24 people is asked for, since one rank is one draw (long)
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createNodeSegmenter } from '../src/adapters/tfjs/node.ts';
import {
  LESSON_PEOPLE,
  LESSON_PLACE,
  lessonGallery,
  lessonHead,
  lessonProbes,
  lessonRemoval,
  whoIsThis,
  type Named,
} from '../src/app/lesson.ts';
import { METHODS, type MethodId } from '../src/core/deface/options.ts';

const FILE = 'docs/evidence/lesson.json';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    methods: { type: 'string', default: METHODS.join(',') },
  },
});
const methods = values.methods.split(',').map((name): MethodId => {
  const found = METHODS.find((method) => method === name);
  if (found === undefined) throw new Error(`--methods takes ${METHODS.join(', ')}`);
  return found;
});
const places = values.all
  ? Array.from({ length: LESSON_PEOPLE }, (_, place) => place)
  : [LESSON_PLACE];
const segmenter = await createNodeSegmenter();
const gallery = await lessonGallery();
console.log(`${gallery.length} people; by luck one in ${gallery.length} is named.`);
const all = new Map<string, number[]>();
const ofLesson: Partial<Record<MethodId, readonly Named[]>> = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<MethodId, readonly Named[]>)
  : {};
for (const place of places) {
  const { volume } = await lessonHead({}, place);
  for (const method of methods) {
    const removal = await lessonRemoval(volume, method, segmenter);
    const probes = lessonProbes(volume, removal);
    if (!probes) {
      console.log(`person ${place + 1}, ${method}: not removed`);
      continue;
    }
    const named = whoIsThis(probes, gallery, method, place);
    if (place === LESSON_PLACE) ofLesson[method] = named;
    for (const one of named) tell(place, method, one);
  }
}
segmenter.dispose();
if (places.length > 1) for (const [what, ranks] of all) sum(what, ranks);
if (values.write) writeFileSync(FILE, `${JSON.stringify(ofLesson, null, 1)}\n`);

function tell(place: number, method: string, { view, when, named, rank, of }: Named): void {
  const what = `${method}, ${view}, ${when}`;
  all.set(what, [...(all.get(what) ?? []), rank]);
  const who = `person ${place + 1}: ${what}`.padEnd(40);
  console.log(`${who} names person ${named + 1}, rank ${rank} of ${of}`);
}

function sum(what: string, ranks: readonly number[]): void {
  const sorted = ranks.toSorted((a, b) => a - b);
  const within = (n: number): string => `${sorted.filter((rank) => rank <= n).length}`;
  const middle = sorted[Math.floor(sorted.length / 2)];
  console.log(
    `${what.padEnd(28)} named ${within(1)}, among five ${within(5)} of ${sorted.length}; median rank ${middle}`,
  );
}
