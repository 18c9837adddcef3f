/**
 * The 3-D U-Net, built from 2-D operations: TF.js's own conv3d on wasm is fifty times
 * slower. Tensors are [depth k, height j, width i, channels]; a 2-D operation takes the
 * depth as its batch. A 3×3×3 convolution is the sum of three 3×3 ones on slices shifted
 * along the depth, and the convolution of two joined inputs is the sum of two.
 */
import * as tf from '@tensorflow/tfjs-core';
import { EffaceError } from '../../core/errors.ts';
import type { NetworkManifest } from './manifest.ts';
import { tensorValues } from './weights.ts';

/** torch.nn.InstanceNorm3d's default. */
const EPSILON = 1e-5;

/** A 3×3×3 kernel as its three 3×3 slices along the depth. */
type Kernel = readonly [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];

interface Layer {
  /** One kernel for each of the joined inputs. */
  readonly kernels: readonly Kernel[];
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
}

type Block = readonly [Layer, Layer];

export interface Network {
  /**
   * @param blocks the input after space-to-depth, half grid, 8 channels
   * @returns logits on the half grid, 8 · classes a voxel
   */
  run(blocks: Float32Array): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Puts the weights of one network on the current backend.
 *
 * @throws EffaceError `model/unavailable` when a tensor is missing or has another shape
 */
export function createNetwork(manifest: NetworkManifest, weights: Float32Array): Network {
  const [c0, c1, c2, c3] = manifest.channels;
  const owned: tf.Tensor[] = [];
  const own = <T extends tf.Tensor>(tensor: T): T => {
    owned.push(tensor);
    return tensor;
  };
  const values = (name: string, shape: readonly number[]): Float32Array => {
    const place = manifest.tensors[name];
    if (!place || place.shape.join() !== shape.join()) throw new EffaceError('model/unavailable');
    return tensorValues(weights, place);
  };
  const layer = (block: string, n: 0 | 1, inputs: readonly number[], out: number): Layer => {
    const all = inputs.reduce((sum, c) => sum + c, 0);
    const kernel = values(`${block}.conv${n}`, [3, 3, 3, all, out]);
    return {
      kernels: inputs.map((count, input) => {
        const first = inputs.slice(0, input).reduce((sum, c) => sum + c, 0);
        const slice = (kd: number): tf.Tensor4D =>
          own(tf.tensor4d(kernelSlice(kernel, kd, all, out, first, count), [3, 3, count, out]));
        return [slice(0), slice(1), slice(2)];
      }),
      gamma: own(tf.tensor1d(values(`${block}.norm${n}.gamma`, [out]))),
      beta: own(tf.tensor1d(values(`${block}.norm${n}.beta`, [out]))),
    };
  };
  const block = (name: string, inputs: readonly number[], out: number): Block => [
    layer(name, 0, inputs, out),
    layer(name, 1, [out], out),
  ];

  const enc = [block('enc0', [8], c0), block('enc1', [c0], c1), block('enc2', [c1], c2)] as const;
  const bottom = block('enc3', [c2], c3);
  const dec = [
    block('dec0', [c1, c0], c0),
    block('dec1', [c2, c1], c1),
    block('dec2', [c3, c2], c2),
  ] as const;
  const outputs = 8 * manifest.classes.length;
  const head = own(tf.tensor4d(values('head.weight', [c0, outputs]), [1, 1, c0, outputs]));
  const bias = own(tf.tensor1d(values('head.bias', [outputs])));
  const [ni, nj, nk] = manifest.size.map((n) => n / 2) as [number, number, number];

  return {
    async run(blocks) {
      const logits = tf.tidy(() => {
        const e0 = runBlock(enc[0], [tf.tensor4d(blocks, [nk, nj, ni, 8])]);
        const e1 = runBlock(enc[1], [pool(e0)]);
        const e2 = runBlock(enc[2], [pool(e1)]);
        const e3 = runBlock(bottom, [pool(e2)]);
        const d2 = runBlock(dec[2], [upsample(e3), e2]);
        const d1 = runBlock(dec[1], [upsample(d2), e1]);
        const d0 = runBlock(dec[0], [upsample(d1), e0]);
        return tf.fused.conv2d({ x: d0, filter: head, strides: 1, pad: 'same', bias });
      });
      const out = (await logits.data()) as Float32Array;
      logits.dispose();
      return out;
    },
    dispose() {
      tf.dispose(owned);
    },
  };
}

/** One depth slice [3, 3, count, out] of a kernel [3, 3, 3, all, out], of the inputs from `first` on. */
function kernelSlice(
  kernel: Float32Array,
  kd: number,
  all: number,
  out: number,
  first: number,
  count: number,
): Float32Array {
  const slice = new Float32Array(9 * count * out);
  for (let tap = 0; tap < 9; tap++) {
    const from = ((kd * 9 + tap) * all + first) * out;
    slice.set(kernel.subarray(from, from + count * out), tap * count * out);
  }
  return slice;
}

function runBlock([first, second]: Block, inputs: readonly tf.Tensor4D[]): tf.Tensor4D {
  return tf.tidy(() => runLayer(second, [runLayer(first, inputs)]));
}

function runLayer({ kernels, gamma, beta }: Layer, inputs: readonly tf.Tensor4D[]): tf.Tensor4D {
  return tf.tidy(() => {
    let sum: tf.Tensor4D | null = null;
    for (const [n, kernel] of kernels.entries()) {
      const part = convolve(inputs[n] as tf.Tensor4D, kernel);
      sum = sum ? tf.add(sum, part) : part;
    }
    return normalize(sum as tf.Tensor4D, gamma, beta);
  });
}

/** 3×3×3 convolution with zero padding. */
function convolve(x: tf.Tensor4D, kernel: Kernel): tf.Tensor4D {
  return tf.tidy(() => {
    const padded = tf.pad(x, [
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    let sum: tf.Tensor4D | null = null;
    for (const [kd, slice] of kernel.entries()) {
      const part = tf.conv2d(tf.slice(padded, [kd, 0, 0, 0], x.shape), slice, 1, 'same');
      sum = sum ? tf.add(sum, part) : part;
    }
    return sum as tf.Tensor4D;
  });
}

/**
 * Instance norm over the whole volume of each channel, then ReLU. Means are products with
 * a row of 1/n, scale and shift a 1×1 depthwise convolution: both are one fast pass where
 * TF.js's own mean and batch norm are not.
 */
function normalize(x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D): tf.Tensor4D {
  const [d, h, w, c] = x.shape;
  const n = d * h * w;
  const row = tf.fill<tf.Rank.R2>([1, n], 1 / n);
  const flat = tf.reshape<tf.Rank.R2>(x, [n, c]);
  const mean = tf.matMul(row, flat);
  const variance = tf.matMul(row, tf.squaredDifference<tf.Tensor2D>(flat, mean));
  // Rank 1 from here on: the kernel looks at the shape a bias was made with, not at a reshaped view.
  const factor = tf.mul<tf.Tensor1D>(gamma, tf.rsqrt(tf.add(tf.reshape(variance, [c]), EPSILON)));
  const shift = tf.sub<tf.Tensor1D>(beta, tf.mul(tf.reshape(mean, [c]), factor));
  return tf.fused.depthwiseConv2d({
    x,
    filter: tf.reshape<tf.Rank.R4>(factor, [1, 1, c, 1]),
    strides: 1,
    pad: 'same',
    bias: shift,
    activation: 'relu',
  });
}

/** Maximum of each 2×2×2 block: in the plane, then along the depth. */
function pool(x: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [d, h, w, c] = x.shape;
    const plane = tf.maxPool(x, 2, 2, 'valid');
    const flat = tf.reshape<tf.Rank.R4>(plane, [1, d, (h * w) / 4, c]);
    return tf.reshape<tf.Rank.R4>(tf.maxPool(flat, [2, 1], [2, 1], 'valid'), [
      d / 2,
      h / 2,
      w / 2,
      c,
    ]);
  });
}

/** Each voxel becomes a 2×2×2 block of itself. */
function upsample(x: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [d, h, w, c] = x.shape;
    const plane = tf.image.resizeNearestNeighbor(x, [2 * h, 2 * w]);
    const flat = tf.reshape<tf.Rank.R4>(plane, [1, d, 4 * h * w, c]);
    const deep = tf.image.resizeNearestNeighbor(flat, [2 * d, 4 * h * w]);
    return tf.reshape<tf.Rank.R4>(deep, [2 * d, 2 * h, 2 * w, c]);
  });
}
