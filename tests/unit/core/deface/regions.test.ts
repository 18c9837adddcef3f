import { describe, expect, test } from 'vitest';
import { GUARD_MM } from '../../../../src/core/deface/brain-guard.ts';
import { denseTeeth } from '../../../../src/core/deface/dense-teeth.ts';
import { domeOf, isOutside } from '../../../../src/core/deface/dome.ts';
import { indexToHead } from '../../../../src/core/deface/head-frame.ts';
import { compose, indexToLps, invert, type Vec3 } from '../../../../src/core/geometry/affine.ts';
import { Label, type Volume } from '../../../../src/core/volume/volume.ts';
import { cutToy, toyFine, toyFrame, toyVolume } from '../../../support/toy-cut.ts';

const toHead = indexToHead(toyFrame, toyFine.grid.affine);
const fromHead = compose(invert(toyVolume.grid.affine), invert(toyFrame.fromLps));

/** The toy scan with other stored values around places of the head frame. */
function withDense(value: number, ...places: readonly Vec3[]): Volume {
  const stored = (toyVolume.stored as Int16Array).slice();
  const [ni, nj] = toyVolume.grid.size;
  for (const place of places) {
    const [i, j, k] = indexToLps(fromHead, place).map(Math.round) as [number, number, number];
    stored[i + ni * (j + nj * k)] = value;
  }
  return { ...toyVolume, stored };
}

/** Voxel of the fine grid at a place of the head frame. */
function fineAt(place: Vec3): number {
  const [ni, nj] = toyFine.grid.size;
  const [i, j, k] = indexToLps(invert(toHead), place).map(Math.round) as [number, number, number];
  return i + ni * (j + nj * k);
}

describe('teeth', () => {
  const MOLAR: Vec3 = [24, -40, -90];
  const PETROUS: Vec3 = [24, -5, -50];
  const MIDDLE = -74;

  test('are found in CT by their density, with a margin, and only in the jaws', () => {
    const found = denseTeeth(withDense(4000, MOLAR, PETROUS), toyFine, toHead, MIDDLE);
    expect(found[fineAt(MOLAR)]).toBe(1);
    expect(found[fineAt([24, -37, -90])]).toBe(1);
    expect(found[fineAt([24, -20, -90])]).toBe(0);
    expect(found[fineAt(PETROUS)]).toBe(0);
  });

  test('are not what is merely bone', () => {
    expect(denseTeeth(withDense(2400, MOLAR), toyFine, toHead, MIDDLE)).not.toContain(1);
  });

  test('go behind the wall in CT by density, in MR by the zone alone', async () => {
    const chosen = { regions: ['teeth'] as const, depth: 'standard' as const };
    const scan = withDense(4000, MOLAR);
    const ct = (await cutToy(chosen, scan)).removed;
    const mr = (await cutToy(chosen, { ...scan, modality: 'MR' })).removed;
    expect(mr.volumes.teeth).toBeGreaterThan(30);
    expect(ct.volumes.teeth).toBeGreaterThan(mr.volumes.teeth);
  });
});

describe('scalp', () => {
  test('takes the skin of the vault all around, and little beyond it', async () => {
    const dome = domeOf(toyFine, toHead);
    // The toy head is an ellipsoid of 78, 95, 85 mm.
    for (const outward of [
      [0, 0, 1],
      [0.7, 0, 0.7],
      [-0.7, 0, 0.7],
      [0, 0.8, 0.6],
    ] as const) {
      const [x, y, z] = outward;
      const far = 1 / Math.hypot(x / 78, y / 95, z / 85);
      const at = (mm: number): boolean => isOutside(dome, x * mm, y * mm, z * mm);
      expect(at(far - 3), String(outward)).toBe(true);
      expect(at(far + 60), String(outward)).toBe(true);
      expect(at(far - 10), String(outward)).toBe(false);
    }
    expect(isOutside(dome, 0, 90, -60)).toBe(false);
    const { removed } = await cutToy({ regions: ['scalp'] });
    expect(removed.volumes.scalp).toBeGreaterThan(100);
  });

  test('is kept by the guard where the skull is thin, and the share of it is said', async () => {
    const { removed } = await cutToy({ regions: ['scalp'] });
    expect(removed.guardTookBack).toBeGreaterThan(0);
    expect(removed.guardMm).toBeGreaterThanOrEqual(GUARD_MM);
  });
});

test('eyes go wherever they lie, alone or behind the wall', async () => {
  const { removed } = await cutToy({ regions: ['eyes'] });
  let [kept, all] = [0, 0];
  removed.labels.voxels.forEach((label, v) => {
    if (label !== Label.eyes) return;
    all++;
    if (!removed.region.voxels[v]) kept++;
  });
  expect(all).toBeGreaterThan(100);
  // The guard keeps what of these spheres lies beside the brain.
  expect(kept / all).toBeLessThan(0.15);
});
