import { describe, expect, test } from 'vitest';
import { decide, failedChecks } from '../../../../src/core/report/decide.ts';
import type { Checks } from '../../../../src/core/report/report.ts';

const good: Checks = {
  skinMovedMm: { median: 22, p5: 12 },
  shareMoved10mm: 0.99,
  guardMm: 5.2,
  brainVoxelsChanged: 0,
  outsideMaskChanged: null,
  faceFoundAgain: 0.02,
  parallelSurfaceIndex: 0.1,
  mirror: { brain: 0.98, removal: 0.95 },
  guardTookBack: 0.02,
  matcher: null,
};

describe('failedChecks', () => {
  test('finds nothing against a good result', () => {
    expect(failedChecks(good, ['face'])).toEqual([]);
    expect(decide(failedChecks(good, ['face']))).toBe('deface');
  });

  test('asks of a new face that it is the one to be put there, not that skin moved', () => {
    const refaced = { ...good, shareMoved10mm: null, faceFoundAgain: null, newFaceMm: 0.5 };
    expect(failedChecks(refaced, ['face'])).toEqual([]);
    for (const newFaceMm of [1.6, null]) {
      expect(failedChecks({ ...refaced, newFaceMm }, ['face'])).toHaveLength(1);
    }
  });

  test.each([
    ['the mirrored brain differs', { mirror: { brain: 0.94, removal: 0.95 } }],
    ['the mirrored face differs', { mirror: { brain: 0.98, removal: 0.84 } }],
    ['a brain voxel would change', { brainVoxelsChanged: 1 }],
    ['the cut comes too near the brain', { guardMm: 4.9 }],
    ['the guard took much back', { guardTookBack: 0.2 }],
    ['skin stayed', { shareMoved10mm: 0.97 }],
    ['no skin could be measured', { shareMoved10mm: null }],
    ['a face is still found', { faceFoundAgain: 0.4 }],
    ['the cut follows the skin', { parallelSurfaceIndex: 0.6 }],
    ['a voxel outside the mask differs', { outsideMaskChanged: 3 }],
  ] as const)('asks for a look when %s', (_, change) => {
    const failed = failedChecks({ ...good, ...change }, ['face', 'ears']);
    expect(failed).toHaveLength(1);
    expect(decide(failed)).toBe('review');
  });

  test('does not miss a face that was to stay', () => {
    const unseen = {
      ...good,
      skinMovedMm: null,
      shareMoved10mm: null,
      faceFoundAgain: null,
      parallelSurfaceIndex: null,
    };
    expect(failedChecks(unseen, ['ears'])).toEqual([]);
  });
});
