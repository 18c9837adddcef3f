/** The wasm backend of TF.js: SIMD, one thread. */
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { EffaceError } from '../../core/errors.ts';

/** Where the two builds of the backend lie (URLs in the page, paths in Node). */
export interface WasmFiles {
  readonly plain: string;
  readonly simd: string;
}

let started: Promise<string> | null = null;

/**
 * Starts the backend once for the whole thread.
 *
 * The build with threads is never loaded: it starts its workers from blob: URLs, which the
 * content security policy forbids, and gains little here.
 *
 * @returns the name of the backend, as it goes into the report
 * @throws EffaceError `model/backend` when WebAssembly cannot be used
 */
export function startBackend(files: WasmFiles): Promise<string> {
  started ??= start(files).catch((cause: unknown) => {
    started = null;
    throw new EffaceError('model/backend', {}, { cause });
  });
  return started;
}

async function start(files: WasmFiles): Promise<string> {
  tf.enableProdMode();
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': files.plain,
    'tfjs-backend-wasm-simd.wasm': files.simd,
    'tfjs-backend-wasm-threaded-simd.wasm': files.simd,
  });
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend did not start');
  await tf.ready();
  return 'wasm';
}
