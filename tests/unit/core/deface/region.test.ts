import { describe, expect, test } from 'vitest';
import { blank } from '../../../../src/core/deface/blank.ts';
import { brainGuard, GUARD_MM } from '../../../../src/core/deface/brain-guard.ts';
import { planCut } from '../../../../src/core/deface/cut.ts';
import { fineLabels } from '../../../../src/core/deface/fine-labels.ts';
import { headFrame } from '../../../../src/core/deface/head-frame.ts';
import { DEFAULT_DEFACE } from '../../../../src/core/deface/options.ts';
import { removedRegion } from '../../../../src/core/deface/region.ts';
import { wallY } from '../../../../src/core/deface/wall.ts';
import { indexToLps } from '../../../../src/core/geometry/affine.ts';
import { applyDelta } from '../../../../src/core/volume/delta.ts';
import { Label } from '../../../../src/core/volume/volume.ts';
import { rotation } from '../../../support/rotation.ts';
import { toyHead } from '../../../support/toy-head.ts';
import { toyScan } from '../../../support/toy-scan.ts';

async function remove(pose = rotation(0, 0, 0, [0, 0, 0]), regions = DEFAULT_DEFACE.regions) {
  const segmentation = toyHead(pose);
  const frame = headFrame(segmentation);
  if (!frame) throw new Error('no frame');
  const fine = fineLabels(segmentation);
  const guard = brainGuard(segmentation, fine);
  const volume = toyScan(segmentation);
  const cut = planCut(fine, frame, { ...DEFAULT_DEFACE, regions, seed: [] }, volume);
  return {
    volume,
    frame,
    cut,
    fine,
    guard,
    removed: await removedRegion(volume, fine, guard, frame, cut),
  };
}

describe('removedRegion', () => {
  test('takes everything of the face in front of the wall and nothing of the head behind it', async () => {
    const { volume, frame, cut, removed } = await remove(undefined, ['face']);
    const [ni, nj, nk] = volume.grid.size;
    let v = 0;
    for (let k = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        for (let i = 0; i < ni; i++, v++) {
          const [x, y, z] = indexToLps(frame.fromLps, indexToLps(volume.grid.affine, [i, j, k]));
          const front = y - wallY(x, z, cut.face?.wallDepthMm ?? NaN);
          if (removed.region.voxels[v]) expect(front).toBeLessThan(2);
          else if (removed.labels.voxels[v] === Label.face && front < -2 && z < -50) {
            // Above, the guard keeps what is near the brain; beside, the toy face ends.
            expect(Math.abs(x)).toBeGreaterThan(50);
          }
        }
      }
    }
    expect(removed.volumes.face).toBeGreaterThan(50);
    expect(removed.volumes.ears).toBe(0);
  });

  test('never comes nearer to the brain than the guard', async () => {
    const { removed, volume } = await remove();
    expect(removed.guardMm).toBeGreaterThanOrEqual(GUARD_MM);
    const touched = removed.region.voxels.filter(
      (on, v) => on && removed.labels.voxels[v] === Label.brain,
    );
    expect(touched.length).toBe(0);
    expect(volume.stored.length).toBe(removed.region.voxels.length);
  });

  test('runs through the air to the front edge of the volume', async () => {
    const { volume, removed } = await remove(undefined, ['face']);
    const [ni, nj, nk] = volume.grid.size;
    for (let k = 0; k < nk; k++) {
      for (let i = 0; i < ni; i++) {
        let seen = false;
        for (let j = nj - 1; j >= 0; j--) {
          const on = removed.region.voxels[i + ni * (j + nj * k)] === 1;
          if (seen && k > 0) expect(on).toBe(true);
          seen ||= on;
        }
      }
    }
  });

  test('leaves padding as it is', async () => {
    const { removed } = await remove();
    expect([...removed.region.voxels.subarray(0, 5)]).toEqual([0, 0, 0, 0, 0]);
  });

  test('removes the same millilitres whatever the pose', async () => {
    const [upright, turned] = [await remove(), await remove(rotation(20, 15, -10, [30, -12, 500]))];
    expect(turned.frame.rmsMm).toBeLessThan(5);
    expect(turned.removed.millilitres / upright.removed.millilitres).toBeGreaterThan(0.88);
    expect(turned.removed.millilitres / upright.removed.millilitres).toBeLessThan(1.12);
  });

  test('takes both ears', async () => {
    const { removed, volume } = await remove(undefined, ['ears']);
    let [all, kept] = [0, 0];
    removed.labels.voxels.forEach((label, v) => {
      if (label !== Label.ears) return;
      all++;
      if (!removed.region.voxels[v]) kept++;
    });
    expect(volume.stored.length).toBeGreaterThan(all);
    expect(kept / all).toBeLessThan(0.1);
  });
});

describe('blank', () => {
  test('writes air into the region and leaves every other voxel bit-identical', async () => {
    const { volume, removed } = await remove();
    const after = applyDelta(volume.stored, await blank(volume, removed.region));
    after.forEach((value, v) => {
      expect(value).toBe(removed.region.voxels[v] ? 24 : volume.stored[v]);
    });
  });

  test('stops when it is cancelled', async () => {
    const { volume, removed } = await remove();
    const controller = new AbortController();
    controller.abort();
    await expect(blank(volume, removed.region, { signal: controller.signal })).rejects.toThrow();
  });
});
