/** Networks in the page's worker: model and wasm come from the page's own origin. */
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { FaceSegmenter } from '../../app/ports.ts';
import { EffaceError } from '../../core/errors.ts';
import { startBackend } from './backend.ts';
import { hardwareBackends, startGpu } from './gpu.ts';
import { readManifest } from './manifest.ts';
import { createSegmenter } from './segmenter.ts';
import { withFallback } from './with-fallback.ts';

const WASM = {
  plain: new URL(wasmPlain, location.href).href,
  simd: new URL(wasmSimd, location.href).href,
};

/** The model that ships with this version. */
const MODEL = 'head-3/';

/**
 * On the fastest backend that passes the model's self-test: WebGPU, WebGL, WebAssembly.
 *
 * @param modelsUrl absolute URL of the page's folder models/
 * @throws EffaceError `model/unavailable`, `model/backend`
 */
export async function createBrowserSegmenter(modelsUrl: string | URL): Promise<FaceSegmenter> {
  const folder = new URL(MODEL, modelsUrl);
  const manifest = readManifest(
    await (await get(new URL('model.json', folder))).json().catch(() => null),
  );
  const response = await get(new URL(manifest.weights.file, folder));
  const weights = new Uint8Array(await response.arrayBuffer());
  const onWasm = async (): Promise<FaceSegmenter> =>
    createSegmenter(manifest, weights, await startBackend(WASM));
  for (const name of await hardwareBackends()) {
    try {
      await startGpu(name);
      return withFallback(await createSegmenter(manifest, weights, name), onWasm);
    } catch {
      // A card that cannot, or that says something else: the next backend may.
    }
  }
  return onWasm();
}

async function get(url: URL): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin' });
  } catch (cause) {
    throw new EffaceError('model/unavailable', {}, { cause });
  }
  if (!response.ok) throw new EffaceError('model/unavailable');
  return response;
}
