/** The networks on WebGL, on a software renderer: slow, but the same numbers. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { depthToProbabilities, spaceToDepth } from '../../src/adapters/tfjs/blocks.ts';
import { selfTestInput } from '../../src/adapters/tfjs/self-test.ts';
import { decodeFloat16 } from '../../src/adapters/tfjs/weights.ts';
import { createRandom } from '../../src/core/random.ts';
import { startBrowser } from '../support/browser.ts';
import { naiveLogits } from '../support/naive-network.ts';
import { randomNetwork } from '../support/random-model.ts';
import { bundle } from './support/bundle.ts';
import type {} from './support/webgl-in-page.ts';

describe('a network on WebGL', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test('says what the plain 3-D network says, to 1e-3', async () => {
    const random = createRandom(5);
    const { manifest, halves } = randomNetwork(random, {
      size: [16, 16, 32],
      spacingMm: 3,
      channels: [4, 4, 6, 4],
      classes: ['air', 'head', 'face'],
    });
    const weights = decodeFloat16(Uint8Array.from(new Uint8Array(halves.buffer)));
    const input = selfTestInput(manifest.size);
    const page = await browser.newPage();
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>networks</title>' }),
    );
    await page.goto('http://localhost:1');
    await page.addScriptTag({ type: 'module', content: await bundle('webgl-in-page.ts') });
    await page.waitForFunction(() => 'runOnWebGl' in globalThis);
    const said = await page.evaluate(
      ([network, values, blocks]) => globalThis.runOnWebGl(network, values, blocks),
      [manifest, [...weights], [...spaceToDepth(input)]] as const,
    );
    const probabilities = depthToProbabilities(Float32Array.from(said), manifest.size, 3);
    const wanted = softmax(naiveLogits(manifest, weights, input), 3);
    const off = probabilities.map((value, n) => Math.abs(value - (wanted[n] as number)));
    expect(probabilities.length).toBe(wanted.length);
    expect(Math.max(...off)).toBeLessThan(1e-3);
  });
});

function softmax(logits: Float64Array, classes: number): Float64Array {
  const out = logits.map(Math.exp);
  for (let v = 0; v < out.length; v += classes) {
    const sum = out.subarray(v, v + classes).reduce((total, value) => total + value, 0);
    for (let c = 0; c < classes; c++) out[v + c] = (out[v + c] as number) / sum;
  }
  return out;
}
