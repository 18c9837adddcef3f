/** One visit, one head: labels made in one series, used in another of the same frame of reference. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaceScan } from '../../src/app/deface-scan.ts';
import { defaceInVisit } from '../../src/app/deface-visit.ts';
import type { Scan } from '../../src/app/open-scans.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import { createVisitHeads } from '../../src/app/visit-heads.ts';
import type { DefacedScan, LabelledHead } from '../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { diceOfLabels } from '../../src/core/volume/statistics.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import { madeHead, rememberingSegmenter, type KnownHead } from '../support/heads.ts';
import { planted, shift } from '../support/planted.ts';

let network: FaceSegmenter;
let lent: LabelledHead;
/** The same person in coarser voxels, and what a network sees in it by itself. */
let other: KnownHead;
let own: DefacedScan;

const deface = (volume: Volume, head: LabelledHead | null = null): Promise<DefacedScan> =>
  defaceScan('1', volume, { ...DEFAULT_DEFACE, seed: [] }, network, {}, head);

beforeAll(async () => {
  network = await rememberingSegmenter();
  const first = await deface((await madeHead(5, 'MR', 'T1', 2)).volume);
  expect(first.decision).toBe('deface');
  lent = first.head as LabelledHead;
  other = await madeHead(5, 'MR', 'T1', 3);
  own = await deface(other.volume);
}, 300_000);
afterAll(() => {
  network.dispose();
});

function movedBy(volume: Volume, mm: number): Volume {
  const affine = volume.grid.affine.map((value, n) => (n === 7 ? value + mm : value));
  return { ...volume, grid: { ...volume.grid, affine: affine as never } };
}

describe('a head lent by another series', () => {
  test('takes what the own head takes, and says where it comes from', async () => {
    const done = await deface(other.volume, lent);

    expect(done.decision).toBe('deface');
    expect(done.notes?.map(({ code }) => code)).toContain('deface/lent');
    expect(done.head?.borrowed).toBe(true);
    const [a, b] = [done.result?.region.voxels, own.result?.region.voxels];
    expect(a && b && diceOfLabels(a, b, [1])).toBeGreaterThan(0.95);
    expect(done.result?.region.voxels.some((on, v) => on && other.brain[v])).toBe(false);
  }, 120_000);

  test('helps where the network errs in a series alone', async () => {
    const erring = planted(network, { say: shift(0, 30) });
    const heads = createVisitHeads();
    const scan = (id: string): Scan =>
      ({
        id,
        kind: 'dicom',
        patient: 1,
        visit: 1,
        repeats: [],
        slices: [{ instance: { header: { frameOfReferenceUID: '1.2.3' } } }],
      }) as unknown as Scan;
    const options = { ...DEFAULT_DEFACE, seed: [] };
    const alone = await defaceInVisit(scan('2'), other.volume, options, erring, heads);
    heads.learn(scan('1'), { ...own, head: lent });
    const helped = await defaceInVisit(scan('2'), other.volume, options, erring, heads);

    expect(alone.decision).not.toBe('deface');
    expect(helped.decision).toBe('deface');
    const [a, b] = [helped.result?.region.voxels, own.result?.region.voxels];
    expect(a && b && diceOfLabels(a, b, [1])).toBeGreaterThan(0.95);
  }, 120_000);

  test.each([-20, 15, 25])(
    'that lies %i mm elsewhere asks for a look',
    async (mm) => {
      const done = await deface(movedBy(other.volume, mm), lent);

      expect(done.decision).not.toBe('deface');
    },
    120_000,
  );
});
