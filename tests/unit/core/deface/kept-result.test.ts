import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DefacedScan } from '../../../../src/core/deface/defaced-scan.ts';
import { decodeResult, encodeResult } from '../../../../src/core/deface/kept-result.ts';
import type { Grid } from '../../../../src/core/geometry/grid.ts';
import type { Places } from '../../../../src/core/report/places.ts';

const GRID: Grid = {
  size: [5, 4, 3],
  affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] as unknown as Grid['affine'],
};
const VOXELS = 60;

const PLACES: Places = {
  nearBrain: {
    points: Float32Array.of(1.5, -2, 0.1, 4.9),
    spots: [{ at: [1.5, -2, 0.1], mm: 4.9 }],
  },
  skinLeft: [{ of: 'ears', at: [70, 1, 2], cm2: 35.25 }],
};

function defaced(
  labels: number[],
  region: number[],
  values: Int16Array | Float32Array,
): DefacedScan {
  return {
    scan: '7',
    decision: 'review',
    reasons: [{ code: 'segment/uncertain', details: { reason: 'check/outside' } }],
    notes: [],
    checks: null,
    result: {
      labels: { grid: GRID, voxels: Uint8Array.from(labels) },
      region: { grid: GRID, voxels: Uint8Array.from(region) },
      delta: { grid: GRID, runs: Uint32Array.from([0, values.length]), values },
      filled: {
        method: 'noise',
        frame: { fromLps: GRID.affine, rmsMm: 1, landmarks: ['brain'] },
        seed: [1, 2],
      },
      millilitres: 3,
      regions: { face: 2, ears: 1, eyes: 0, teeth: 0, scalp: 0 },
    },
    timingsMs: { segment: 1, deface: 2, verify: 3 },
  };
}

const masks = (most: number) =>
  fc.array(fc.integer({ min: 0, max: most }), { minLength: VOXELS, maxLength: VOXELS });

test('a result comes back as it was, whatever is in it', () => {
  const values = fc.array(fc.integer({ min: -32768, max: 32767 }), { maxLength: VOXELS });
  fc.assert(
    fc.property(masks(6), masks(1), values, fc.boolean(), (labels, region, list, isFloat) => {
      const scan = defaced(
        labels,
        region,
        isFloat ? Float32Array.from(list) : Int16Array.from(list),
      );
      expect(decodeResult(encodeResult(scan, 'all'))).toEqual(scan);
      const told = { ...scan, places: PLACES };
      expect(decodeResult(encodeResult(told, 'none')).places).toEqual(PLACES);
    }),
  );
});

test('keeps of the labels no more than is asked for', () => {
  const labels = Array.from({ length: VOXELS }, (_, v) => v % 7);
  const scan = defaced(
    labels,
    labels.map((v) => v % 2),
    new Int16Array(3),
  );
  const brain = decodeResult(encodeResult(scan, 'brain')).result;
  expect([...(brain?.labels.voxels ?? [])]).toEqual(labels.map((v) => (v === 5 ? 5 : 0)));
  const none = decodeResult(encodeResult(scan, 'none')).result;
  expect(none?.labels.voxels).toHaveLength(0);
  expect(none?.region).toEqual(scan.result?.region);
  // Nor the seed.
  expect(none?.filled).toBeUndefined();
});

test('keeps a refusal too, and never the head that others could borrow', () => {
  const scan = { ...defaced([], [], new Int16Array()), decision: 'refuse' as const, result: null };
  expect(decodeResult(encodeResult(scan, 'all'))).toEqual(scan);
  const head = { borrowed: false } as unknown as NonNullable<DefacedScan['head']>;
  expect(new TextDecoder().decode(encodeResult({ ...scan, head }, 'all'))).not.toContain(
    'borrowed',
  );
});

test('bytes that were cut off are no result', () => {
  const ones = Array.from({ length: VOXELS }, () => 1);
  const bytes = encodeResult(defaced(ones, ones, new Int16Array(9)), 'all');
  for (const end of [3, 40, bytes.length - 1]) {
    expect(() => decodeResult(bytes.slice(0, end))).toThrow();
  }
});
