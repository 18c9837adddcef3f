/** What is decided of a PET series without a network being asked. */
import { beforeAll, expect, test } from 'vitest';
import { defaceScan } from '../../../src/app/deface-scan.ts';
import { defaceInVisit } from '../../../src/app/deface-visit.ts';
import type { Scan } from '../../../src/app/open-scans.ts';
import type { FaceSegmenter } from '../../../src/app/ports.ts';
import { createVisitHeads } from '../../../src/app/visit-heads.ts';
import { DEFAULT_DEFACE, type MethodId } from '../../../src/core/deface/options.ts';
import type { LabelledHead } from '../../../src/core/deface/defaced-scan.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { acquisitionGrid } from '../../../src/core/phantom/acquire.ts';
import { makeHead, scanHead } from '../../../src/core/phantom/head.ts';
import { applyDelta } from '../../../src/core/volume/delta.ts';
import { phantomCut } from '../../support/phantom-cut.ts';

/** Fails the test that asks it. */
const unasked: FaceSegmenter = {
  model: { id: 'none', sha256: '' },
  backend: 'none',
  find: () => Promise.reject(new Error('the network was asked of a PET image')),
  label: () => Promise.reject(new Error('the network was asked of a PET image')),
  dispose: () => undefined,
};
const grid = acquisitionGrid({ size: [70, 80, 64], spacing: [3.5, 3.5, 4] });

let pet: Volume;
let lent: LabelledHead;
beforeAll(async () => {
  const { segmentation, opening } = await phantomCut(5, 'CT');
  lent = {
    segmentation: { ...segmentation, modality: 'CT' },
    frame: opening.frame,
    borrowed: false,
    doubts: [],
  };
  pet = (await scanHead(await makeHead(5), { seed: 5, kind: 'PT', grid })).volume;
}, 120_000);

const deface = (volume: Volume, method: MethodId) =>
  defaceScan('2', volume, { ...DEFAULT_DEFACE, method, seed: [] }, unasked, {}, lent);

test('PET without a CT or MR of its visit is refused, and told what to do', async () => {
  const scan = {
    id: '2',
    kind: 'nifti',
    modality: 'PT',
    patient: 1,
    visit: 1,
    header: { volumes: 1 },
  } as unknown as Scan;
  const options = { ...DEFAULT_DEFACE, seed: [] };
  const done = await defaceInVisit(scan, pet, options, unasked, createVisitHeads());

  expect(done.decision).toBe('refuse');
  expect(done.reasons.map(({ code }) => code)).toEqual(['segment/pet-alone']);
}, 60_000);

test('PET loses the face of the CT, in the stored values of each slice, and is looked at', async () => {
  const done = await deface(pet, 'blank');

  expect(done.decision).toBe('review');
  expect(done.reasons).toEqual([{ code: 'segment/pet', details: {} }]);
  expect(done.checks?.shareMoved10mm).toBeGreaterThan(0.98);
  expect(done.checks?.brainVoxelsChanged).toBe(0);
  // Nothing is said of a face that the image does not show.
  expect([done.checks?.faceFoundAgain, done.checks?.parallelSurfaceIndex]).toEqual([null, null]);
  const { region, delta } = done.result ?? {};
  expect(region?.voxels.reduce((sum, on) => sum + on, 0)).toBeGreaterThan(5000);
  expect(delta?.values.every((value) => value === 0)).toBe(true);
}, 60_000);

test('PET of someone who moved is refused', async () => {
  const affine = pet.grid.affine.map((value, n) => (n === 7 ? value + 18 : value));
  const done = await deface({ ...pet, grid: { ...grid, affine: affine as never } }, 'blank');

  expect(done.decision).toBe('refuse');
}, 60_000);

test('no face is made of activity: the region holds the air of the image', async () => {
  const [faced, noisy] = [await deface(pet, 'reface'), await deface(pet, 'noise')];

  expect(faced.notes?.map(({ code }) => code)).toEqual(['deface/no-new-face']);
  const after = [faced, noisy].map(({ result }) =>
    result ? applyDelta(pet.stored, result.delta) : pet.stored,
  );
  expect(after[0]).toEqual(after[1]);
}, 60_000);
