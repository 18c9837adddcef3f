/** A PET image must show the head where the CT of its visit shows it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { acquisitionGrid } from '../../../../src/core/phantom/acquire.ts';
import { makeHead, scanHead } from '../../../../src/core/phantom/head.ts';
import { Tissue } from '../../../../src/core/phantom/tissue.ts';
import { carrySegmentation } from '../../../../src/core/segmentation/carry.ts';
import { petDoubts, seenInPet } from '../../../../src/core/segmentation/pet-doubts.ts';
import type { Segmentation } from '../../../../src/core/segmentation/segmentation.ts';
import type { Volume } from '../../../../src/core/volume/volume.ts';
import { phantomCut } from '../../../support/phantom-cut.ts';

let reference: Segmentation;
let pet: Volume;
/** 1 in what is inside the skull: all that some tracers show. */
let inner: Uint8Array;

beforeAll(async () => {
  reference = (await phantomCut(5, 'CT')).segmentation;
  const grid = acquisitionGrid({ size: [70, 80, 64], spacing: [3.5, 3.5, 4] });
  const made = await scanHead(await makeHead(5), { seed: 5, kind: 'PT', grid });
  pet = made.volume;
  const brain: readonly number[] = [Tissue.gray, Tissue.white, Tissue.nucleus];
  inner = made.tissues.voxels.map((tissue) => (brain.includes(tissue) ? 1 : 0));
}, 120_000);

const seenAt = (x: number, y: number, z: number, volume = pet): Segmentation => {
  const affine = volume.grid.affine.map(
    (value, n) => value + (n === 3 ? x : n === 7 ? y : n === 11 ? z : 0),
  );
  const grid = { ...volume.grid, affine: affine as never };
  return carrySegmentation({ ...volume, grid }, reference).segmentation;
};

describe('a PET image and labels of a CT', () => {
  test('agree where the person did not move', () => {
    const seen = seenInPet(seenAt(0, 0, 0));
    expect(seen.contrast).toBeGreaterThan(20);
    expect(seen.offMm).toBeLessThan(3.1);
    expect(petDoubts(seenAt(0, 0, 0))).toEqual({ refuse: [], review: [] });
  });

  test.each([
    [0, 8, 0],
    [8, 0, 0],
    [0, 0, -8],
  ])('moved by %i, %i, %i mm is one more reason to look', (x, y, z) => {
    const { refuse, review } = petDoubts(seenAt(x, y, z));
    expect(refuse).toEqual([]);
    expect(review.map(({ code }) => code)).toEqual(['segment/uncertain']);
  });

  test.each([
    [0, 15, 0],
    [0, -20, 0],
    [14, 0, 8],
  ])('moved by %i, %i, %i mm is refused', (x, y, z) => {
    expect(petDoubts(seenAt(x, y, z)).refuse.map(({ code }) => code)).toEqual([
      'segment/uncertain',
    ]);
  });

  test('of a tracer that only the brain takes up says that nothing can be seen', () => {
    const stored = (pet.stored as Uint16Array).map((value, v) => (inner[v] ? value : 0));
    const { refuse, review } = petDoubts(seenAt(0, 20, 0, { ...pet, stored }));
    expect(refuse).toEqual([]);
    expect(review[0]?.details).toEqual({ reason: 'pet/faint' });
  });
});
