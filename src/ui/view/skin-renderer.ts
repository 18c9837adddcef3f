import { createRasterSkin } from './skin-raster.ts';
import type { Scope, SkinColors, SkinMesh, SkinRenderer } from './skin-mesh.ts';
import { createWebglSkin } from './skin-webgl.ts';
import { probeGraphics } from './slice-engine.ts';
import { tokenColor } from './tokens.ts';

/** Skin by the graphics card where there is one, else by our own filling of triangles. */
export function createSkinRenderer(
  canvas: HTMLCanvasElement,
  mesh: SkinMesh,
  scope: Scope,
): SkinRenderer {
  const colors: SkinColors = { skin: tokenColor('--skin'), marked: tokenColor('--removed') };
  const byCard =
    probeGraphics() === 'hardware' ? createWebglSkin(canvas, mesh, scope, colors) : null;
  return byCard ?? createRasterSkin(canvas, mesh, scope, colors);
}
