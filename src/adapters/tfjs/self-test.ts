/** The test every backend passes before its answers are used: what PyTorch said of a made-up input. */
import { EffaceError } from '../../core/errors.ts';
import type { NetworkInput } from '../../app/ports.ts';
import type { SelfTestCase } from './manifest.ts';

/** Largest difference of a probability: far above rounding, far below a wrong answer. */
const TOLERANCE = 5e-3;

/** The made-up input: smooth waves, the same formula as in training/efface_training/export.py. */
export function selfTestInput(size: NetworkInput['size']): NetworkInput {
  const [ni, nj, nk] = size;
  const values = new Float32Array(ni * nj * nk);
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const wave = 0.6 + 0.3 * Math.cos(0.23 * j - 0.19 * k);
      for (let i = 0; i < ni; i++) values[v++] = wave + 0.3 * Math.sin(0.37 * i + 0.11 * k);
    }
  }
  return { size, values };
}

/** Largest difference between what a network says and what it should say. */
export function selfTestError(
  probabilities: Float32Array,
  classes: number,
  { voxels, probabilities: wanted }: SelfTestCase,
): number {
  let worst = 0;
  voxels.forEach((v, n) => {
    for (let c = 0; c < classes; c++) {
      const difference = Math.abs(
        (probabilities[v * classes + c] ?? NaN) - (wanted[n * classes + c] ?? NaN),
      );
      // NaN is the worst of all.
      if (!(difference <= worst)) worst = Number.isNaN(difference) ? Infinity : difference;
    }
  });
  return voxels.length === 0 ? Infinity : worst;
}

/** @throws EffaceError `model/backend` when the difference is too large */
export function assertSelfTest(error: number): void {
  if (!(error <= TOLERANCE)) throw new EffaceError('model/backend');
}
