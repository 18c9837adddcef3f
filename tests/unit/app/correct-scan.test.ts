import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { correctScan, planCorrection, type Corrected } from '../../../src/app/correct-scan.ts';
import type { DefacedScan } from '../../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE } from '../../../src/core/deface/options.ts';
import { editedRegion } from '../../../src/core/edit/edited-region.ts';
import { isTaken, Mark, STROKES, type Stroke } from '../../../src/core/edit/marks.ts';
import { grow } from '../../../src/core/edit/tools.ts';
import { indexToLps } from '../../../src/core/geometry/affine.ts';
import { Label } from '../../../src/core/volume/volume.ts';
import { toyVolume } from '../../support/toy-cut.ts';
import {
  dab,
  IN_BRAIN,
  IN_NECK,
  seesNothing,
  toyHeadFound,
  toyRun,
} from '../../support/toy-correction.ts';

const seeded = { ...DEFAULT_DEFACE, seed: [1] };
let planned: Corrected;
const fresh = (): Corrected => ({ ...planned, marks: planned.marks.slice() });
const correct = (one: Corrected): Promise<DefacedScan> =>
  correctScan('1', toyVolume, one, seesNothing);

beforeAll(async () => {
  const plan = await planCorrection(toyVolume, toyHeadFound, seeded, 0);
  planned = { ...plan, settings: toyRun, run: toyRun };
});

test('marks of a plan say what the plan removes, voxel by voxel', () => {
  const { plan, marks } = planned;
  const { voxels } = plan.removed.region;
  marks.forEach((mark, v) => {
    if ((voxels[v] === 1) !== isTaken(mark, false)) throw new Error(`voxel ${v} differs`);
  });
  const unchanged = editedRegion(plan.removed, plan, marks, toyRun.regions, false);
  expect(unchanged.removed).toEqual(plan.removed);
  expect(unchanged).toMatchObject({ added: 0, left: 0, protectedVoxels: 0, held: 0 });
});

test('the guard of the marks holds at least five millimetres around the brain', () => {
  const { plan, marks } = planned;
  let guarded = 0;
  marks.forEach((mark, v) => {
    if (mark & Mark.guard) guarded++;
    else if (plan.removed.labels.voxels[v] === Label.brain) throw new Error('brain is open');
  });
  expect(guarded).toBeGreaterThan(5000);
});

test('nothing corrected is the automatic result', async () => {
  const done = await correct(fresh());
  expect(done.corrections ?? null).toBeNull();
  expect(done.result?.region).toEqual(planned.plan.removed.region);
  expect(done.notes).toEqual([]);
});

test('what was painted goes and what was erased stays, and both are counted', async () => {
  const one = fresh();
  dab(one.marks, 'take', IN_NECK);
  const first = one.marks.findIndex((mark) => (mark & Mark.claim) === 1);
  one.marks[first] = STROKES.leave(one.marks[first] as number);
  const done = await correct(one);

  const before = planned.plan.removed;
  const { added, left } = done.corrections?.voxels ?? { added: 0, left: 0 };
  expect(added).toBeGreaterThan(50);
  expect(left).toBe(1);
  const count = (voxels: Uint8Array = new Uint8Array()): number =>
    voxels.reduce((sum, voxel) => sum + voxel, 0);
  expect(count(done.result?.region.voxels)).toBe(before.voxels + added - 1);
  expect(done.result?.delta.values.length).toBe(before.voxels + added - 1);
  expect(done.notes?.map(({ code }) => code)).toContain('edit/by-hand');
});

test('the guard holds against a brush in the brain; with a reason the result is to be looked at', async () => {
  const held = fresh();
  dab(held.marks, 'take', IN_BRAIN);
  const kept = await correct(held);
  expect(kept.checks?.brainVoxelsChanged).toBe(0);
  expect(kept.corrections?.voxels.heldByGuard).toBeGreaterThan(50);
  expect(kept.result?.region).toEqual(planned.plan.removed.region);

  const guardReason = 'a shunt to be removed';
  const broken = await correct({ ...held, settings: { ...toyRun, guardReason } });
  expect(broken.checks?.brainVoxelsChanged).toBeGreaterThan(50);
  expect(broken.checks?.guardMm).toBe(0);
  // What the review leads to is the very distance of the check.
  expect(kept.places?.nearBrain.spots).toEqual([]);
  expect(broken.places?.nearBrain.spots[0]?.mm).toBe(broken.checks?.guardMm);
  expect(broken.decision).toBe('review');
  expect(broken.reasons.map(({ code }) => code)).toContain('edit/guard-overridden');
  expect(broken.corrections?.guardOverridden).toBe(guardReason);
});

test('a reason for breaking the guard where nothing breaks it is not in the report', async () => {
  const one = fresh();
  dab(one.marks, 'take', IN_NECK);
  const done = await correct({ ...one, settings: { ...toyRun, guardReason: 'just in case' } });
  expect(done.corrections?.guardOverridden).toBeNull();
});

test('what is protected stays, also what the plan would remove', async () => {
  const one = fresh();
  const v = one.marks.findIndex((mark) => (mark & Mark.claim) === 2);
  const [ni, nj] = toyVolume.grid.size;
  const at = indexToLps(toyVolume.grid.affine, [
    v % ni,
    Math.floor(v / ni) % nj,
    Math.floor(v / (ni * nj)),
  ]);
  dab(one.marks, 'protect', at);
  dab(one.marks, 'take', at, 20);
  const done = await correct(one);
  expect(done.result?.region.voxels[v]).toBe(0);
  expect(done.corrections?.voxels.protected).toBeGreaterThan(10);
});

test('a face that was not chosen is not said to be gone because of a stroke', async () => {
  const regions = ['ears'] as const;
  const plan = await planCorrection(toyVolume, toyHeadFound, { ...seeded, regions }, 0);
  const settings = { ...toyRun, regions };
  const marks = plan.marks.slice();
  dab(marks, 'take', IN_NECK);
  const done = await correct({ ...plan, marks, settings, run: toyRun });
  expect(done.corrections?.voxels.added).toBeGreaterThan(50);
  expect(done.result?.regions.face).toBe(0);
});

test('a margin grows and shrinks the plan, never into the guard', async () => {
  const voxelsAt = async (mm: number): Promise<number> => {
    const { plan, marks } = await planCorrection(toyVolume, toyHeadFound, seeded, mm);
    for (const mark of marks) if (mark & Mark.guard && mark & Mark.claim) throw new Error('guard');
    return editedRegion(plan.removed, plan, marks, toyRun.regions, false).removed.voxels;
  };
  const [less, same, more] = [await voxelsAt(-5), await voxelsAt(0), await voxelsAt(5)];
  expect(less).toBeLessThan(same);
  expect(more).toBeGreaterThan(same);
});

test('no edits at all bring a guarded, protected or padded voxel into the region', () => {
  const place = fc.tuple(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -110, max: 110, noNaN: true }),
    fc.double({ min: -120, max: 90, noNaN: true }),
  );
  const edit = fc.oneof(
    fc.record({
      stroke: fc.constantFrom(...(Object.keys(STROKES) as Stroke[])),
      at: place,
      radius: fc.constantFrom(5, 15, 40),
    }),
    fc.record({ mm: fc.constantFrom(-5, 5, 9) }),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 5 }), (edits) => {
      const { plan, marks } = fresh();
      for (const one of edits) {
        if ('mm' in one) grow(toyVolume.grid, marks, one.mm, false);
        else dab(marks, one.stroke, one.at, one.radius);
      }
      const { removed } = editedRegion(plan.removed, plan, marks, toyRun.regions, false);
      const holds = Mark.guard | Mark.protect | Mark.padding;
      removed.region.voxels.forEach((taken, v) => {
        if (taken && (marks[v] as number) & holds) throw new Error(`voxel ${v} is taken`);
      });
      expect(removed.guardMm ?? 5).toBeGreaterThanOrEqual(5);
    }),
    { numRuns: 15 },
  );
});
