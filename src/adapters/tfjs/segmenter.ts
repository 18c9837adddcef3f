/** The two networks of a model on TF.js, behind the port of src/app. */
import type { FaceSegmenter, NetworkInput } from '../../app/ports.ts';
import { assert } from '../../core/errors.ts';
import { depthToProbabilities, spaceToDepth } from './blocks.ts';
import type { ModelManifest, NetworkName } from './manifest.ts';
import { createNetwork, type Network } from './network.ts';
import { assertSelfTest, selfTestError, selfTestInput } from './self-test.ts';
import { readWeights } from './weights.ts';

/**
 * Unpacks the weights and tests both networks on the model's stored case, which also warms
 * them up.
 *
 * @param backend name of the backend that was started (./backend.ts)
 * @throws EffaceError `model/unavailable` when the weights are not those of the manifest
 * @throws EffaceError `model/backend` when the networks say something else here than in PyTorch
 */
export async function createSegmenter(
  manifest: ModelManifest,
  weights: Uint8Array<ArrayBuffer>,
  backend: string,
): Promise<FaceSegmenter> {
  const values = await readWeights(manifest, weights);
  const networks: Record<NetworkName, Network> = {
    find: createNetwork(manifest.networks.find, values),
    label: createNetwork(manifest.networks.label, values),
  };
  const run = async (name: NetworkName, input: NetworkInput): Promise<Float32Array> => {
    const { size, classes } = manifest.networks[name];
    assert(input.size.join() === size.join(), `network ${name} takes ${size.join('×')} voxels`);
    const logits = await networks[name].run(spaceToDepth(input));
    return depthToProbabilities(logits, size, classes.length);
  };
  const dispose = (): void => {
    networks.find.dispose();
    networks.label.dispose();
  };

  try {
    for (const name of ['find', 'label'] as const) {
      const { size, classes } = manifest.networks[name];
      const said = await run(name, selfTestInput(size));
      assertSelfTest(selfTestError(said, classes.length, manifest.selfTest[name]));
    }
  } catch (thrown) {
    dispose();
    throw thrown;
  }
  return {
    model: { id: manifest.id, sha256: manifest.weights.sha256 },
    backend,
    find: (input) => run('find', input),
    label: (input) => run('label', input),
    dispose,
  };
}
