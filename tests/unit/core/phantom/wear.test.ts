import { beforeAll, describe, expect, test } from 'vitest';
import { compose, indexToLps, invert } from '../../../../src/core/geometry/affine.ts';
import { headFrame } from '../../../../src/core/deface/head-frame.ts';
import { mapsOf, raysThrough, type HeadMaps } from '../../../../src/core/matcher/depth-map.ts';
import { distancesTo, rankOf } from '../../../../src/core/matcher/ranks.ts';
import { makeSkin } from '../../../../src/core/phantom/skin-only.ts';
import {
  defaultGrid,
  makeHead,
  scanHead,
  type Head,
  type Phantom,
  type PhantomParams,
} from '../../../../src/core/phantom/head.ts';
import { Tissue } from '../../../../src/core/phantom/tissue.ts';
import { WEAR } from '../../../../src/core/phantom/wear.ts';
import { countLabels } from '../../../../src/core/volume/statistics.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const SEED = 5;
const MM = 2.5;
const grid = defaultGrid(MM);
let head: Head;
beforeAll(async () => {
  head = await makeHead(SEED);
}, 120_000);

const scan = (more: Partial<PhantomParams> = {}, of = head): Promise<Phantom> =>
  scanHead(of, { seed: SEED, kind: 'CT', grid, couch: false, ...more });

/** Voxels that differ by more than noise of the same seed would: it is the same. */
function differing(a: Phantom, b: Phantom, by: number): number[] {
  const found: number[] = [];
  a.volume.stored.forEach((value, v) => {
    if (Math.abs(value - (b.volume.stored[v] as number)) > by) found.push(v);
  });
  return found;
}

function placeOf(v: number): readonly [number, number, number] {
  const [ni, nj] = grid.size;
  return indexToLps(grid.affine, [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))]);
}

describe('what a phantom wears', () => {
  test('changes no label and no tissue, whatever it is', async () => {
    const bare = await scan();
    const all = await scan({ wear: WEAR });
    expect(all.labels.voxels).toEqual(bare.labels.voxels);
    expect(all.tissues.voxels).toEqual(bare.tissues.voxels);
  });

  test('a beard of hair and air stands before the skin of the lower face, in CT', async () => {
    const [bare, bearded] = [await scan({ noise: 0 }), await scan({ noise: 0, wear: ['beard'] })];
    const hair = differing(bare, bearded, 40);
    const ml = (hair.length * MM ** 3) / 1000;
    expect(ml).toBeGreaterThan(60);
    expect(ml).toBeLessThan(600);
    for (const v of hair) {
      const [, y, z] = placeOf(v);
      expect(y).toBeLessThan(2);
      expect(z).toBeLessThan(-20);
      expect(bearded.volume.stored[v]).toBeLessThan(1024 - 450);
    }
    const mr = { kind: 'MR' as const, noise: 0 };
    expect(differing(await scan(mr), await scan({ ...mr, wear: ['beard'] }), 0)).toEqual([]);
  });

  test.each([
    ['braces', [0, -85, -48], 50],
    ['implant', [70, 45, 35], 30],
  ] as const)('%s are metal where they belong: streaks in CT', async (what, place, reach) => {
    const [bare, metal] = [await scan({ noise: 0 }), await scan({ noise: 0, wear: [what] })];
    const bright: number[] = [];
    metal.volume.stored.forEach((value, v) => {
      if (value === 4095) bright.push(v);
    });
    expect(bright.length).toBeGreaterThan(4);
    for (const v of bright) {
      const at = placeOf(v);
      expect(Math.hypot(...at.map((mm, d) => mm - place[d]!)), String(at)).toBeLessThan(reach);
    }
    expect(differing(bare, metal, 50).length).toBeGreaterThan(20 * bright.length);
  });

  test.each([
    ['braces', 3],
    ['implant', 60],
  ] as const)('%s take away the signal around them in MR', async (what, least) => {
    const mr = { kind: 'MR' as const, noise: 0 };
    const [bare, metal] = [await scan(mr), await scan({ ...mr, wear: [what] })];
    const gone = differing(bare, metal, 40).filter((v) => (metal.volume.stored[v] as number) < 40);
    expect((gone.length * MM ** 3) / 1000).toBeGreaterThan(least);
  });
});

describe('age', () => {
  test.each(['child', 'old'] as const)(
    '%s: proportions of that age',
    async (age) => {
      const aged = await scan({}, await makeHead(SEED, {}, age));
      const grown = await scan();
      const share = (label: Label): number =>
        (countLabels(aged.labels.voxels)[label] ?? 0) /
        (countLabels(grown.labels.voxels)[label] ?? 1);
      const csf = (one: Phantom): number =>
        one.tissues.voxels.filter((tissue) => tissue === Tissue.csf).length;
      if (age === 'child') {
        // The skull of six years is nearly grown, the face is not.
        expect(share(Label.brain)).toBeGreaterThan(0.75);
        expect(share(Label.brain)).toBeLessThan(0.95);
        expect(share(Label.face)).toBeLessThan(share(Label.brain));
      } else {
        expect(share(Label.brain)).toBeCloseTo(1, 1);
        expect(csf(aged)).toBeGreaterThan(1.02 * csf(grown));
      }
    },
    120_000,
  );
});

describe('the same person scanned twice', () => {
  test('is told among others by the skin, in another pose, noise and kind', async () => {
    const again = await scan({
      seed: 77,
      kind: 'MR',
      contrast: 'T2',
      pose: { pitchDeg: 9, yawDeg: -6, shift: [4, -5, 6] },
    });
    const others = [5, 21, 22, 23, 24, 25, 26, 27].map((seed) => mapsOf(makeSkin(seed).first));
    const distances = distancesTo(mapsOfPhantom(again), others, 'face', { tilt: true });
    expect(rankOf(distances, 0)).toBe(1);
  }, 120_000);
});

function mapsOfPhantom({ volume, labels }: Phantom): HeadMaps {
  const { voxels } = labels;
  const frame = headFrame({
    grid,
    labels: voxels,
    plain: voxels,
    mirrored: voxels,
    probabilities: new Float32Array(0),
  });
  if (!frame) throw new Error('no frame');
  const tissue = Uint8Array.from(volume.stored, (value) => (value > 150 ? 1 : 0));
  const toIndex = invert(compose(frame.fromLps, grid.affine));
  return mapsOf(raysThrough(tissue, grid.size, toIndex));
}
