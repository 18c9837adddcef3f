/**
 * Space-to-depth and its inverse, as plain loops: the trunk of the network works at half
 * the resolution, with the 8 voxels of each 2×2×2 block side by side as channels. In
 * TF.js the same rearrangement is a rank-6 transpose, which is slow.
 */
import type { NetworkInput } from '../../app/ports.ts';

/**
 * @returns voxels of the half grid, i fastest, 8 channels each: channel = dk·4 + dj·2 + di
 */
export function spaceToDepth({ size, values }: NetworkInput): Float32Array {
  const [ni, nj, nk] = size;
  const slice = ni * nj;
  const out = new Float32Array(values.length);
  let o = 0;
  for (let k = 0; k < nk; k += 2) {
    for (let j = 0; j < nj; j += 2) {
      const row = ni * j + slice * k;
      for (let v = row; v < row + ni; v += 2) {
        out[o++] = values[v] as number;
        out[o++] = values[v + 1] as number;
        out[o++] = values[v + ni] as number;
        out[o++] = values[v + ni + 1] as number;
        out[o++] = values[v + slice] as number;
        out[o++] = values[v + slice + 1] as number;
        out[o++] = values[v + slice + ni] as number;
        out[o++] = values[v + slice + ni + 1] as number;
      }
    }
  }
  return out;
}

/**
 * Class probabilities from the logits of the half grid.
 *
 * @param logits half grid, i fastest, 8·classes a voxel: channel = (dk·4 + dj·2 + di)·classes + class
 * @param size of the full grid
 * @returns voxel-major: index = (i + ni·(j + nj·k))·classes + class
 */
export function depthToProbabilities(
  logits: Float32Array,
  size: NetworkInput['size'],
  classes: number,
): Float32Array {
  const [ni, nj, nk] = size;
  const out = new Float32Array(ni * nj * nk * classes);
  let from = 0;
  for (let k = 0; k < nk; k += 2) {
    for (let j = 0; j < nj; j += 2) {
      for (let i = 0; i < ni; i += 2) {
        for (let s = 0; s < 8; s++, from += classes) {
          const v = i + (s & 1) + ni * (j + ((s >> 1) & 1) + nj * (k + (s >> 2)));
          softmax(logits, from, out, v * classes, classes);
        }
      }
    }
  }
  return out;
}

function softmax(
  logits: Float32Array,
  from: number,
  out: Float32Array,
  to: number,
  classes: number,
): void {
  let top = -Infinity;
  for (let c = 0; c < classes; c++) top = Math.max(top, logits[from + c] as number);
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const value = Math.exp((logits[from + c] as number) - top);
    out[to + c] = value;
    sum += value;
  }
  for (let c = 0; c < classes; c++) out[to + c] = (out[to + c] as number) / sum;
}
