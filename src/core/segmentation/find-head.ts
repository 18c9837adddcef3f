/** Where the head is: the answer of network `find` on one or several coarse windows. */
import type { Vec3 } from '../geometry/affine.ts';
import { uprightGrid, type Grid } from '../geometry/grid.ts';
import { largestComponent } from '../volume/components.ts';
import type { Volume } from '../volume/volume.ts';
import { createCheckpoint, type JobOptions } from '../progress.ts';
import { boundsOf, createConformer, type Conformer } from './conform.ts';
import type { HeadNetworks } from './networks.ts';

/** Input grid of network `find`, and classes of its answer (other, brain, face). */
export const FIND_SIZE = [64, 64, 64] as const;
export const FIND_SPACING_MM = 8;
export const FIND_CLASSES = 3;

/** How the box of network `label` follows; the model says the same (model.json, `box`). */
export const BOX_RULE = {
  threshold: 0.5,
  quantiles: [0.02, 0.98],
  offsetMm: [0, 0, 0],
  minimumMl: 50,
  maximumStepMm: 384,
} as const;

/**
 * Looks for the head in all windows over a scan; the one that shows most of it decides.
 *
 * @returns where the box of network `label` belongs (its centre, LPS mm); null without a head
 * @throws the signal's reason when cancelled, between two windows
 */
export function findHead(
  volume: Volume,
  networks: Pick<HeadNetworks, 'find'>,
  job: JobOptions = {},
): Promise<Vec3 | null> {
  return findConformed(volume.grid, createConformer(volume), networks, job);
}

/** The same for a scan whose conformer is there already. */
export async function findConformed(
  scan: Grid,
  conformer: Conformer,
  networks: Pick<HeadNetworks, 'find'>,
  { signal, onProgress }: JobOptions,
): Promise<Vec3 | null> {
  const checkpoint = createCheckpoint(signal);
  const windows = searchWindows(scan);
  let center: Vec3 | null = null;
  let found: number = BOX_RULE.minimumMl;
  for (const [n, window] of windows.entries()) {
    onProgress?.({ stage: 'find', done: n, total: windows.length });
    await checkpoint();
    const { input } = conformer.on(window);
    const part = headPart(await networks.find(input), window);
    // The first of equals, as in training.
    if (center ? part.millilitres <= found : part.millilitres < found) continue;
    found = part.millilitres;
    center = boxCenter(part.mask, window);
  }
  onProgress?.({ stage: 'find', done: windows.length, total: windows.length });
  return center;
}

/** Upright windows of 512 mm that cover the scan: one along each axis where that is enough. */
export function searchWindows(scan: Grid): readonly Grid[] {
  const { low, high } = boundsOf(scan);
  const centers = ([0, 1, 2] as const).map((axis) => {
    const extent = FIND_SIZE[axis] * FIND_SPACING_MM;
    const spare = high[axis] - low[axis] - extent;
    if (spare <= 0) return [(low[axis] + high[axis]) / 2];
    const count = Math.ceil(spare / BOX_RULE.maximumStepMm) + 1;
    const first = low[axis] + extent / 2;
    return Array.from({ length: count }, (_, n) => first + (n * spare) / (count - 1));
  });
  const [xs = [], ys = [], zs = []] = centers;
  return zs.flatMap((z) =>
    ys.flatMap((y) => xs.map((x) => uprightGrid(FIND_SIZE, FIND_SPACING_MM, [x, y, z]))),
  );
}

export interface HeadPart {
  readonly mask: Uint8Array;
  readonly millilitres: number;
}

/** The largest connected part of brain and face in the probabilities of network `find`. */
export function headPart(probabilities: Float32Array, grid: Grid): HeadPart {
  const voxels = probabilities.length / FIND_CLASSES;
  const likely = new Uint8Array(voxels);
  for (let v = 0, p = 0; v < voxels; v++, p += FIND_CLASSES) {
    const head = (probabilities[p + 1] as number) + (probabilities[p + 2] as number);
    likely[v] = head > BOX_RULE.threshold ? 1 : 0;
  }
  const mask = largestComponent(likely, grid.size);
  let count = 0;
  for (let v = 0; v < voxels; v++) count += mask[v] as number;
  return { mask, millilitres: (count * FIND_SPACING_MM ** 3) / 1000 };
}

/**
 * Centre (LPS mm) of the box for a mask on an upright grid: along each axis the middle
 * between the 2 % and the 98 % quantile of its voxels. null for an empty mask.
 */
export function boxCenter(mask: Uint8Array, { size, affine }: Grid): Vec3 | null {
  const [ni, nj, nk] = size;
  const counts = [new Uint32Array(ni), new Uint32Array(nj), new Uint32Array(nk)] as const;
  let total = 0;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        if (mask[v] === 0) continue;
        total++;
        counts[0][i] = (counts[0][i] as number) + 1;
        counts[1][j] = (counts[1][j] as number) + 1;
        counts[2][k] = (counts[2][k] as number) + 1;
      }
    }
  }
  if (total === 0) return null;
  const middle = (axis: 0 | 1 | 2): number => {
    const [low, high] = BOX_RULE.quantiles.map((q) =>
      rankOf(counts[axis], Math.floor(q * (total - 1))),
    );
    const spacing = affine[5 * axis] as number;
    const origin = affine[4 * axis + 3] as number;
    return origin + (spacing * ((low as number) + (high as number))) / 2 + BOX_RULE.offsetMm[axis];
  };
  return [middle(0), middle(1), middle(2)];
}

/** The coordinate of the voxel at this rank, counted from 0, in order along the axis. */
function rankOf(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let n = 0; n < counts.length; n++) {
    seen += counts[n] as number;
    if (seen > rank) return n;
  }
  return counts.length - 1;
}
