/** What the browser has to draw with: asked once, with a context that is let go at once. */
export type GraphicsKind = 'hardware' | 'software' | 'none';

export interface Graphics {
  readonly kind: GraphicsKind;
  /** As the driver calls itself. */
  readonly renderer: string;
  /** Voxels along an axis that one texture can hold. */
  readonly largestTexture: number;
}

const NONE: Graphics = { kind: 'none', renderer: '', largestTexture: 0 };

let probed: Graphics | null = null;

export function graphics(): Graphics {
  probed ??= probe();
  return probed;
}

/** Whether WebGL 2 is there, and whether a graphics card stands behind it. */
export function probeGraphics(): GraphicsKind {
  return graphics().kind;
}

function probe(): Graphics {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return NONE;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  const largestTexture = Number(gl.getParameter(gl.MAX_3D_TEXTURE_SIZE));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  const isSoftware = /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
  return { kind: isSoftware ? 'software' : 'hardware', renderer, largestTexture };
}

/**
 * Calls `onlost` when the graphics card goes (driver reset, laptop woken, memory gone): all
 * contexts of a page go together, so a context of a pixel tells of those of others.
 *
 * @returns ends the watch
 */
export function watchGraphics(onlost: () => void): () => void {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2');
  const lost = (): void => {
    stop();
    onlost();
  };
  const stop = (): void => {
    canvas.removeEventListener('webglcontextlost', lost);
  };
  canvas.addEventListener('webglcontextlost', lost);
  return () => {
    stop();
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
  };
}
