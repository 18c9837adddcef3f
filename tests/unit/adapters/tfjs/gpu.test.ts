import { describe, expect, test } from 'vitest';
import { hardwareBackends, type Graphics } from '../../../../src/adapters/tfjs/gpu.ts';
import { withFallback } from '../../../../src/adapters/tfjs/with-fallback.ts';
import type { FaceSegmenter, NetworkInput } from '../../../../src/app/ports.ts';

function card(renderer: string): Graphics['webgl2'] {
  const gl = { RENDERER: 1, getExtension: () => null, getParameter: () => renderer };
  return () => gl as unknown as WebGL2RenderingContext;
}
const adapter = (architecture: string): NonNullable<Graphics['gpu']> => ({
  requestAdapter: () => Promise.resolve({ info: { architecture } }),
});

describe('the backends of a graphics card', () => {
  test('are tried where hardware stands behind them, WebGPU first', async () => {
    expect(
      await hardwareBackends({ gpu: adapter('ampere'), webgl2: card('NVIDIA GeForce') }),
    ).toEqual(['webgpu', 'webgl']);
    expect(await hardwareBackends({ webgl2: card('Intel(R) UHD') })).toEqual(['webgl']);
  });

  test('are passed over where a processor plays the card, or nothing does', async () => {
    const software = { gpu: adapter('swiftshader'), webgl2: card('ANGLE (SwiftShader driver)') };
    expect(await hardwareBackends(software)).toEqual([]);
    const broken = { requestAdapter: () => Promise.reject(new Error('lost')) };
    expect(await hardwareBackends({ gpu: broken, webgl2: () => null })).toEqual([]);
    const none = { requestAdapter: () => Promise.resolve(null) };
    expect(await hardwareBackends({ gpu: none, webgl2: () => null })).toEqual([]);
  });
});

describe('a card that goes away', () => {
  const input: NetworkInput = { size: [1, 1, 1], values: new Float32Array(1) };
  const of = (backend: string, answer: () => Float32Array): FaceSegmenter => ({
    model: { id: 'm', sha256: '' },
    backend,
    find: () => Promise.resolve(answer()),
    label: () => Promise.resolve(answer()),
    dispose: () => undefined,
  });
  const good = Float32Array.of(0.25, 0.75);
  const wasm = (): Promise<FaceSegmenter> => Promise.resolve(of('wasm', () => good));

  test('is used as long as it answers', async () => {
    const own = Float32Array.of(0.4, 0.6);
    const networks = withFallback(
      of('webgl', () => own),
      wasm,
    );
    expect(await networks.label(input)).toBe(own);
    expect(networks.backend).toBe('webgl');
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('context lost');
      },
    ],
    ['answers with zeros', () => Float32Array.of(0.5, 0.5)],
    ['answers with NaN', () => Float32Array.of(NaN, 1)],
  ])('is replaced for good when it %s', async (_, answer: () => Float32Array) => {
    let starts = 0;
    const networks = withFallback(of('webgl', answer), () => {
      starts += 1;
      return wasm();
    });
    expect(await Promise.all([networks.find(input), networks.label(input)])).toEqual([good, good]);
    expect(await networks.label(input)).toBe(good);
    expect(networks.backend).toBe('wasm');
    expect(starts).toBe(1);
  });
});
