import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { warningRow } from '../../../../src/core/scan-warnings.ts';
import type { DicomInstance, GroupedInstances } from '../../../../src/core/dicom/dicom-scan.ts';
import { groupInstances } from '../../../../src/core/dicom/series.ts';
import {
  cross,
  dot,
  indexToLps,
  norm,
  scale,
  subtract,
  type Vec3,
} from '../../../../src/core/geometry/affine.ts';
import { heights, slicesAt } from '../../../support/dicom-header.ts';

const group = (instances: readonly DicomInstance[]): GroupedInstances =>
  groupInstances(instances, { minSlices: 3 });

const codes = ({ left }: GroupedInstances): string[] => left.map(({ reason }) => reason.code);

describe('order and geometry', () => {
  test('sorts by position along the normal, whatever the instance numbers say', () => {
    const slices = slicesAt(heights(4, 0, 6, 2)).map((slice, n) => ({
      ...slice,
      header: { ...slice.header, instanceNumber: n },
    }));
    const [scan] = group(slices).scans;
    expect(scan?.slices.map((slice) => slice?.instance.header.position?.[2])).toEqual([0, 2, 4, 6]);
    expect(scan?.grid.size).toEqual([4, 3, 4]);
  });

  test('steps along i by the distance between columns and along j by that between rows', () => {
    const [scan] = group(slicesAt(heights(0, 5, 10), { pixelSpacing: [2, 3] })).scans;
    // prettier-ignore
    expect(scan?.grid.affine).toEqual([3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1]);
  });

  test('every file lies where its position says, for any direction, spacing and tilt', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const vector = fc.tuple(number, number, number);
    fc.assert(
      fc.property(vector, vector, vector, fc.integer({ min: 3, max: 30 }), (a, b, drift, count) => {
        fc.pre(norm(a) > 0.1 && norm(cross(a, b)) > 0.1);
        const row = scale(a, 1 / norm(a));
        const normal = scale(cross(a, b), 1 / norm(cross(a, b)));
        const column = cross(normal, row);
        const inPlane = subtract(drift, scale(normal, dot(drift, normal)));
        const positions = Array.from(
          { length: count },
          (_, n): Vec3 =>
            [0, 1, 2].map(
              (x) => 7 + n * (3 * (normal[x] ?? 0) + (inPlane[x] ?? 0)),
            ) as unknown as Vec3,
        );
        const slices = slicesAt(positions, { orientation: { row, column } });
        const { scans } = groupInstances([...slices].reverse(), { minSlices: 3 });
        expect(scans).toHaveLength(1);
        scans[0]?.slices.forEach((slice, k) => {
          const at = indexToLps(scans[0]?.grid.affine as never, [0, 0, k]);
          expect(
            norm(subtract(at, slice?.instance.header.position ?? [NaN, NaN, NaN])),
          ).toBeLessThan(1e-6);
        });
      }),
    );
  });

  test('says the angle of a tilted gantry', () => {
    const tan20 = Math.tan((20 * Math.PI) / 180);
    const positions = [0, 1, 2, 3].map((n): Vec3 => [0, 5 * n * tan20, 5 * n]);
    const [scan] = group(slicesAt(positions)).scans;
    expect(scan?.warnings.map(warningRow).map(({ code }) => code)).toEqual(['gantry-tilt']);
    expect(scan?.warnings.map((one) => warningRow(one).what)[0]).toContain('20.0 degrees');
  });
});

describe('gaps', () => {
  test('a missing slice leaves its place empty, and the others where they are', () => {
    const [scan] = group(slicesAt(heights(0, 1, 2, 4, 5, 6))).scans;
    expect(scan?.slices.map((slice) => slice?.instance.header.position?.[2] ?? null)).toEqual([
      0,
      1,
      2,
      null,
      4,
      5,
      6,
    ]);
    expect(scan?.warnings.map(warningRow)).toEqual([
      {
        code: 'missing-slice',
        what: 'One slice is missing: the largest gap is 2 mm where 1 mm is usual.',
      },
    ]);
  });

  test('a spacing that changes gets a finer grid that fits both', () => {
    const [scan] = group(slicesAt(heights(0, 3, 6, 9, 14, 19, 24))).scans;
    const places = scan?.slices.flatMap((slice, k) => (slice ? [k] : []));
    expect(places).toEqual([0, 3, 6, 9, 14, 19, 24]);
    expect(scan?.warnings.map(warningRow).map(({ code }) => code)).toEqual(['uneven-slices']);
  });

  test('small irregularities are tolerated and said', () => {
    const [scan] = group(slicesAt(heights(0, 7.06, 14.02, 21.06, 28))).scans;
    expect(scan?.grid.size[2]).toBe(5);
    expect(scan?.warnings.map(warningRow).map(({ code }) => code)).toEqual(['uneven-slices']);
  });

  test('rounding in the header is not said', () => {
    const [scan] = group(slicesAt(heights(0, 1.0001, 1.9999, 3))).scans;
    expect(scan?.warnings).toEqual([]);
  });

  test('a missing part is refused', () => {
    const result = group(slicesAt(heights(0, 5, 10, 15, 60, 65, 70)));
    expect(result.left[0]).toMatchObject({
      decision: 'refuse',
      reason: { code: 'geometry/uneven-slices', details: { gap: 45, spacing: 5 } },
    });
  });

  test('slices that jump within their plane are refused', () => {
    expect(
      codes(
        group(
          slicesAt([
            [0, 0, 0],
            [9, 0, 2],
            [0, 0, 4],
            [9, 0, 6],
          ]),
        ),
      ),
    ).toEqual(['geometry/uneven-slices']);
  });
});
