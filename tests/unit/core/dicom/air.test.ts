import { describe, expect, test } from 'vitest';
import { airValues, type AirInput } from '../../../../src/core/dicom/air.ts';
import { createRandom } from '../../../../src/core/random.ts';

const ONE = [{ slope: 1, intercept: 0 }];

/** Half air, half tissue, both with noise, in stored values. */
const pixels = (air: number, tissue: number, sigma: number, low = -Infinity): Int32Array => {
  const random = createRandom(1);
  return Int32Array.from({ length: 20_000 }, (_, n) =>
    Math.max(low, Math.round((n % 2 === 0 ? air : tissue) + sigma * random.normal())),
  );
};

const airOf = (input: Partial<AirInput> & Pick<AirInput, 'stored'>): readonly number[] =>
  airValues({
    modality: 'CT',
    sliceLength: input.stored.length,
    rescale: ONE,
    padding: null,
    range: [-32768, 32767],
    isSigned: false,
    ...input,
  });

test('PET stores no activity with the scale of each slice', () => {
  const stored = pixels(3, 20_000, 2);
  const rescale = [
    { slope: 0.5, intercept: 0 },
    { slope: 2, intercept: -100 },
  ];
  const sliceLength = stored.length / 2;
  const range = [0, 32767] as const;
  expect(airOf({ modality: 'PT', stored, sliceLength, rescale, range })).toEqual([0, 50]);
});

describe('CT', () => {
  test.each([
    ['signed with intercept 0', 0, [-32768, 32767], -1000],
    ['unsigned 12 bits with intercept −1024', -1024, [0, 4095], 24],
    ['unsigned with intercept −1000', -1000, [0, 4095], 0],
  ] as const)('%s', (_, intercept, range, expected) => {
    const stored = pixels(-1000 - intercept, 40 - intercept, 8, range[0]);
    expect(airOf({ stored, rescale: [{ slope: 1, intercept }], range })).toEqual([expected]);
  });

  test('is a thousand below water through any slope', () => {
    const stored = pixels(0, 520, 4);
    expect(airOf({ stored, rescale: [{ slope: 2, intercept: -1000 }], range: [0, 4095] })).toEqual([
      0,
    ]);
  });

  test('follows the pixels where their air is elsewhere', () => {
    const [air = NaN] = airOf({ stored: pixels(-930, 40, 5) });
    expect(Math.abs(air - -930)).toBeLessThan(5);
  });

  test('without a rescale it is the darkest peak, not a value that cannot be stored', () => {
    const [air = NaN] = airOf({ stored: pixels(24, 1064, 6, 0), range: [0, 4095] });
    expect(Math.abs(air - 24)).toBeLessThan(6);
  });

  test('is −1000 HU where no air is in view', () => {
    expect(airOf({ stored: pixels(30, 60, 10) })).toEqual([-1000]);
  });

  test('is computed for every slice whose rescale differs', () => {
    const stored = Int32Array.from([...pixels(24, 1064, 0), ...pixels(0, 520, 0)]);
    const rescale = [
      { slope: 1, intercept: -1024 },
      { slope: 2, intercept: -1000 },
    ];
    expect(airOf({ stored, sliceLength: 20_000, rescale, range: [0, 4095] })).toEqual([24, 0]);
  });

  test('padding outside the circle does not count, and is never written', () => {
    const stored = Int32Array.from([
      ...pixels(-1000, 40, 8),
      ...new Int32Array(30_000).fill(-2000),
    ]);
    expect(airOf({ stored, padding: { low: -2000, high: -2000 } })).toEqual([-1000]);
    expect(airOf({ stored, padding: { low: -2000, high: -999 } })).toEqual([-998]);
  });
});

describe('MR', () => {
  test('is the peak of the background, not its darkest value', () => {
    const [air = NaN] = airOf({ modality: 'MR', stored: pixels(37, 1500, 9, 0) });
    expect(Math.abs(air - 37)).toBeLessThan(5);
  });

  test('is the floor where the scanner cuts noise off', () => {
    expect(airOf({ modality: 'MR', stored: pixels(-2, 800, 5, 0) })).toEqual([0]);
  });

  test('is the padding where the padding is the background', () => {
    const stored = Int32Array.from([...pixels(200, 900, 30, 1), ...new Int32Array(40_000)]);
    expect(airOf({ modality: 'MR', stored, padding: { low: 0, high: 0 } })).toEqual([0]);
  });

  test('keeps off padding that few voxels have', () => {
    const stored = pixels(0, 900, 0);
    stored.set([5, 5, 5]);
    expect(airOf({ modality: 'MR', stored, padding: { low: 0, high: 0 } })[0]).toBe(0);
    expect(airOf({ modality: 'MR', stored, padding: { low: -9, high: -9 } })).toEqual([0]);
  });

  test('of a phase image is 0 rad', () => {
    const rescale = [{ slope: 2, intercept: -4096 }];
    expect(airOf({ modality: 'MR', stored: pixels(0, 4000, 0), rescale, isSigned: true })).toEqual([
      2048,
    ]);
  });
});

test('an empty sample does not break it', () => {
  expect(
    airOf({ stored: new Int32Array(8).fill(-2000), padding: { low: -2000, high: -2000 } }),
  ).toEqual([-1000]);
  expect(airOf({ modality: 'MR', stored: new Int32Array(8) })).toEqual([0]);
});
