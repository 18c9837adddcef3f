/** Networks in Node: model from the package's own folder, wasm from its package. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaceSegmenter } from '../../app/ports.ts';
import { EffaceError } from '../../core/errors.ts';
import { startBackend } from './backend.ts';
import { readManifest } from './manifest.ts';
import { createSegmenter } from './segmenter.ts';

/** The model that ships with this version. */
const MODEL = 'head-3';

/**
 * @param folder of model.json; left out: the model of this package
 * @throws EffaceError `model/unavailable`, `model/backend`
 */
export async function createNodeSegmenter(folder?: string): Promise<FaceSegmenter> {
  const place = folder ?? modelFolder(dirname(fileURLToPath(import.meta.url)));
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const manifest = readManifest(parse(await read(join(place, 'model.json'))));
  const weights = await read(join(place, manifest.weights.file));
  const backend = await startBackend({
    plain: join(wasm, 'tfjs-backend-wasm.wasm'),
    simd: join(wasm, 'tfjs-backend-wasm-simd.wasm'),
  });
  return createSegmenter(manifest, weights, backend);
}

/**
 * The model below the first folder upwards that has one: the source tree has it in public/,
 * an installed package only in the built page.
 */
function modelFolder(start: string): string {
  for (let at = start; ; at = dirname(at)) {
    for (const inside of ['public/models', 'dist/page/models']) {
      const folder = join(at, inside, MODEL);
      if (existsSync(join(folder, 'model.json'))) return folder;
    }
    if (dirname(at) === at) throw new EffaceError('model/unavailable');
  }
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new EffaceError('model/unavailable', {}, { cause });
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
