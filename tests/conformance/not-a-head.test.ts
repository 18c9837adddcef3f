/** No head is invented, and one that was defaced, stripped or turned over is not cut unseen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { defaceScan } from '../../src/app/deface-scan.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { explain } from '../../src/core/errors.ts';
import { applyDelta } from '../../src/core/volume/delta.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import {
  blurredFace,
  drySkull,
  flipped,
  noisyFace,
  shellCut,
  strippedBrain,
  wedgeCut,
} from '../support/changed-heads.ts';
import {
  hasSharedHeads,
  madeHead,
  rememberingSegmenter,
  sharedHead,
  sharedNifti,
  type KnownHead,
} from '../support/heads.ts';
import { NOT_HEADS } from '../support/not-heads.ts';
import { filesBelow, sharedDicom, sourceFileAt } from '../support/shared-data.ts';

const real = hasSharedHeads();
const dicom = sharedDicom();

let network: FaceSegmenter;
beforeAll(async () => {
  network = await rememberingSegmenter();
}, 120_000);
afterAll(() => {
  network.dispose();
});

const end = (volume: Volume): Promise<DefacedScan> =>
  defaceScan('1', volume, { ...DEFAULT_DEFACE, seed: [] }, network);
const codes = ({ reasons }: DefacedScan): string[] => reasons.map(({ code }) => code);
const words = ({ reasons }: DefacedScan): string =>
  reasons.map(({ code, details }) => explain(code, details).why).join(' ');

describe.each(['CT', 'MR'] as const)('in %s', (modality) => {
  test.each(Object.entries(NOT_HEADS))(
    '%s is no head',
    async (_, make) => {
      const done = await end(make(modality));
      expect(done.decision).not.toBe('deface');
      expect(done.reasons.length).toBeGreaterThan(0);
    },
    120_000,
  );
});

const HEADS: readonly (readonly [string, () => Promise<KnownHead>])[] = [
  ['a made CT', () => madeHead(1, 'CT')],
  ['a made T2', () => madeHead(5, 'MR', 'T2')],
  ...(real ? ([['a person', () => sharedHead('train', 17)]] as const) : []),
];

describe.each(HEADS)('%s', (_, make) => {
  let head: KnownHead;
  beforeAll(async () => {
    head = await make();
  }, 300_000);

  test('stripped to the brain has nothing to remove', async () => {
    const done = await end(strippedBrain(head));
    expect(['refuse', 'exclude']).toContain(done.decision);
  }, 120_000);

  test('as a dry skull is no head to deface', async () => {
    const { volume, tissues } = head;
    if (tissues) expect((await end(drySkull({ volume, tissues }))).decision).not.toBe('deface');
  }, 120_000);

  test('upside down is not cut unseen, and its orientation is named', async () => {
    const done = await end(flipped(head.volume, 2));
    expect(done.decision).not.toBe('deface');
    expect(words(done)).toMatch(/orientation/);
  }, 120_000);

  test('front to back is not cut unseen', async () => {
    expect((await end(flipped(head.volume, 1))).decision).not.toBe('deface');
  }, 120_000);

  test('left to right works as before', async () => {
    const [before, after] = [await end(head.volume), await end(flipped(head.volume, 0))];
    expect(after.result).not.toBeNull();
    expect(codes(after).filter((code) => code.startsWith('segment/'))).toEqual(
      codes(before).filter((code) => code.startsWith('segment/')),
    );
  }, 240_000);

  test('cut by a wedge was defaced already', async () => {
    const done = await end(wedgeCut(head));
    expect(done.decision).toBe('refuse');
    expect(codes(done)[0]).toBe('segment/already-defaced');
  }, 120_000);

  test('peeled by a shell is seen to have been defaced', async () => {
    const done = await end(shellCut(head));
    expect(done.decision).not.toBe('deface');
    // What it says first depends on what the network makes of the peeled face.
    expect(codes(done)[0]).toMatch(/already-defaced|no-face|uncertain/);
  }, 120_000);

  test('cut by us is not cut again', async () => {
    const { result } = await end(head.volume);
    if (!result) throw new Error('nothing was cut');
    const done = await end({
      ...head.volume,
      stored: applyDelta(head.volume.stored, result.delta),
    });
    expect(done.decision).not.toBe('deface');
    expect(codes(done)[0]).toMatch(/already-defaced|no-face/);
  }, 240_000);

  test('with a blurred face is not called done', async () => {
    const done = await end(blurredFace(head));
    expect(done.decision).not.toBe('deface');
    expect(words(done)).toMatch(/blurred/);
  }, 240_000);

  test('with noise for a face is not called done', async () => {
    const done = await end(noisyFace(head));
    expect(done.decision).not.toBe('deface');
    expect(words(done)).toMatch(/noise|no nose stands out/);
  }, 240_000);
});

describe.skipIf(!real)('real scans without a face', () => {
  test('that another tool defaced are seen to be', async () => {
    const done = await end(
      await sharedNifti('nifti/negatives/ds001946_sub-02_T1w_already_defaced.nii.gz'),
    );
    expect(codes(done)[0]).toBe('segment/already-defaced');
  }, 120_000);

  test('without a skull have nothing to remove', async () => {
    const done = await end(
      await sharedNifti('nifti/negatives/ds002748_sub-01_T1w_skullstripped.nii.gz'),
    );
    expect(done.decision).toBe('refuse');
    expect(done.result).toBeNull();
  }, 120_000);
});

describe.skipIf(dicom === null)('odd series and edge cases', () => {
  test('end with a reason, each of them', async () => {
    const files = filesBelow(dicom ?? '').filter((path) => /\/(odd-[^/]*|cases)\//.test(path));
    const opened = await openScans(files.map(sourceFileAt));
    expect(opened.left.every(({ reason }) => explain(reason.code, reason.details).todo)).toBe(true);
    for (const scan of opened.scans) {
      const done = await end(await loadVolume(scan, createFrameDecoder()));
      expect(done.decision).not.toBe('deface');
    }
  }, 300_000);
});
