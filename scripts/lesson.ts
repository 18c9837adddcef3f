/**
 * `npm run lesson`: the table of the lesson made once more, in Node. The ranks are those that
 * the page shows: the same head, the same cut, the same gallery. With `--all` each of the 24
 * people is asked for, since one rank is one draw (some minutes).
 */
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
import { METHODS } from '../src/core/deface/options.ts';

const places = process.argv.includes('--all')
  ? Array.from({ length: LESSON_PEOPLE }, (_, place) => place)
  : [LESSON_PLACE];
const segmenter = await createNodeSegmenter();
const gallery = await lessonGallery();
console.log(`${gallery.length} people; by luck one in ${gallery.length} is named.`);
const all = new Map<string, number[]>();
for (const place of places) {
  const { volume } = await lessonHead({}, place);
  for (const method of METHODS) {
    const removal = await lessonRemoval(volume, method, segmenter);
    const probes = lessonProbes(volume, removal);
    if (!probes) {
      console.log(`person ${place + 1}, ${method}: not removed`);
      continue;
    }
    for (const one of whoIsThis(probes, gallery, place)) tell(place, method, one);
  }
}
segmenter.dispose();
if (places.length > 1) for (const [what, ranks] of all) sum(what, ranks);

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
