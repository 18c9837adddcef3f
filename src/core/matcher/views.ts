/**
 * What the matcher looks at: windows of parallel rays in the head's own frame
 * (deface/head-frame.ts), 3 mm apart. The face and the forehead are seen from the front, the
 * ears from both sides.
 */
import type { Vec3 } from '../geometry/affine.ts';

export const VIEWS = ['face', 'forehead', 'ears'] as const;
export type View = (typeof VIEWS)[number];

/** One window; positions are mm of the head frame. */
export interface Pane {
  /** Axis along which its rays run, and where they start and end. */
  readonly along: 0 | 1;
  readonly from: number;
  readonly to: number;
  /** The columns of the map lie along the other one of x and y, its rows along z. */
  readonly across: readonly [number, number];
  readonly z: readonly [number, number];
}

/** Distance of neighbouring rays (mm). */
export const CELL_MM = 3;

/** From before the nose to behind any cut. */
const FRONT = { along: 1, from: -170, to: 20, across: [-45, 45] } as const;
/** From beside the ears to under the skin of the temple. */
const SIDE = { along: 0, across: [-38, 37], z: [-92, -14] } as const;

export const PANES: Readonly<Record<View, readonly Pane[]>> = {
  face: [{ ...FRONT, z: [-95, -17] }],
  forehead: [{ ...FRONT, z: [-5, 40] }],
  ears: [
    { ...SIDE, from: 125, to: 25 },
    { ...SIDE, from: -125, to: -25 },
  ],
};

export function columnsOf({ across: [low, high] }: Pane): number {
  return Math.round((high - low) / CELL_MM) + 1;
}

export function rowsOf({ z: [low, high] }: Pane): number {
  return Math.round((high - low) / CELL_MM) + 1;
}

/** Where the ray of a cell starts; columns first. */
export function startOf(pane: Pane, cell: number): Vec3 {
  const columns = columnsOf(pane);
  const across = pane.across[0] + CELL_MM * (cell % columns);
  const z = pane.z[0] + CELL_MM * Math.floor(cell / columns);
  return pane.along === 1 ? [across, pane.from, z] : [pane.from, across, z];
}
