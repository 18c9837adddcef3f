/**
 * The folds of the cortex: the zero set of a random field of one wavelength, which is a
 * labyrinth like that of the sulci. Stored as the signed distance (mm) to that set.
 */
import { createRandom } from '../random.ts';
import { createField, sample, type Box, type Field } from './field.ts';

/** Two sulci are half of this apart (mm). */
const WAVELENGTH = 23;
const WAVES = 22;

/**
 * @param inside only nodes where this field is below 3 mm are filled
 */
export function foldField(box: Box, step: number, inside: Field, seed: number): Field {
  const random = createRandom(seed + 7001);
  const waves = new Float64Array(WAVES * 4);
  for (let n = 0; n < WAVES; n++) {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    const k = ((2 * Math.PI) / WAVELENGTH) * (0.85 + 0.3 * random.uniform());
    const size = Math.hypot(a, b, c) / k;
    waves.set([a / size, b / size, c / size, 2 * Math.PI * random.uniform()], 4 * n);
  }
  const field = createField(box, step);
  const { origin, size, values } = field;
  const [mx, my, mz] = [0, 8, 44];
  let at = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const dx = origin[0] + i * step - mx;
        const dy = origin[1] + j * step - my;
        const dz = origin[2] + k * step - mz;
        if (sample(inside, mx + dx, my + dy, mz + dz) > 3) continue;
        // Mostly a function of direction, so that the sulci stand upright on the surface.
        const r = Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-3;
        const pull = (0.72 * 58) / r + 0.28;
        const x = dx * pull;
        const y = dy * pull;
        const z = dz * pull;
        let f = 0;
        let gx = 0;
        let gy = 0;
        let gz = 0;
        for (let n = 0; n < 4 * WAVES; n += 4) {
          const kx = waves[n] as number;
          const ky = waves[n + 1] as number;
          const kz = waves[n + 2] as number;
          const phase = kx * x + ky * y + kz * z + (waves[n + 3] as number);
          const s = Math.sin(phase);
          f += Math.cos(phase);
          gx -= kx * s;
          gy -= ky * s;
          gz -= kz * s;
        }
        const g = Math.sqrt(gx * gx + gy * gy + gz * gz);
        values[at] = f / Math.max(g, 0.35) / Math.max(pull, 0.6);
      }
    }
  }
  return field;
}
