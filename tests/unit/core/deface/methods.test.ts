import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHOD } from '../../../../src/core/deface/methods.ts';
import type { Opening } from '../../../../src/core/deface/opening.ts';
import { METHODS } from '../../../../src/core/deface/options.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { applyDelta, type Delta } from '../../../../src/core/volume/delta.ts';
import { Label, type StoredArray, type Volume } from '../../../../src/core/volume/volume.ts';
import { cutToy, toyFrame, toyVolume as blankToy } from '../../../support/toy-cut.ts';

const { removed } = await cutToy({}, { ...blankToy, padding: null });
const toyVolume = inNoise(blankToy);
const opening: Opening = { volume: toyVolume, removed, frame: toyFrame, seed: [1, 2, 3] };

/** The toy head with tissue, teeth and noisy air, as a CT of whole numbers. */
function inNoise(volume: Volume): Volume {
  const random = createRandom(7);
  const stored = Int16Array.from(volume.stored, (_, v) => {
    const tissue = removed.labels.voxels[v] === Label.air ? 24 : 1060 + 2000 * +(v % 97 === 0);
    return Math.round(tissue + 10 * random.normal());
  });
  return { ...volume, stored, padding: null };
}

/** A wrong voxel outside the region, or within it a value that the file could not hold. */
function faults(volume: Volume, after: StoredArray): number {
  let n = 0;
  after.forEach((value, v) => {
    if (removed.region.voxels[v]) n += Number.isInteger(value) ? 0 : 1;
    else n += value === volume.stored[v] ? 0 : 1;
  });
  return n;
}

describe.each(METHODS)('method %s', (method) => {
  test('gives every voxel of the region a value and no other, and no brain', async () => {
    const delta = await METHOD[method](opening);

    expect(delta.values.constructor).toBe(toyVolume.stored.constructor);
    expect(delta.values).toHaveLength(removed.voxels);
    expect(faults(toyVolume, applyDelta(toyVolume.stored, delta))).toBe(0);
    const touched = removed.region.voxels.some(
      (on, v) => on === 1 && removed.labels.voxels[v] === Label.brain,
    );
    expect(touched).toBe(false);
  }, 60_000);

  test('is the same for the same seed, and stops when cancelled', async () => {
    const twice = [await METHOD[method](opening), await METHOD[method](opening)] as const;
    expect(twice[0].values).toEqual(twice[1].values);
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(METHOD[method](opening, { signal })).rejects.toThrow('cancelled');
  }, 60_000);
});

describe.each(['noise', 'reface', 'reface-random'] as const)('method %s', (method) => {
  test('differs with the seed', async () => {
    const other = await METHOD[method]({ ...opening, seed: [4] });
    expect(other.values).not.toEqual((await METHOD[method](opening)).values);
  }, 60_000);
});

/** The same image stored another way: each slice with a rescale of its own, some padding. */
function storedOtherwise(slope: number, drift: number, offset: number): Volume {
  const [ni, nj, nk] = toyVolume.grid.size;
  const first = toyVolume.rescale[0] ?? { slope: 1, intercept: 0 };
  const rescale = Array.from({ length: nk }, (_, k) => ({
    slope: slope * (1 + drift * (k % 3)),
    intercept: offset,
  }));
  const stored = Int32Array.from(toyVolume.stored, (value, v) => {
    const own = rescale[Math.floor(v / (ni * nj))] ?? first;
    return Math.round((value * first.slope + first.intercept - own.intercept) / own.slope);
  });
  const air = rescale.map((own, k) =>
    Math.round(
      ((toyVolume.air[0] as number) * first.slope + first.intercept - own.intercept) /
        (rescale[k] ?? own).slope,
    ),
  );
  return { ...toyVolume, stored, rescale, air };
}

function modality(volume: Volume, delta: Delta): Float64Array {
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  const after = applyDelta(volume.stored, delta);
  return Float64Array.from(after, (value, v) => {
    const { slope, intercept } = volume.rescale[
      volume.rescale.length === 1 ? 0 : Math.floor(v / perSlice)
    ] as { slope: number; intercept: number };
    return value * slope + intercept;
  });
}

test('values follow the rescale of their slice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('blur', 'pixelate', 'reface' as const),
      fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      fc.integer({ min: -2000, max: 500 }),
      async (method, slope, drift, offset) => {
        const volume = storedOtherwise(slope, drift, offset);
        const one = modality(toyVolume, await METHOD[method](opening));
        const other = modality(volume, await METHOD[method]({ ...opening, volume }));
        let off = 0;
        removed.region.voxels.forEach((on, v) => {
          if (on) off = Math.max(off, Math.abs((one[v] as number) - (other[v] as number)));
        });
        // One step of each storage, and what rounding does to the means.
        expect(off).toBeLessThan(method === 'reface' ? 40 : 4);
      },
    ),
    { numRuns: 5 },
  );
}, 180_000);

test('no method writes the padding value, nor over it', async () => {
  const random = createRandom(1);
  const stored = Int16Array.from(toyVolume.stored, (value) =>
    random.uniform() < 0.05 ? -2000 : value,
  );
  const volume: Volume = {
    ...toyVolume,
    stored,
    padding: { low: -2000, high: -2000 },
  };
  const padded = (await cutToy({}, volume)).removed;
  for (const method of METHODS) {
    const delta = await METHOD[method]({ ...opening, volume, removed: padded });
    expect(delta.values.includes(-2000 as never), method).toBe(false);
    const after = applyDelta(volume.stored, delta);
    const lost = after.findIndex((value, v) => stored[v] === -2000 && value !== -2000);
    expect(lost, method).toBe(-1);
  }
}, 60_000);
