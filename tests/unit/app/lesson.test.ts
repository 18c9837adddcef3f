/** The lesson's table is made once more by the code that `npm run lesson` runs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createNodeSegmenter } from '../../../src/adapters/tfjs/node.ts';
import {
  LESSON_PEOPLE,
  lessonGallery,
  lessonHead,
  lessonProbes,
  lessonRemoval,
  whoIsThis,
  type Named,
} from '../../../src/app/lesson.ts';
import { METHODS, type MethodId } from '../../../src/core/deface/options.ts';

const recorded = JSON.parse(readFileSync('docs/evidence/lesson.json', 'utf8')) as Readonly<
  Record<MethodId, readonly Named[]>
>;

test('the ranks recorded in docs/evidence are those that the code finds', async () => {
  const [gallery, { volume }] = [await lessonGallery(), await lessonHead()];
  const segmenter = await createNodeSegmenter();
  for (const method of ['blank', 'blur'] as const) {
    const probes = lessonProbes(volume, await lessonRemoval(volume, method, segmenter));
    expect(probes && whoIsThis(probes, gallery, method), method).toEqual(recorded[method]);
  }
  segmenter.dispose();
}, 240_000);

test('every method is recorded, each with the power of the matcher before', () => {
  expect(Object.keys(recorded)).toEqual([...METHODS]);
  for (const rows of Object.values(recorded)) {
    const face = rows.filter(({ view }) => view === 'face');
    expect(face.slice(0, 2).map(({ when, of }) => [when, of])).toEqual([
      ['before', LESSON_PEOPLE],
      ['after', LESSON_PEOPLE],
    ]);
    expect(face[0]?.rank).toBe(1);
  }
});

test('blur and blocks are undone by a gallery that is treated likewise', () => {
  for (const method of ['blur', 'pixelate'] as const) {
    const [, after, likewise] = recorded[method];
    expect(after?.rank).toBeGreaterThan(1);
    expect(likewise).toMatchObject({ view: 'face', when: 'likewise', rank: 1, of: LESSON_PEOPLE });
  }
});
