import { describe, expect, test } from 'vitest';
import { METHOD, newFaceOf } from '../../../../src/core/deface/methods.ts';
import type { MethodId } from '../../../../src/core/deface/options.ts';
import { createRandom, shuffledOrder } from '../../../../src/core/random.ts';
import { checkResult } from '../../../../src/core/report/check-result.ts';
import { failedChecks } from '../../../../src/core/report/decide.ts';
import type { Checks } from '../../../../src/core/report/report.ts';
import { applyDelta, type Delta } from '../../../../src/core/volume/delta.ts';
import { phantomCut } from '../../../support/phantom-cut.ts';

const mr = await phantomCut(5, 'MR');
const face = ['face', 'ears'] as const;

/** The network is not asked where a face was put. */
const mute = (): Promise<Float32Array> => Promise.reject(new Error('asked'));

async function checked(delta: Delta, method: MethodId): Promise<Checks> {
  const { opening, ...made } = mr;
  const newFace = await newFaceOf(method, opening.seed);
  const measured = await checkResult({ ...made, frame: opening.frame, delta, newFace }, mute);
  return measured.checks;
}

describe.each(['reface', 'reface-random'] as const)('%s', (method) => {
  test('puts the face there that it says, and passes', async () => {
    const checks = await checked(await METHOD[method](mr.opening), method);
    expect(checks.newFaceMm).toBeLessThan(2.5);
    expect(checks.shareMoved10mm).toBeNull();
    expect(checks.faceFoundAgain).toBeNull();
    expect(failedChecks(checks, face)).toEqual([]);
  }, 60_000);
});

test('the check tells the person’s own face from the average one', async () => {
  const { grid, stored } = mr.volume;
  const untouched: Delta = { grid, runs: new Uint32Array(0), values: stored.slice(0, 0) };
  const checks = await checked(untouched, 'reface');
  expect(checks.parallelSurfaceIndex).toBeGreaterThan(0.6);
  expect(failedChecks(checks, face)).not.toEqual([]);
}, 60_000);

test.each(['noise', 'reface', 'reface-random'] as const)(
  '%s knows nothing of what was removed',
  async (method) => {
    const { volume, removed } = mr.opening;
    const inside = [...removed.region.voxels.keys()].filter((v) => removed.region.voxels[v]);
    const random = createRandom(2);
    const order = shuffledOrder(inside.length, () => random.uniform());
    const stored = volume.stored.slice();
    inside.forEach(
      (v, n) => (stored[v] = volume.stored[inside[order[n] as number] as number] as number),
    );
    const scrambled = { ...mr.opening, volume: { ...volume, stored } };
    const one = await METHOD[method](mr.opening);
    expect((await METHOD[method](scrambled)).values).toEqual(one.values);
  },
  60_000,
);

test.each(['MR', 'CT'] as const)(
  'has the contrast of the scan in %s',
  async (kind) => {
    const made = kind === 'MR' ? mr : await phantomCut(5, 'CT');
    const { removed, volume } = made;
    const after = applyDelta(volume.stored, await METHOD.reface(made.opening));
    // The tissues of this very head, before: the faces differ, their make does not.
    const brightest = (of: typeof after): number => {
      const values = [...removed.region.voxels.keys()]
        .filter((v) => removed.region.voxels[v] && removed.labels.voxels[v])
        .map((v) => of[v] as number)
        .sort((a, b) => a - b);
      return values[Math.floor(0.5 * values.length)] as number;
    };
    const [was, is] = [brightest(volume.stored), brightest(after)];
    expect(Math.abs(is - was) / was).toBeLessThan(0.15);
  },
  60_000,
);
