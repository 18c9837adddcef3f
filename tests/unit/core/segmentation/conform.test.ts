import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  affineFromColumns,
  affineOf,
  axisStep,
  indexToLps,
  scale,
} from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import { conformTo, sampleModality } from '../../../../src/core/segmentation/conform.ts';
import { FIND_SIZE, FIND_SPACING_MM } from '../../../../src/core/segmentation/find-head.ts';
import { LABEL_SIZE, LABEL_SPACING_MM } from '../../../../src/core/segmentation/segment.ts';
import type { Modality, Volume } from '../../../../src/core/volume/volume.ts';

interface Golden {
  readonly nonzero: number;
  readonly sum: number;
  readonly voxels: readonly number[];
  readonly values: readonly number[];
}
/** Made by tests/golden/conform.py. */
const golden = JSON.parse(
  readFileSync(new URL('../../../golden/conform.json', import.meta.url), 'utf8'),
) as Record<string, Golden>;

const SIZE = [120, 110, 60] as const;
const AFFINE = affineOf([
  1.3, 0.1, -0.2, -80, -0.09, 1.28, 0.3, -60, 0.11, -0.15, 2.5, 10, 0, 0, 0, 1,
]);
const GRIDS = {
  find: uprightGrid(FIND_SIZE, FIND_SPACING_MM, [10, 20, 70]),
  label: uprightGrid(LABEL_SIZE, LABEL_SPACING_MM, [10, 20, 70]),
};

/** The scans of tests/golden/conform.py; stored values are those there plus `shift`. */
function scan(modality: Modality, shift = 0): Volume {
  const stored = new Int16Array(SIZE[0] * SIZE[1] * SIZE[2]);
  let v = 0;
  for (let k = 0; k < SIZE[2]; k++) {
    for (let j = 0; j < SIZE[1]; j++) {
      for (let i = 0; i < SIZE[0]; i++, v++) {
        const ball = (i - 60) ** 2 + (j - 50) ** 2 + 4 * (k - 28) ** 2 < 44 ** 2;
        const outside = j > 99 && j < 106 ? 150 : -1000;
        const ct = ball ? ((i * 7 + j * 13 + k * 29) % 1400) - 260 : outside;
        const mr = ball ? ((i * 5 + j * 3 + k * 11) % 97) + 12 : (i * j + k) % 5;
        stored[v] = shift + (modality === 'CT' ? ct : mr);
      }
    }
  }
  return {
    grid: { size: SIZE, affine: AFFINE },
    modality,
    stored,
    rescale: [{ slope: 1, intercept: -shift }],
    padding: null,
    air: [modality === 'CT' ? shift - 1000 : shift],
  };
}

/** The same scan, stored with every axis the other way round. */
function turned(volume: Volume): Volume {
  const { size, affine } = volume.grid;
  const last = indexToLps(affine, [size[0] - 1, size[1] - 1, size[2] - 1]);
  const [a, b, c] = ([0, 1, 2] as const).map((axis) => scale(axisStep(affine, axis), -1));
  if (!a || !b || !c) throw new Error('three axes');
  return {
    ...volume,
    grid: { size, affine: affineFromColumns(a, b, c, last) },
    stored: volume.stored.slice().reverse(),
  };
}

describe('a scan on the grid of a network', () => {
  test.each(['CT', 'MR'] as const)('is what training made of it (%s)', (modality) => {
    for (const network of ['find', 'label'] as const) {
      const { values } = conformTo(scan(modality, 1024), GRIDS[network]);
      const wanted = golden[`${modality}-${network}`];
      if (!wanted) throw new Error('no such case');
      let [nonzero, sum] = [0, 0];
      for (const value of values) {
        if (value !== 0) nonzero++;
        sum += value;
      }
      // A voxel on the very edge of the scan may fall to either side.
      expect(Math.abs(nonzero - wanted.nonzero)).toBeLessThanOrEqual(wanted.nonzero / 2000);
      expect(Math.abs(sum - wanted.sum) / wanted.sum).toBeLessThan(2e-4);
      wanted.voxels.forEach((v, n) => {
        expect(Math.abs((values[v] ?? NaN) - (wanted.values[n] ?? NaN))).toBeLessThan(2e-5);
      });
    }
  });

  test.each(['CT', 'MR'] as const)('does not depend on the way it is stored (%s)', (modality) => {
    const volume = scan(modality);
    const one = conformTo(volume, GRIDS.label).values;
    const other = conformTo(turned(volume), GRIDS.label).values;
    let worst = 0;
    one.forEach((value, v) => {
      worst = Math.max(worst, Math.abs(value - (other[v] ?? NaN)));
    });
    expect(worst).toBeLessThan(1e-4);
  });

  test('takes padding, and values below all air, for air', () => {
    const volume = scan('CT');
    const plain = conformTo(volume, GRIDS.label).values;
    const stored = volume.stored.map((value, v) => {
      if (value !== -1000) return value;
      return v % 3 === 0 ? -2000 : -1000;
    });
    const padded = conformTo(
      { ...volume, stored, padding: { low: -2000, high: -2000 } },
      GRIDS.label,
    ).values;
    expect(padded.every((value, v) => value === plain[v])).toBe(true);
    const unnamed = conformTo({ ...volume, stored }, GRIDS.label).values;
    const worst = unnamed.reduce(
      (most, value, v) => Math.max(most, Math.abs(value - (plain[v] ?? NaN))),
      0,
    );
    expect(worst).toBeLessThan(0.03);
  });

  test('takes voxels that are no number for air', () => {
    const volume = scan('MR');
    const stored = Float32Array.from(volume.stored, (value, v) =>
      v % 50 === 0 && value < 5 ? NaN : value,
    );
    const { values } = conformTo({ ...volume, stored }, GRIDS.label);
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
  });

  test('of one single value is 0 everywhere', () => {
    const volume = scan('MR');
    const flat = { ...volume, stored: volume.stored.map(() => 7) };
    expect(conformTo(flat, GRIDS.label).values.every((value) => value === 0)).toBe(true);
  });
});

describe('modality values on another grid', () => {
  test('are those of the scan inside it and air outside', () => {
    const volume = scan('CT', 1024);
    const values = sampleModality(
      volume,
      uprightGrid([40, 40, 40], 1.5, indexToLps(AFFINE, [60, 50, 28])),
    );
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1000);
    expect(values.reduce((a, b) => a + b) / values.length).toBeGreaterThan(100);
    const far = sampleModality(volume, uprightGrid([4, 4, 4], 1.5, [900, 0, 0]));
    expect([...far]).toEqual(new Array(64).fill(-1000));
  });
});
