/** The model that ships with this version, in Node. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest, type ModelManifest } from '../../../../src/adapters/tfjs/manifest.ts';
import { createNodeSegmenter } from '../../../../src/adapters/tfjs/node.ts';
import { selfTestError, selfTestInput } from '../../../../src/adapters/tfjs/self-test.ts';
import type { FaceSegmenter } from '../../../../src/app/ports.ts';

const file = new URL('../../../../public/models/head-3/model.json', import.meta.url);
const json = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ModelManifest) : null;

describe.skipIf(!json)('the shipped model', () => {
  let segmenter: FaceSegmenter;
  beforeAll(async () => {
    segmenter = await createNodeSegmenter();
  });
  afterAll(() => {
    segmenter.dispose();
  });

  test.each(['find', 'label'] as const)('answers as PyTorch did, to 1e-3 (%s)', async (name) => {
    const manifest = readManifest(json);
    const { size, classes } = manifest.networks[name];
    const said = await segmenter[name](selfTestInput(size));
    const error = selfTestError(said, classes.length, manifest.selfTest[name]);
    expect(error).toBeLessThan(1e-3);
  });

  test('is named by its id and the digest of its weights', () => {
    expect(segmenter.model).toEqual({ id: 'head-3', sha256: json?.weights.sha256 });
    expect(segmenter.backend).toBe('wasm');
  });
});

describe('a model that cannot be used', () => {
  test('is unavailable when its folder is not there', async () => {
    await expect(createNodeSegmenter('/nowhere')).rejects.toMatchObject({
      code: 'model/unavailable',
    });
  });

  test.each([
    ['another format', { format: 'efface-model/2' }],
    ['no networks', { networks: {} }],
    ['another box rule', { box: { threshold: 0.4 } }],
    ['no box rule', { box: null }],
    ['a weights file elsewhere', { weights: { dtype: 'float16', file: '../weights.bin' } }],
  ])('is refused for %s', (_, change) => {
    expect(() => readManifest({ ...json, ...change })).toThrow(
      expect.objectContaining({ code: 'model/unavailable' }),
    );
  });

  test('is refused when it is no object at all', () => {
    for (const wrong of [null, 3, 'text', [], {}]) {
      expect(() => readManifest(wrong)).toThrow(
        expect.objectContaining({ code: 'model/unavailable' }),
      );
    }
  });
});
