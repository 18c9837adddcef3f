/**
 * The backends of a graphics card: fetched only where there is one. On a software renderer
 * they are 40–100 times slower than WebAssembly, so those are passed over.
 */
import * as tf from '@tensorflow/tfjs-core';

/** In the order in which they are tried. */
const BACKENDS = ['webgpu', 'webgl'] as const;
export type GpuBackend = (typeof BACKENDS)[number];

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** What of a browser is looked at; a test brings its own. */
export interface Graphics {
  readonly gpu?: {
    requestAdapter(): Promise<{ readonly info?: { readonly architecture?: string } } | null>;
  };
  /** A WebGL 2 context, or null. */
  readonly webgl2: () => WebGL2RenderingContext | null;
}

/** The backends that real hardware stands behind. */
export async function hardwareBackends(
  graphics: Graphics = browserGraphics(),
): Promise<readonly GpuBackend[]> {
  const has = { webgpu: await hasWebGpu(graphics), webgl: hasWebGl(graphics) };
  return BACKENDS.filter((name) => has[name]);
}

/** @throws where the backend cannot start */
export async function startGpu(name: GpuBackend): Promise<void> {
  if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  else await import('@tensorflow/tfjs-backend-webgl');
  tf.enableProdMode();
  if (!(await tf.setBackend(name))) throw new Error(`the ${name} backend did not start`);
  await tf.ready();
}

async function hasWebGpu({ gpu }: Graphics): Promise<boolean> {
  try {
    const adapter = await gpu?.requestAdapter();
    return adapter ? !SOFTWARE.test(adapter.info?.architecture ?? '') : false;
  } catch {
    return false;
  }
}

function hasWebGl({ webgl2 }: Graphics): boolean {
  const gl = webgl2();
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(renderer);
}

function browserGraphics(): Graphics {
  const { gpu } = navigator as { gpu?: NonNullable<Graphics['gpu']> };
  return {
    ...(gpu ? { gpu } : {}),
    webgl2: () =>
      typeof OffscreenCanvas === 'undefined'
        ? null
        : new OffscreenCanvas(1, 1).getContext('webgl2'),
  };
}
