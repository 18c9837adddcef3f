/** Runs in a page: a network on WebGL. */
import { startGpu } from '../../../src/adapters/tfjs/gpu.ts';
import type { NetworkManifest } from '../../../src/adapters/tfjs/manifest.ts';
import { createNetwork } from '../../../src/adapters/tfjs/network.ts';

declare global {
  var runOnWebGl: (
    manifest: NetworkManifest,
    weights: readonly number[],
    blocks: readonly number[],
  ) => Promise<number[]>;
}

globalThis.runOnWebGl = async (manifest, weights, blocks) => {
  await startGpu('webgl');
  const network = createNetwork(manifest, Float32Array.from(weights));
  const logits = await network.run(Float32Array.from(blocks));
  network.dispose();
  return [...logits];
};
