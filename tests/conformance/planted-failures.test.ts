/**
 * Failures of the network that its mirrored run shares: none that would touch brain or
 * leave the face may end as plainly defaced.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaceScan } from '../../src/app/deface-scan.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { spacingOf } from '../../src/core/geometry/affine.ts';
import { judge } from '../../src/core/segmentation/sanity.ts';
import { segment } from '../../src/core/segmentation/segment.ts';
import { squaredDistance } from '../../src/core/volume/distance.ts';
import { Label } from '../../src/core/volume/volume.ts';
import {
  hasSharedHeads,
  madeHead,
  rememberingSegmenter,
  sharedHead,
  type KnownHead,
} from '../support/heads.ts';
import { failures, planted, type Failure } from '../support/planted.ts';

const real = hasSharedHeads();

interface Outcome {
  readonly isPlain: boolean;
  readonly brainVoxels: number;
  /** Share of the outer 6 mm of the face that stays; 0.1 at most on good heads. */
  readonly faceLeft: number;
}

async function outcomeOf(
  head: KnownHead,
  failure: Failure,
  network: FaceSegmenter,
): Promise<Outcome> {
  const failing = planted(network, failure);
  // What is doubted before anything is cut needs no cut.
  const answer = await segment(head.volume, failing);
  const verdict = answer && judge(answer);
  if (!verdict || verdict.refuse.length || verdict.review.length) {
    return { isPlain: false, brainVoxels: 0, faceLeft: 0 };
  }
  const done = await defaceScan(
    '1',
    head.volume,
    { ...DEFAULT_DEFACE, seed: [] },
    planted(network, failure),
  );
  return { isPlain: done.decision === 'deface', ...harmOf(head, done) };
}

function harmOf(
  { labels, brain }: KnownHead,
  { result }: DefacedScan,
): Pick<Outcome, 'brainVoxels' | 'faceLeft'> {
  if (!result) return { brainVoxels: 0, faceLeft: 0 };
  const removed = result.region.voxels;
  const { size, affine } = labels.grid;
  const air = labels.voxels.map((label) => (label === Label.air ? 1 : 0));
  const depth = squaredDistance(air, size, spacingOf(affine), 7);
  let [brainVoxels, face, left] = [0, 0, 0];
  for (let v = 0; v < removed.length; v++) {
    if (brain[v] && removed[v]) brainVoxels++;
    if (labels.voxels[v] !== Label.face || (depth[v] as number) > 36) continue;
    face++;
    if (!removed[v]) left++;
  }
  return { brainVoxels, faceLeft: face ? left / face : 0 };
}

const HEADS: readonly (readonly [string, () => Promise<KnownHead>])[] = [
  ['a made head (T2)', () => madeHead(5, 'MR', 'T2')],
  ['a made head (CT)', () => madeHead(1, 'CT')],
  ...(real
    ? ([
        ['a person', () => sharedHead('train', 0)],
        ['another person', () => sharedHead('train', 30)],
      ] as const)
    : []),
];

describe('failures that the mirrored run shares', () => {
  let network: FaceSegmenter;
  beforeAll(async () => {
    network = await rememberingSegmenter();
  }, 120_000);
  afterAll(() => {
    network.dispose();
  });

  test.each(HEADS)(
    'do no harm unseen: %s',
    async (_, make) => {
      const head = await make();
      const other = await segment((await madeHead(2, 'MR', 'T1', 3)).volume, network);
      if (!other) throw new Error('no other head');
      const unseen: string[] = [];
      for (const [name, failure] of Object.entries(failures(other.probabilities))) {
        const { isPlain, brainVoxels, faceLeft } = await outcomeOf(head, failure, network);
        if (isPlain && (brainVoxels > 0 || faceLeft > 0.25)) {
          unseen.push(
            `${name}: ${brainVoxels.toFixed()} brain, ${faceLeft.toFixed(2)} of the face`,
          );
        }
      }
      expect(unseen).toEqual([]);
    },
    1_200_000,
  );
});
