import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src/core/random.ts';
import { startBackend } from '../../../../src/adapters/tfjs/backend.ts';
import { depthToProbabilities, spaceToDepth } from '../../../../src/adapters/tfjs/blocks.ts';
import type { ModelManifest } from '../../../../src/adapters/tfjs/manifest.ts';
import { createNetwork } from '../../../../src/adapters/tfjs/network.ts';
import { createSegmenter } from '../../../../src/adapters/tfjs/segmenter.ts';
import { decodeFloat16, readWeights } from '../../../../src/adapters/tfjs/weights.ts';
import { naiveLogits } from '../../../support/naive-network.ts';
import { randomModel, randomNetwork } from '../../../support/random-model.ts';

beforeAll(async () => {
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  await startBackend({
    plain: join(wasm, 'tfjs-backend-wasm.wasm'),
    simd: join(wasm, 'tfjs-backend-wasm-simd.wasm'),
  });
});

describe('the network on TF.js', () => {
  test('says what the plain 3-D network says, to 1e-4', async () => {
    const random = createRandom(7);
    const { manifest, halves } = randomNetwork(random, {
      size: [32, 16, 48],
      spacingMm: 3,
      channels: [4, 3, 5, 6],
      classes: ['a', 'b', 'c'],
    });
    const weights = decodeFloat16(new Uint8Array(halves.slice().buffer));
    const values = Float32Array.from({ length: 32 * 16 * 48 }, () => random.uniform() * 1.2);
    const input = { size: manifest.size, values };
    const network = createNetwork(manifest, weights);
    const probabilities = depthToProbabilities(
      await network.run(spaceToDepth(input)),
      input.size,
      3,
    );
    network.dispose();

    const wanted = naiveLogits(manifest, weights, input);
    let worst = 0;
    for (let v = 0; v < values.length; v++) {
      const logits = [...wanted.subarray(3 * v, 3 * v + 3)];
      const sum = logits.reduce((total, value) => total + Math.exp(value), 0);
      logits.forEach((value, c) => {
        const difference = Math.abs(Math.exp(value) / sum - (probabilities[3 * v + c] ?? NaN));
        worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
      });
    }
    expect(worst).toBeLessThan(1e-4);
  });

  test('frees every tensor when it is disposed of, and keeps none of a run', async () => {
    const before = tf.memory().numTensors;
    const { manifest, weights } = await randomModel(3);
    const segmenter = await createSegmenter(manifest, weights, 'wasm');
    const held = tf.memory().numTensors;
    expect(held).toBeGreaterThan(before);
    await segmenter.label({ size: [64, 80, 80], values: new Float32Array(64 * 80 * 80) });
    await segmenter.find({ size: [64, 64, 64], values: new Float32Array(64 ** 3) });
    expect(tf.memory().numTensors).toBe(held);
    segmenter.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('gives probabilities that sum to 1 in every voxel', async () => {
    const { manifest, weights } = await randomModel(4);
    const segmenter = await createSegmenter(manifest, weights, 'wasm');
    const said = await segmenter.find({ size: [64, 64, 64], values: new Float32Array(64 ** 3) });
    segmenter.dispose();
    for (let v = 0; v < said.length; v += 3 * 997) {
      expect((said[v] ?? 0) + (said[v + 1] ?? 0) + (said[v + 2] ?? 0)).toBeCloseTo(1, 5);
    }
  });

  test('is not used where it answers otherwise than the stored case', async () => {
    const before = tf.memory().numTensors;
    const { manifest, weights } = await randomModel(5);
    const { label } = manifest.selfTest;
    const probabilities = label.probabilities.map((p, n) => (n === 100 ? p + 0.02 : p));
    const wrong: ModelManifest = {
      ...manifest,
      selfTest: { ...manifest.selfTest, label: { ...label, probabilities } },
    };
    await expect(createSegmenter(wrong, weights, 'wasm')).rejects.toMatchObject({
      code: 'model/backend',
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is not made from weights with one bit changed', async () => {
    const { manifest, weights } = await randomModel(6);
    expect(await readWeights(manifest, weights)).toHaveLength(weights.length / 2);
    weights[10] = (weights[10] ?? 0) ^ 1;
    await expect(createSegmenter(manifest, weights, 'wasm')).rejects.toMatchObject({
      code: 'model/unavailable',
    });
  });
});

describe('float16', () => {
  test('is unpacked as IEEE 754 says', () => {
    const halves = Uint16Array.of(
      0x0000,
      0x8000,
      0x3c00,
      0xc000,
      0x7bff,
      0x0001,
      0x0400,
      0x3555,
      0x7c00,
    );
    const values = [...decodeFloat16(new Uint8Array(halves.buffer))];
    expect(values).toEqual([
      0,
      -0,
      1,
      -2,
      65504,
      2 ** -24,
      2 ** -14,
      Math.fround(0.333251953125),
      Infinity,
    ]);
  });
});
