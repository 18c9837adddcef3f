/** Further volumes get the method of the first, from their own values. */
import { expect, test } from 'vitest';
import { repeatOn, type Filled } from '../../../../src/core/deface/repeat.ts';
import { applyDelta } from '../../../../src/core/volume/delta.ts';
import type { Volume } from '../../../../src/core/volume/volume.ts';
import { cutToy, toyFrame, toyVolume } from '../../../support/toy-cut.ts';

const filled = (method: Filled['method']): Filled => ({ method, frame: toyFrame, seed: [1, 2] });
/** An MR of the head whose air is noise. */
const first: Volume = {
  ...toyVolume,
  modality: 'MR',
  stored: Int16Array.from(toyVolume.stored, (value, v) =>
    Math.round(40 + ((v * 7919) % 13) + (value - 24) / 4),
  ),
  rescale: [{ slope: 1, intercept: 0 }],
  air: [46],
};
/** The same head, ten times as bright. */
const brighter: Volume = { ...first, stored: first.stored.map((value) => 10 * value), air: [460] };

test('air, noise, blur and blocks are those of the volume itself', async () => {
  const { removed } = await cutToy({}, first);
  for (const method of ['blank', 'noise', 'blur', 'pixelate'] as const) {
    const result = { ...removed, filled: filled(method) };
    const one = await repeatOn(first, result, 1);
    const ten = await repeatOn(brighter, result, 1);
    expect(ten.runs).toEqual(one.runs);
    const mean = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    const expected = 10 * mean(one.values);
    expect(Math.abs(mean(ten.values) - expected)).toBeLessThan(0.05 * Math.abs(expected) + 10);
  }
});

test('noise is drawn anew in each volume, and the same again when asked again', async () => {
  const { removed } = await cutToy({}, first);
  const result = { ...removed, filled: filled('noise') };
  const [second, third, again] = await Promise.all(
    [1, 2, 1].map((n) => repeatOn(first, result, n)),
  );
  expect(second?.values).toEqual(again?.values);
  expect(second?.values).not.toEqual(third?.values);
});

test('a face is made in the first volume alone: a further one gets noise', async () => {
  const { removed } = await cutToy({}, first);
  const faced = await repeatOn(first, { ...removed, filled: filled('reface') }, 3);
  const noisy = await repeatOn(first, { ...removed, filled: filled('noise') }, 3);
  expect(applyDelta(first.stored, faced)).toEqual(applyDelta(first.stored, noisy));
  const [face, same] = await Promise.all(
    [first, first].map((volume) => repeatOn(volume, { ...removed, filled: filled('reface') }, 0)),
  );
  expect(face?.values).not.toEqual(noisy.values);
  expect(face?.values).toEqual(same?.values);
});
