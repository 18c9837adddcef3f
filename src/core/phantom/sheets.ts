/**
 * Sheets as in nature: the zero set of a random field of one wavelength is a labyrinth
 * like that of the sulci, or of the fascia between muscles. Stored as the signed distance
 * (mm) to that set.
 */
import type { Vec3 } from '../geometry/affine.ts';
import { createRandom } from '../random.ts';
import { createField, sample, type Box, type Field } from './field.ts';

const WAVES = 22;

export interface SheetOptions {
  /** Two sheets are half of this apart (mm). */
  readonly wavelength: number;
  /** Stretches the sheets along z. */
  readonly upright: number;
  /** Sheets stand on a ball around this point, if given. */
  readonly around?: Vec3;
  /** Only nodes where this field is below 3 mm are filled. */
  readonly inside?: Field;
}

export function sheetField(box: Box, step: number, seed: number, options: SheetOptions): Field {
  const { wavelength, upright, around, inside } = options;
  const random = createRandom(seed + 7001);
  const waves = new Float64Array(WAVES * 4);
  for (let n = 0; n < WAVES; n++) {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    const k = ((2 * Math.PI) / wavelength) * (0.85 + 0.3 * random.uniform());
    const size = Math.hypot(a, b, c) / k;
    waves.set([a / size, b / size, c / size / upright, 2 * Math.PI * random.uniform()], 4 * n);
  }
  const field = createField(box, step);
  const { origin, size, values } = field;
  const [mx, my, mz] = around ?? [0, 0, 0];
  let at = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const dx = origin[0] + i * step - mx;
        const dy = origin[1] + j * step - my;
        const dz = origin[2] + k * step - mz;
        if (inside && sample(inside, mx + dx, my + dy, mz + dz) > 3) continue;
        // Mostly a function of direction, so that the sulci stand upright on the surface.
        const r = Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-3;
        const pull = around ? (0.72 * 58) / r + 0.28 : 1;
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
        values[at] = f / Math.max(g, 8 / wavelength) / Math.max(pull, 0.6);
      }
    }
  }
  return field;
}
