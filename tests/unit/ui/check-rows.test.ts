import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/report/decide.ts';
import type { Checks } from '../../../src/core/report/report.ts';
import { checkRows, overallGrade } from '../../../src/ui/review/check-rows.ts';
import type { ScanResult } from '../../../workers/api.ts';

function result(changed: Partial<Checks> = {}): ScanResult {
  const checks: Checks = {
    skinMovedMm: { median: 30, p5: 12 },
    shareMoved10mm: 0.99,
    guardMm: 6,
    brainVoxelsChanged: 0,
    outsideMaskChanged: null,
    faceFoundAgain: 0,
    parallelSurfaceIndex: 0.1,
    mirror: { brain: 0.98, removal: 0.9 },
    guardTookBack: 0,
    matcher: null,
    ...changed,
  };
  return {
    scan: '1',
    decision: 'deface',
    reasons: [],
    checks,
    millilitres: 500.4,
    regions: null,
    backend: 'wasm',
  };
}

function gradeOf(id: string, changed: Partial<Checks>): string | undefined {
  return checkRows(result(changed)).find((row) => row.id === id)?.grade;
}

describe('the rows of the checks', () => {
  test('do not ask for a look at a face that was to stay', () => {
    const unseen = {
      skinMovedMm: null,
      shareMoved10mm: null,
      faceFoundAgain: null,
      parallelSurfaceIndex: null,
    };
    const regions = { face: 0, ears: 60, eyes: 0, teeth: 0, scalp: 0 };
    const rows = checkRows({ ...result(unseen), regions });
    expect(overallGrade(rows, false)).toBe('pass');
    expect(rows.find(({ id }) => id === 'share')?.value).toBe('The face stays');
    const failed = checkRows({ ...result(unseen), regions: { ...regions, face: 400 } });
    expect(overallGrade(failed, false)).toBe('look');
  });

  test('of a new face tell how near it is to the one to be put there', () => {
    const unasked = { skinMovedMm: null, shareMoved10mm: null, faceFoundAgain: null };
    const rows = checkRows(result({ ...unasked, newFaceMm: 0.5 }));
    expect(overallGrade(rows, false)).toBe('pass');
    expect(rows.find(({ id }) => id === 'share')?.value).toBe('Another face is there');
    expect(rows.find(({ id }) => id === 'newFace')?.value).toBe('0.5 mm');
    expect(gradeOf('newFace', { ...unasked, newFaceMm: 3 })).toBe('look');
    expect(gradeOf('newFace', {})).toBeUndefined();
  });

  test('say why the matcher is not asked, and pass over it; ranks are shown where there are some', () => {
    const asked = (changed: Partial<Checks>) =>
      checkRows(result(changed)).find(({ id }) => id === 'matcher');
    expect(asked({})).toMatchObject({ value: 'Not tried here', grade: 'none' });
    expect(asked({})?.limit).toMatch(/says nothing about a real scan/);
    const ranks = { rankBefore: 1, rankAfter: 9, of: 24 };
    expect(asked({ matcher: ranks })?.value).toBe('rank 1, now 9 of 24');
  });

  test('all pass when every figure is within its limit', () => {
    const rows = checkRows(result());
    expect(overallGrade(rows, false)).toBe('pass');
    expect(rows.find(({ id }) => id === 'removed')?.value).toBe('500 ml');
    expect(rows.find(({ id }) => id === 'backend')?.value).toBe('WebAssembly');
  });

  test('fail when the brain was touched or the guard was crossed', () => {
    expect(gradeOf('brain', { brainVoxelsChanged: 1 })).toBe('fail');
    expect(gradeOf('guard', { guardMm: LIMITS.guardMm - 0.01 })).toBe('fail');
    expect(overallGrade(checkRows(result({ brainVoxelsChanged: 1 })), false)).toBe('fail');
  });

  test.each([
    ['share', { shareMoved10mm: LIMITS.shareMoved10mm - 0.001 }],
    ['again', { faceFoundAgain: LIMITS.faceFoundAgain + 0.001 }],
    ['parallel', { parallelSurfaceIndex: LIMITS.parallelSurfaceIndex + 0.01 }],
    ['mirror', { mirror: { brain: 0.99, removal: LIMITS.mirrorRemoval - 0.01 } }],
    ['tookBack', { guardTookBack: LIMITS.guardTookBack + 0.001 }],
  ] as const)('ask for a look when %s is beyond its limit', (id, changed) => {
    expect(gradeOf(id, changed)).toBe('look');
  });

  test('ask for a look at what could not be measured', () => {
    for (const [id, changed] of [
      ['share', { shareMoved10mm: null }],
      ['guard', { guardMm: null }],
      ['mirror', { mirror: null }],
    ] as const) {
      expect(gradeOf(id, changed), id).toBe('look');
    }
  });

  test('do not count what is only measured when files are written', () => {
    expect(gradeOf('outside', { outsideMaskChanged: null })).toBe('none');
    expect(gradeOf('outside', { outsideMaskChanged: 3 })).toBe('fail');
  });

  test('never show a share below its limit rounded up to it', () => {
    const row = checkRows(result({ shareMoved10mm: 0.97999 })).find(({ id }) => id === 'share');
    expect(row?.value).toBe('97.9 %');
  });

  test('ask for a look when the worker does, whatever the figures', () => {
    expect(overallGrade(checkRows(result()), true)).toBe('look');
  });
});
