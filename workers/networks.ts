/** The networks of a worker. */
import type { FaceSegmenter } from '../src/app/ports.ts';

/**
 * Fetched and started when first asked for: opening files does not wait for TF.js.
 *
 * @param models URL of the folder that holds them
 */
export function networksOf(models: string): () => Promise<FaceSegmenter> {
  let started: Promise<FaceSegmenter> | null = null;
  return () => {
    started ??= start(models).catch((error: unknown) => {
      // The next attempt starts afresh.
      started = null;
      throw error;
    });
    return started;
  };
}

async function start(models: string): Promise<FaceSegmenter> {
  const { createBrowserSegmenter } = await import('../src/adapters/tfjs/browser.ts');
  return createBrowserSegmenter(models);
}
