/**
 * Who draws slices: Cornerstone3D, or where the browser offers no WebGL 2 (or the scan is too
 * large for Cornerstone's software path) our own canvas. Both draw the same frames.
 */
import { axisStep, dot, norm } from '../../core/geometry/affine.ts';
import { voxelCount, type Grid } from '../../core/geometry/grid.ts';
import { createCanvasEngine } from './canvas-engine.ts';
import { graphics, probeGraphics, watchGraphics, type GraphicsKind } from './graphics.ts';
import type { DisplayVolume } from '../../../workers/api.ts';
import type { GreyWindow } from './reslice.ts';
import type { Plane, SliceFrame } from './planes.ts';
import { survivingEngine } from './surviving-engine.ts';

export type Side = 'before' | 'after';

/** What can be shown: a scan as it was found, and after the removal. */
export interface ShownVolumes {
  readonly before: DisplayVolume;
  readonly after?: DisplayVolume;
}

export interface SlicePainter {
  /** Draws a frame; the size in it is that of the host element in CSS pixels. */
  paint(frame: SliceFrame, window: GreyWindow): void;
  /** What was drawn, for comparing by copying it elsewhere. */
  canvas(): HTMLCanvasElement | null;
}

export interface SliceEngine {
  readonly kind: 'cornerstone' | 'canvas';
  /** Gives a painter that draws into `host`, once it can. */
  attach(host: HTMLDivElement, side: Side, plane: Plane): Promise<SlicePainter>;
  destroy(): void;
}

/** Cornerstone's software path keeps some 6 bytes a voxel more for each volume. */
const MAX_SOFTWARE_VOXELS = 60e6;

export async function createSliceEngine(volumes: ShownVolumes): Promise<SliceEngine> {
  const { kind, largestTexture } = graphics();
  const simple = (): SliceEngine => createCanvasEngine(volumes);
  if (usesCornerstone(kind, volumes.before.grid, largestTexture)) {
    try {
      const { createCornerstoneEngine } = await import('./cornerstone.ts');
      const engine = createCornerstoneEngine(volumes, kind === 'software');
      return kind === 'software' ? engine : survivingEngine(engine, simple, watchGraphics);
    } catch {
      // A viewer that cannot start must not stop the work: the simple one always can.
    }
  }
  return simple();
}

/** Fetches the large viewer, where it is likely to be used, while the scan still loads. */
export function preloadSliceEngine(): void {
  // Where it cannot be fetched, createSliceEngine finds another way.
  if (probeGraphics() === 'hardware') import('./cornerstone.ts').catch(() => undefined);
}

/**
 * Cornerstone's software path takes axes to be square, which a tilted gantry's are not; its
 * other one puts the whole scan into one texture.
 */
export function usesCornerstone(
  graphics: GraphicsKind,
  grid: Grid,
  largestTexture: number,
): boolean {
  if (graphics === 'none') return false;
  if (graphics === 'hardware') return Math.max(...grid.size) <= largestTexture;
  return voxelCount(grid) <= MAX_SOFTWARE_VOXELS && !isSheared(grid);
}

export function isSheared({ affine }: Grid): boolean {
  const axes = ([0, 1, 2] as const).map((n) => axisStep(affine, n));
  return axes.some((a, n) => {
    const b = axes[(n + 1) % 3] ?? a;
    return Math.abs(dot(a, b)) > 1e-3 * norm(a) * norm(b);
  });
}
