/** Networks in the page's worker: model and wasm come from the page's own origin. */
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { FaceSegmenter } from '../../app/ports.ts';
import { EffaceError } from '../../core/errors.ts';
import { startBackend } from './backend.ts';
import { readManifest } from './manifest.ts';
import { createSegmenter } from './segmenter.ts';

/** The model that ships with this version. */
const MODEL = 'head-1/';

/**
 * @param modelsUrl absolute URL of the page's folder models/
 * @throws EffaceError `model/unavailable`, `model/backend`
 */
export async function createBrowserSegmenter(modelsUrl: string | URL): Promise<FaceSegmenter> {
  const folder = new URL(MODEL, modelsUrl);
  const backend = startBackend({
    plain: new URL(wasmPlain, location.href).href,
    simd: new URL(wasmSimd, location.href).href,
  });
  // Its failure is met by the await below; until then it must not count as unhandled.
  backend.catch(() => undefined);
  const manifest = readManifest(
    await (await get(new URL('model.json', folder))).json().catch(() => null),
  );
  const weights = await (await get(new URL(manifest.weights.file, folder))).arrayBuffer();
  return createSegmenter(manifest, new Uint8Array(weights), await backend);
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
