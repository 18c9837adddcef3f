/** Results of defacing without a network: a box is removed from any scan. */
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { voxelCount, type Grid } from '../../src/core/geometry/grid.ts';
import type { Checks } from '../../src/core/report/report.ts';
import type { StoredArray } from '../../src/core/volume/volume.ts';

export const CHECKS: Checks = {
  skinMovedMm: { median: 21, p5: 12 },
  shareMoved10mm: 0.99,
  guardMm: 7.5,
  brainVoxelsChanged: 0,
  outsideMaskChanged: null,
  faceFoundAgain: 0,
  parallelSurfaceIndex: 0.1,
  mirror: { brain: 0.98, removal: 0.93 },
  guardTookBack: 0,
  matcher: null,
};

export interface BoxOptions {
  readonly scan?: string;
  readonly decision?: DefacedScan['decision'];
  readonly value: number;
  /** Sample values of the volume's own type, to make the delta's. */
  readonly like: StoredArray;
  /** Where the box ends along i, j, k, as a share of the grid. */
  readonly share?: readonly [number, number, number];
}

/** A result that writes `value` into a box at the first corner of the grid. */
export function boxed(grid: Grid, options: BoxOptions): DefacedScan {
  const { scan = '1', decision = 'deface', value, like, share = [0.4, 0.3, 0.5] } = options;
  const [ni, nj] = grid.size;
  const [bi, bj, bk] = grid.size.map((n, axis) => Math.max(1, Math.floor(n * (share[axis] ?? 1))));
  const region = new Uint8Array(voxelCount(grid));
  const runs: number[] = [];
  for (let k = 0; k < (bk ?? 0); k++) {
    for (let j = 0; j < (bj ?? 0); j++) {
      const start = ni * (j + nj * k);
      runs.push(start, bi ?? 0);
      region.fill(1, start, start + (bi ?? 0));
    }
  }
  const count = runs.reduce((sum, n, at) => (at % 2 ? sum + n : sum), 0);
  const TypedArray = like.constructor as new (length: number) => StoredArray;
  const values = new TypedArray(count).fill(value);
  return {
    scan,
    decision,
    reasons:
      decision === 'deface'
        ? []
        : [{ code: 'segment/uncertain', details: { reason: 'brain/pieces' } }],
    checks: CHECKS,
    result: {
      labels: { grid, voxels: new Uint8Array(region.length) },
      region: { grid, voxels: region },
      delta: { grid, runs: Uint32Array.from(runs), values },
      millilitres: 12.5,
      regions: { face: 10, ears: 2.5, eyes: 0, teeth: 0, scalp: 0 },
    },
    timingsMs: { segment: 10, deface: 5, verify: 3 },
  };
}
