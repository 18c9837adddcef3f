/**
 * A scan on the grid of a network, as the network saw scans in training
 * (training/efface_training/resample.py and infer.py say the same in Python).
 */
import { indexToLps, spacingOf, type Vec3 } from '../geometry/affine.ts';
import { uprightGrid, type Grid } from '../geometry/grid.ts';
import { averageBlocks, type Blocks } from '../volume/block-average.ts';
import { fieldOfView, resampleLinear, resampleNearest } from '../volume/resample.ts';
import { airOf, rescaleOf, type Volume } from '../volume/volume.ts';
import { AIR_HU, BODY_GRID_MM, bodyMask } from './couch.ts';
import { normalizeCt, normalizeMr } from './normalize.ts';

/** Input of a network: values about 0 … 1.2, i fastest, 0 outside the scan. */
export interface NetworkGridInput {
  readonly size: Grid['size'];
  readonly values: Float32Array;
}

/** A network's view of one scan on one grid. */
export interface Conformed {
  readonly grid: Grid;
  readonly input: NetworkGridInput;
  /** 1 where the voxel's centre lies in the scan. */
  readonly inView: Uint8Array;
}

/** Puts one scan on several grids; what they share (averaged blocks, the patient in a CT) is made once. */
export interface Conformer {
  on(grid: Grid): Conformed;
}

export function createConformer(volume: Volume): Conformer {
  const blocks = new Map<number, Blocks>();
  const blocksOf = (spacingMm: number): Blocks => {
    let made = blocks.get(spacingMm);
    if (!made) blocks.set(spacingMm, (made = averageBlocks(volume, spacingMm)));
    return made;
  };
  const sample = (grid: Grid, outside: number): Float32Array => {
    const { values, grid: from } = blocksOf(Math.round(spacingOf(grid.affine)[0] * 1e6) / 1e6);
    return resampleLinear(values, from, grid, outside);
  };
  let body: { grid: Grid; mask: Uint8Array } | null = null;
  const bodyOf = (): { grid: Grid; mask: Uint8Array } => {
    if (!body) {
      const grid = bodyGrid(volume.grid);
      const hu = sample(grid, AIR_HU);
      clear(hu, fieldOfView(volume.grid, grid));
      body = { grid, mask: bodyMask(hu, grid.size) };
    }
    return body;
  };
  return {
    on(grid) {
      const inView = fieldOfView(volume.grid, grid);
      const values = sample(grid, 0);
      if (volume.modality === 'CT') {
        const patient = bodyOf();
        clear(values, resampleNearest(patient.mask, patient.grid, grid));
        normalizeCt(values, inView);
      } else {
        normalizeMr(values, inView);
      }
      return { grid, input: { size: grid.size, values }, inView };
    },
  };
}

/** A scan on one network grid (see `createConformer` for several). */
export function conformTo(volume: Volume, grid: Grid): NetworkGridInput {
  return createConformer(volume).on(grid).input;
}

/**
 * Modality values of a scan on another grid: averaged where the scan is finer, linear
 * where it is coarser; outside it the value of air of its first slice.
 */
export function sampleModality(volume: Volume, grid: Grid): Float32Array {
  const { values, grid: from } = averageBlocks(volume, spacingOf(grid.affine)[0]);
  const { slope, intercept } = rescaleOf(volume, 0);
  const air = slope * airOf(volume, 0) + intercept;
  const out = resampleLinear(values, from, grid, air);
  const inView = fieldOfView(volume.grid, grid);
  for (let v = 0; v < out.length; v++) if (inView[v] === 0) out[v] = air;
  return out;
}

/** Low and high corner (LPS mm) of the box around all voxel centres. */
export function boundsOf({ size, affine }: Grid): { readonly low: Vec3; readonly high: Vec3 } {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let corner = 0; corner < 8; corner++) {
    const point = indexToLps(affine, [
      corner & 1 ? size[0] - 1 : 0,
      corner & 2 ? size[1] - 1 : 0,
      corner & 4 ? size[2] - 1 : 0,
    ]);
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], point[axis]);
      high[axis] = Math.max(high[axis], point[axis]);
    }
  }
  return { low, high };
}

/** The upright 3 mm grid over the whole scan that begins at its low corner. */
function bodyGrid(grid: Grid): Grid {
  const { low, high } = boundsOf(grid);
  const count = (axis: 0 | 1 | 2): number => Math.ceil((high[axis] - low[axis]) / BODY_GRID_MM) + 1;
  const size = [count(0), count(1), count(2)] as const;
  const center = (axis: 0 | 1 | 2): number => low[axis] + ((size[axis] - 1) / 2) * BODY_GRID_MM;
  return uprightGrid(size, BODY_GRID_MM, [center(0), center(1), center(2)]);
}

/** Air where `kept` is 0. */
function clear(hu: Float32Array, kept: Uint8Array): void {
  for (let v = 0; v < hu.length; v++) if (kept[v] === 0) hu[v] = AIR_HU;
}
