/** Corrections of the crude head: marks are edited by the real code, planned by ellipsoids. */
import { become } from '../../../src/core/edit/change.ts';
import { HAND, isTaken, Mark } from '../../../src/core/edit/marks.ts';
import { settingsOf, type CorrectionSettings } from '../../../src/core/edit/settings.ts';
import { grow } from '../../../src/core/edit/tools.ts';
import { DEFAULT_DEFACE } from '../../../src/core/deface/options.ts';
import { indexToLps, invert } from '../../../src/core/geometry/affine.ts';
import { voxelCount } from '../../../src/core/geometry/grid.ts';
import type { EffaceWorker } from '../../../workers/api.ts';
import { GRID, isBrain, isEarZone, isRemoved, isSkin, partMesh } from './head.ts';

const TO_INDEX = invert(GRID.affine);
const run = settingsOf(DEFAULT_DEFACE);
let settings: CorrectionSettings = run;
let refused = false;
let marks: Uint8Array | null = null;
/** What the pictures show, once something was applied. */
let applied: Uint8Array | null = null;

export const regionNow = (): Uint8Array | null => applied;

export function forgetCorrections(): void {
  [marks, applied, settings] = [null, null, run];
}

function plan(regions: CorrectionSettings['regions']): Uint8Array {
  const out = new Uint8Array(voxelCount(GRID));
  if (refused) return out;
  const [ni, nj, nk] = GRID.size;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        const [x, y, z] = indexToLps(GRID.affine, [i, j, k]);
        const region = isEarZone(x, y, z) ? 'ears' : 'face';
        if (isRemoved(x, y, z) && regions.includes(region)) out[v] = region === 'ears' ? 2 : 1;
        if (isBrain(x * 0.92, y * 0.94, (z - 6) * 0.92 + 6)) out[v] = (out[v] ?? 0) | Mark.guard;
      }
    }
  }
  return out;
}

const opened = (): Uint8Array => (marks ??= plan(settings.regions));

export const corrections: Pick<EffaceWorker, 'mark' | 'discardCorrections'> & {
  correct: (isRefused: boolean) => Awaited<ReturnType<EffaceWorker['correct']>>;
  cutSkin: () => Awaited<ReturnType<EffaceWorker['cutSkin']>>;
  recut: (how: Parameters<EffaceWorker['recut']>[2]) => Awaited<ReturnType<EffaceWorker['recut']>>;
  apply: () => void;
} = {
  // The refused one is another scan: nothing is planned, and no brain was found.
  correct: (isRefused) => {
    if (isRefused !== refused) forgetCorrections();
    refused = isRefused;
    return {
      marks: opened().slice(),
      run,
      settings,
      isApplied: true,
      byHand: isRefused ? { hasGuard: false } : null,
    };
  },
  mark: (_scan, { runs, after }, now) => {
    after.forEach((mark, r) => {
      const start = runs[2 * r] ?? 0;
      for (let v = start; v < start + (runs[2 * r + 1] ?? 0); v++) {
        opened()[v] = ((opened()[v] ?? 0) & ~HAND) | (mark & HAND);
      }
    });
    settings = now;
    return Promise.resolve(true);
  },
  recut: (how) => {
    if (how.kind === 'grow') {
      const change = grow(GRID, opened(), how.mm, settings.guardReason !== null);
      return { change, settings, isKept: true };
    }
    settings = how.kind === 'reset' ? run : how.settings;
    const fresh = plan(settings.regions);
    if (how.kind !== 'reset') {
      opened().forEach((mark, v) => {
        fresh[v] = (fresh[v] ?? 0) | (mark & HAND);
      });
    }
    return { change: become(opened(), fresh), settings, isKept: true };
  },
  cutSkin: () => {
    const goes = (x: number, y: number, z: number): boolean => {
      const [i, j, k] = indexToLps(TO_INDEX, [x, y, z]).map(Math.round) as [number, number, number];
      const [ni, nj, nk] = GRID.size;
      if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) return false;
      return isTaken(opened()[i + ni * (j + nj * k)] ?? 0, settings.guardReason !== null);
    };
    return {
      after: partMesh((x, y, z) => isSkin(x, y, z) && !goes(x, y, z)),
      removed: partMesh((x, y, z) => isSkin(x, y, z) && goes(x, y, z)),
    };
  },
  apply: () => {
    applied = opened().map((mark) => (isTaken(mark, settings.guardReason !== null) ? 1 : 0));
  },
  discardCorrections: () => {
    marks = null;
    return Promise.resolve();
  },
};
