/** dicom.md §2.5: what is filled in must not show where the skin was, nor where the region ends. */
import { expect, test } from 'vitest';
import { METHOD } from '../../../../src/core/deface/methods.ts';
import type { MethodId } from '../../../../src/core/deface/options.ts';
import { applyDelta } from '../../../../src/core/volume/delta.ts';
import { Label, type StoredArray } from '../../../../src/core/volume/volume.ts';
import { phantomCut, type PhantomCut } from '../../../support/phantom-cut.ts';

/** Noise fills deeper than this under the old skin would be seen as often as by chance (mean ratio). */
const ALIKE = 0.06;

const made = { MR: await phantomCut(5, 'MR'), CT: await phantomCut(5, 'CT') };

/**
 * Mean gradient and mean local variance over voxels with all neighbours in the same class of
 * places: on the old skin, on the rim of the region in air, and in the scan's own air.
 */
function maps({ volume, removed }: PhantomCut, after: StoredArray): Record<string, number[]> {
  const [ni, nj, nk] = volume.grid.size;
  const { region, labels } = removed;
  const strides = [1, ni, ni * nj] as const;
  const sums = { skin: [0, 0, 0], rim: [0, 0, 0], air: [0, 0, 0] } as Record<string, number[]>;
  const far = farFromHead(labels.voxels, [ni, nj, nk]);
  for (let k = 1; k < nk - 1; k++) {
    for (let j = 1; j < nj - 1; j++) {
      for (let i = 1; i < ni - 1; i++) {
        const v = i + ni * (j + nj * k);
        const around = strides.flatMap((stride) => [v - stride, v + stride]);
        const inside = around.filter((to) => region.voxels[to]).length;
        const isAir = labels.voxels[v] === Label.air;
        const touches = around.some((to) => (labels.voxels[to] === Label.air) !== isAir);
        let place = '';
        if (region.voxels[v] && inside === 6 && touches) place = 'skin';
        else if (isAir && far[v] && inside > 0 && inside < 6) place = 'rim';
        else if (isAir && far[v] && inside === 0 && !region.voxels[v]) place = 'air';
        const sum = sums[place];
        if (!sum) continue;
        const at = (n: number): number => after[n] as number;
        const gradient = Math.hypot(...strides.map((s) => (at(v + s) - at(v - s)) / 2));
        const mean = around.reduce((total, n) => total + at(n), at(v)) / 7;
        const variance = around.reduce((total, n) => total + (at(n) - mean) ** 2, 0) / 6;
        sum[0] = (sum[0] as number) + 1;
        sum[1] = (sum[1] as number) + gradient;
        sum[2] = (sum[2] as number) + Math.sqrt(variance);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(sums).map(([place, [n = 0, g = 0, s = 0]]) => [place, [n, g / n, s / n]]),
  );
}

/** 1 where no tissue is within three voxels along an axis. */
function farFromHead(labels: Uint8Array, [ni, nj]: readonly [number, number, number]): Uint8Array {
  return labels.map((_, v) => {
    for (const stride of [1, ni, ni * nj]) {
      for (let n = -3; n <= 3; n++) if (labels[v + n * stride]) return 0;
    }
    return 1;
  });
}

async function ratios(kind: 'MR' | 'CT', method: MethodId): Promise<Record<string, number>> {
  const one = made[kind];
  const delta = await METHOD[method](one.opening);
  const { skin = [], rim = [], air = [] } = maps(one, applyDelta(one.volume.stored, delta));
  expect(Math.min(skin[0] as number, rim[0] as number, air[0] as number)).toBeGreaterThan(1000);
  const ratio = (a: number[], n: number): number => (a[n] as number) / (air[n] as number);
  return {
    'gradient, skin': ratio(skin, 1),
    'gradient, rim': ratio(rim, 1),
    'variance, skin': ratio(skin, 2),
    'variance, rim': ratio(rim, 2),
  };
}

test.each(['MR', 'CT'] as const)(
  'noise leaves no silhouette in %s',
  async (kind) => {
    for (const [what, ratio] of Object.entries(await ratios(kind, 'noise'))) {
      expect(Math.abs(ratio - 1), `${what} ${ratio}`).toBeLessThan(ALIKE);
    }
  },
  60_000,
);

test('blank does: the measure sees it', async () => {
  const found = await ratios('MR', 'blank');
  expect(found['variance, rim']).toBeLessThan(1 - 3 * ALIKE);
  expect(found['variance, skin']).toBe(0);
}, 60_000);
