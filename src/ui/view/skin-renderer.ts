import { createRasterSkin } from './skin-raster.ts';
import type { Scope, SkinRenderer } from './skin-mesh.ts';
import { createWebglSkin } from './skin-webgl.ts';
import { probeGraphics } from './graphics.ts';

/**
 * Skin by the graphics card where there is one, else by our own filling of triangles.
 *
 * @param isCardLost the card was there and went: what is drawn without it always works
 */
export function createSkinRenderer(
  canvas: HTMLCanvasElement,
  scope: Scope,
  isCardLost: boolean,
): SkinRenderer {
  const byCard =
    !isCardLost && probeGraphics() === 'hardware' ? createWebglSkin(canvas, scope) : null;
  return byCard ?? createRasterSkin(canvas, scope);
}
