/** What a scanner adds: noise, shading, the couch, and storage as whole numbers. */
import { createRandom } from '../random.ts';
import type { Grid } from '../geometry/grid.ts';
import type { Contrast } from './tissue.ts';

/** CT as stored: HU + 1024, 12 bits. Noise is correlated along rows, as after a soft kernel. */
export function storeCt(hu: Float32Array, seed: number, noiseHu: number): Uint16Array {
  const random = createRandom(seed + 11);
  const pool = normalPool(random, 1 << 16);
  const stored = new Uint16Array(hu.length);
  let [at, last] = [0, 0];
  for (let n = 0; n < hu.length; n++) {
    // A new place in the pool now and then, so that nothing repeats.
    if (n % 97 === 0) at = (random.uniform() * 65535) | 0;
    at = (at + 1) & 0xffff;
    const fresh = pool[at] as number;
    const noise = (0.8 * fresh + 0.6 * last) * noiseHu;
    last = fresh;
    const value = Math.round((hu[n] as number) + noise + 1024);
    stored[n] = value < 0 ? 0 : value > 4095 ? 4095 : value;
  }
  return stored;
}

/** MR magnitude image: coil shading, Rician noise, whole numbers up to about 1200. */
export function storeMr(
  signal: Float32Array,
  grid: Grid,
  seed: number,
  noise: number,
  contrast: Contrast,
): Uint16Array {
  const random = createRandom(seed + 13);
  const pool = normalPool(random, 1 << 16);
  const [ni, nj, nk] = grid.size;
  const shade = Array.from({ length: 6 }, () => 0.16 * (random.uniform() * 2 - 1));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = shade;
  const scale = contrast === 'T2' ? 900 : 760;
  const stored = new Uint16Array(signal.length);
  let [n, at] = [0, 0];
  for (let k = 0; k < nk; k++) {
    const w = (2 * k) / nk - 1;
    for (let j = 0; j < nj; j++) {
      const v = (2 * j) / nj - 1;
      const base = b * v + c * w + e * v * w + f * (v * v - 0.5);
      for (let i = 0; i < ni; i++, n++) {
        const u = (2 * i) / ni - 1;
        const gain = Math.exp(base + a * u + d * u * u);
        if (i % 61 === 0) at = (random.uniform() * 65534) | 0;
        at = (at + 2) & 0xffff;
        const real = (signal[n] as number) * gain + noise * (pool[at] as number);
        const imaginary = noise * (pool[(at + 1) & 0xffff] as number);
        stored[n] = Math.min(4095, Math.sqrt(real * real + imaginary * imaginary) * scale + 0.5);
      }
    }
  }
  return stored;
}

function normalPool(random: { normal(): number }, count: number): Float32Array {
  const pool = new Float32Array(count);
  for (let n = 0; n < count; n++) pool[n] = random.normal();
  return pool;
}
