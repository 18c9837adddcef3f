/** Every method through the whole way, on a made head with the real network, and opened again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaceScan } from '../../src/app/deface-scan.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE, METHODS, type MethodId } from '../../src/core/deface/options.ts';
import { applyDelta } from '../../src/core/volume/delta.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import { madeHead, rememberingSegmenter, type KnownHead } from '../support/heads.ts';

let network: FaceSegmenter;
let head: KnownHead;

beforeAll(async () => {
  network = await rememberingSegmenter();
  head = await madeHead(5, 'MR', 'T1', 2);
}, 120_000);
afterAll(() => {
  network.dispose();
});

const deface = (volume: Volume, method: MethodId): Promise<DefacedScan> =>
  defaceScan('1', volume, { ...DEFAULT_DEFACE, method, seed: [], methodSeed: [1, 2] }, network);

const EXPECTED: Readonly<Record<MethodId, readonly [string, readonly string[]]>> = {
  blank: ['deface', []],
  noise: ['deface', []],
  blur: ['review', ['deface/likeness', 'check/failed']],
  pixelate: ['review', ['deface/likeness', 'check/failed']],
  reface: ['deface', ['deface/new-face']],
  'reface-random': ['deface', ['deface/new-face']],
};

describe.each(METHODS)('method %s', (method) => {
  test('is decided as it deserves, keeps the brain, and can be opened again', async () => {
    const made = await deface(head.volume, method);

    const [decision, codes] = EXPECTED[method];
    expect(made.decision).toBe(decision);
    const said = [...made.reasons, ...(made.notes ?? [])].map(({ code }) => code);
    for (const code of codes) expect(said).toContain(code);
    if (!made.result) throw new Error('nothing made');
    const { delta } = made.result;
    const after = applyDelta(head.volume.stored, delta);
    const brain = after.findIndex(
      (value, v) => head.brain[v] === 1 && value !== head.volume.stored[v],
    );
    expect(brain).toBe(-1);

    const again = await deface({ ...head.volume, stored: after }, 'blank');
    const gone = method === 'blank' || method === 'noise';
    if (gone) expect(again.decision).not.toBe('deface');
    else expect(['deface', 'review', 'refuse']).toContain(again.decision);
  }, 120_000);
});
