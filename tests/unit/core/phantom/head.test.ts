import { beforeAll, describe, expect, test } from 'vitest';
import {
  defaultGrid,
  makeHead,
  scanHead,
  type Head,
  type Phantom,
} from '../../../../src/core/phantom/head.ts';
import { sampleOr } from '../../../../src/core/phantom/field.ts';
import { Tissue } from '../../../../src/core/phantom/tissue.ts';
import { squaredDistance } from '../../../../src/core/volume/distance.ts';
import { countLabels } from '../../../../src/core/volume/statistics.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

const SPACING = 3;
const SEEDS = [1, 2, 13];
const grid = defaultGrid(SPACING);
const heads = new Map<number, Head>();
const phantoms = new Map<number, Phantom>();

beforeAll(async () => {
  for (const seed of SEEDS) {
    const head = await makeHead(seed);
    heads.set(seed, head);
    phantoms.set(seed, await scanHead(head, { seed, kind: 'CT', grid }));
  }
}, 300_000);

describe('a phantom', () => {
  test('is the same for the same seed', async () => {
    const again = await scanHead(await makeHead(1), { seed: 1, kind: 'CT', grid });
    const first = phantom(1);
    expect(Buffer.from(again.labels.voxels).equals(Buffer.from(first.labels.voxels))).toBe(true);
    expect(again.volume.stored).toEqual(first.volume.stored);
  }, 120_000);

  test('has another face by millimetres for another seed', () => {
    const [a, b] = [head(1), head(2)];
    const face = a.anatomy.fineSkin[0];
    if (!face) throw new Error('no face');
    const apart: number[] = [];
    face.values.forEach((d, n) => {
      if (Math.abs(d) > 0.4) return;
      const [x, y, z] = nodeOf(face, n);
      apart.push(Math.abs(sampleOr(b.anatomy.skin, x, y, z)));
    });
    apart.sort((p, q) => p - q);
    expect(apart[apart.length >> 1]).toBeGreaterThan(1);
    expect(apart[Math.floor(apart.length * 0.9)]).toBeGreaterThan(2.5);
  });

  test('is not symmetric to the millimetre', () => {
    const { voxels } = phantom(1).labels;
    const [ni] = grid.size;
    let differ = 0;
    for (let n = 0; n < voxels.length; n++) {
      const i = n % ni;
      if ((voxels[n] === Label.air) !== (voxels[n - i + ni - 1 - i] === Label.air)) differ++;
    }
    expect(differ).toBeGreaterThan(200);
  });

  test.each(SEEDS)('of seed %i has parts as large as those of people', (seed) => {
    const counts = countLabels(phantom(seed).labels.voxels);
    const ml = (label: number): number => ((counts[label] ?? 0) * SPACING ** 3) / 1000;
    expect(ml(Label.brain)).toBeGreaterThan(1100);
    expect(ml(Label.brain)).toBeLessThan(1800);
    expect(ml(Label.face)).toBeGreaterThan(300);
    expect(ml(Label.face)).toBeLessThan(900);
    expect(ml(Label.ears)).toBeGreaterThan(80);
    expect(ml(Label.ears)).toBeLessThan(130);
    expect(ml(Label.eyes)).toBeGreaterThan(12);
    expect(ml(Label.eyes)).toBeLessThan(26);
    expect(ml(Label.forehead)).toBeGreaterThan(50);
    expect(ml(Label.forehead)).toBeLessThan(120);
  });

  test.each(SEEDS)('of seed %i has nothing to remove within 5 mm of the brain', (seed) => {
    const { voxels } = phantom(seed).labels;
    const brain = voxels.map((label) => (label === Label.brain ? 1 : 0));
    const squared = squaredDistance(brain, grid.size, [SPACING, SPACING, SPACING], 12);
    let nearest = Infinity;
    voxels.forEach((label, n) => {
      if (label === Label.head || label === Label.brain || label === Label.air) return;
      nearest = Math.min(nearest, Math.sqrt(squared[n] as number));
    });
    expect(nearest).toBeGreaterThanOrEqual(5);
    expect(nearest).toBeLessThan(10);
  });

  test.each(SEEDS)('of seed %i has an ear on either side, and eyes in front of them', (seed) => {
    const { voxels } = phantom(seed).labels;
    const left = centerOf(voxels, Label.ears, (x) => x > 0);
    const right = centerOf(voxels, Label.ears, (x) => x < 0);
    const eyes = centerOf(voxels, Label.eyes, () => true);
    expect(left.count / right.count).toBeGreaterThan(0.8);
    expect(left.count / right.count).toBeLessThan(1.25);
    expect(left.x - right.x).toBeGreaterThan(120);
    expect(left.x - right.x).toBeLessThan(155);
    expect(left.y - eyes.y).toBeGreaterThan(60);
  });

  test('has air, fat, brain and bone at their CT numbers', () => {
    const { tissues, volume } = phantom(1);
    const medianHu = (tissue: number): number => {
      const found: number[] = [];
      tissues.voxels.forEach((t, n) => {
        if (t === tissue) found.push((volume.stored[n] as number) - 1024);
      });
      found.sort((a, b) => a - b);
      return found[found.length >> 1] ?? NaN;
    };
    expect(medianHu(Tissue.gray)).toBeGreaterThan(25);
    expect(medianHu(Tissue.gray)).toBeLessThan(45);
    expect(medianHu(Tissue.white)).toBeLessThan(36);
    expect(medianHu(Tissue.vitreous)).toBeLessThan(25);
    expect(medianHu(Tissue.bone)).toBeGreaterThan(600);
    expect(medianHu(Tissue.fat)).toBeLessThan(-30);
    expect(medianHu(Tissue.air)).toBeLessThan(-950);
  });

  test('shows white matter brighter than gray, and gray than fluid, in T1 but not in T2', async () => {
    const mean = async (contrast: 'T1' | 'T2'): Promise<number[]> => {
      const { volume, tissues } = await scanHead(head(1), { seed: 1, kind: 'MR', grid, contrast });
      return [Tissue.white, Tissue.gray, Tissue.csf].map((tissue) => {
        let [sum, n] = [0, 0];
        tissues.voxels.forEach((t, at) => {
          if (t !== tissue) return;
          sum += volume.stored[at] as number;
          n++;
        });
        return sum / n;
      });
    };
    const [white = 0, gray = 0, fluid = 0] = await mean('T1');
    expect(white).toBeGreaterThan(gray);
    expect(gray).toBeGreaterThan(fluid);
    const [white2 = 0, gray2 = 0, fluid2 = 0] = await mean('T2');
    expect(white2).toBeLessThan(gray2);
    expect(gray2).toBeLessThan(fluid2);
  }, 120_000);

  test('turns and moves with its pose', async () => {
    const coarse = defaultGrid(6);
    const at = async (pose: object) => {
      const { labels } = await scanHead(head(1), { seed: 1, kind: 'MR', grid: coarse, pose });
      return {
        face: centerOf(labels.voxels, Label.face, () => true, coarse),
        brain: centerOf(labels.voxels, Label.brain, () => true, coarse),
      };
    };
    const [straight, up, left, moved] = [
      await at({}),
      await at({ pitchDeg: 20 }),
      await at({ yawDeg: 20 }),
      await at({ shift: [12, 0, 0] }),
    ];
    expect(up.face.z - up.brain.z).toBeGreaterThan(straight.face.z - straight.brain.z + 15);
    expect(left.face.x - left.brain.x).toBeGreaterThan(straight.face.x - straight.brain.x + 15);
    expect(moved.face.x - straight.face.x).toBeCloseTo(12, 0);
  }, 120_000);

  test('can be cancelled', async () => {
    const controller = new AbortController();
    const work = makeHead(3, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });

  test('tells how far it is', async () => {
    const seen: number[] = [];
    const job = { onProgress: (p: { done: number; total: number }) => seen.push(p.done / p.total) };
    await scanHead(head(1), { seed: 1, kind: 'MR', grid: defaultGrid(8) }, job);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

function head(seed: number): Head {
  const found = heads.get(seed);
  if (!found) throw new Error('no such head');
  return found;
}

function phantom(seed: number): Phantom {
  const found = phantoms.get(seed);
  if (!found) throw new Error('no such phantom');
  return found;
}

function nodeOf(field: Head['anatomy']['skin'], n: number): readonly [number, number, number] {
  const [nx, ny] = field.size;
  const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))];
  return [
    field.origin[0] + i * field.step,
    field.origin[1] + j * field.step,
    field.origin[2] + k * field.step,
  ];
}

function centerOf(
  voxels: Uint8Array,
  label: number,
  where: (x: number) => boolean,
  { size, affine } = grid,
): { x: number; y: number; z: number; count: number } {
  const [ni, nj] = size;
  const sum = { x: 0, y: 0, z: 0, count: 0 };
  voxels.forEach((value, n) => {
    if (value !== label) return;
    const x = (affine[0] as number) * (n % ni) + (affine[3] as number);
    if (!where(x)) return;
    sum.x += x;
    sum.y += (affine[5] as number) * (Math.floor(n / ni) % nj) + (affine[7] as number);
    sum.z += (affine[10] as number) * Math.floor(n / (ni * nj)) + (affine[11] as number);
    sum.count++;
  });
  const { count } = sum;
  return { x: sum.x / count, y: sum.y / count, z: sum.z / count, count };
}
