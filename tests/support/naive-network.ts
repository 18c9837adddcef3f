/** The network of training/efface_training/network.py written plainly, in float64: what TF.js is held against. */
import type { NetworkInput } from '../../src/app/ports.ts';
import type { NetworkManifest } from '../../src/adapters/tfjs/manifest.ts';

/** [k, j, i, channel], channel fastest. */
interface Field {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float64Array;
}

/** Logits of the full grid, voxel-major (index = (i + ni·(j + nj·k))·classes + class). */
export function naiveLogits(
  { tensors, classes }: NetworkManifest,
  weights: Float32Array,
  input: NetworkInput,
): Float64Array {
  const get = (name: string): { shape: readonly number[]; values: Float32Array } => {
    const place = tensors[name];
    if (!place) throw new Error(name);
    const count = place.shape.reduce((a, b) => a * b, 1);
    return { shape: place.shape, values: weights.subarray(place.offset, place.offset + count) };
  };
  const block = (name: string, x: Field): Field => {
    let out = x;
    for (const n of ['0', '1']) {
      out = convolve(out, get(`${name}.conv${n}`));
      normalize(out, get(`${name}.norm${n}.gamma`).values, get(`${name}.norm${n}.beta`).values);
    }
    return out;
  };
  const e0 = block('enc0', toBlocks(input));
  const e1 = block('enc1', pool(e0));
  const e2 = block('enc2', pool(e1));
  const e3 = block('enc3', pool(e2));
  const d2 = block('dec2', joinChannels(upsample(e3), e2));
  const d1 = block('dec1', joinChannels(upsample(d2), e1));
  const d0 = block('dec0', joinChannels(upsample(d1), e0));
  return toVoxels(d0, get('head.weight').values, get('head.bias').values, classes.length);
}

function field(
  shape: Field['shape'],
  value: (k: number, j: number, i: number, c: number) => number,
): Field {
  const values = new Float64Array(shape[0] * shape[1] * shape[2] * shape[3]);
  let v = 0;
  for (let k = 0; k < shape[0]; k++)
    for (let j = 0; j < shape[1]; j++)
      for (let i = 0; i < shape[2]; i++)
        for (let c = 0; c < shape[3]; c++) values[v++] = value(k, j, i, c);
  return { shape, values };
}

function at({ shape, values }: Field, k: number, j: number, i: number, c: number): number {
  if (k < 0 || j < 0 || i < 0 || k >= shape[0] || j >= shape[1] || i >= shape[2]) return 0;
  return values[((k * shape[1] + j) * shape[2] + i) * shape[3] + c] ?? NaN;
}

function toBlocks({ size: [ni, nj, nk], values }: NetworkInput): Field {
  return field([nk / 2, nj / 2, ni / 2, 8], (k, j, i, c) => {
    const [dk, dj, di] = [c >> 2, (c >> 1) & 1, c & 1];
    return values[2 * i + di + ni * (2 * j + dj + nj * (2 * k + dk))] ?? NaN;
  });
}

function convolve(
  x: Field,
  { shape, values }: { shape: readonly number[]; values: Float32Array },
): Field {
  const [cin = 0, cout = 0] = shape.slice(3);
  return field([x.shape[0], x.shape[1], x.shape[2], cout], (k, j, i, c) => {
    let sum = 0;
    for (let kd = 0; kd < 3; kd++)
      for (let kh = 0; kh < 3; kh++)
        for (let kw = 0; kw < 3; kw++)
          for (let n = 0; n < cin; n++) {
            const weight = values[(((kd * 3 + kh) * 3 + kw) * cin + n) * cout + c] ?? NaN;
            sum += weight * at(x, k + kd - 1, j + kh - 1, i + kw - 1, n);
          }
    return sum;
  });
}

/** torch.nn.InstanceNorm3d and ReLU, in place. */
function normalize({ shape, values }: Field, gamma: Float32Array, beta: Float32Array): void {
  const channels = shape[3];
  const n = values.length / channels;
  for (let c = 0; c < channels; c++) {
    let [mean, variance] = [0, 0];
    for (let v = c; v < values.length; v += channels) mean += (values[v] ?? NaN) / n;
    for (let v = c; v < values.length; v += channels)
      variance += ((values[v] ?? NaN) - mean) ** 2 / n;
    for (let v = c; v < values.length; v += channels) {
      const unit = ((values[v] ?? NaN) - mean) / Math.sqrt(variance + 1e-5);
      values[v] = Math.max(0, unit * (gamma[c] ?? NaN) + (beta[c] ?? NaN));
    }
  }
}

function pool(x: Field): Field {
  const [d, h, w, channels] = x.shape;
  return field([d / 2, h / 2, w / 2, channels], (k, j, i, c) =>
    Math.max(
      ...Array.from({ length: 8 }, (_, s) =>
        at(x, 2 * k + (s >> 2), 2 * j + ((s >> 1) & 1), 2 * i + (s & 1), c),
      ),
    ),
  );
}

function upsample(x: Field): Field {
  const [d, h, w, channels] = x.shape;
  return field([2 * d, 2 * h, 2 * w, channels], (k, j, i, c) => at(x, k >> 1, j >> 1, i >> 1, c));
}

function joinChannels(a: Field, b: Field): Field {
  const [d, h, w, first] = a.shape;
  return field([d, h, w, first + b.shape[3]], (k, j, i, c) =>
    c < first ? at(a, k, j, i, c) : at(b, k, j, i, c - first),
  );
}

function toVoxels(
  x: Field,
  weight: Float32Array,
  bias: Float32Array,
  classes: number,
): Float64Array {
  const [d, h, w, channels] = x.shape;
  const out = field([2 * d, 2 * h, 2 * w, classes], (k, j, i, label) => {
    const s = (k & 1) * 4 + (j & 1) * 2 + (i & 1);
    const column = s * classes + label;
    let sum = bias[column] ?? NaN;
    for (let c = 0; c < channels; c++) {
      sum += at(x, k >> 1, j >> 1, i >> 1, c) * (weight[c * 8 * classes + column] ?? NaN);
    }
    return sum;
  });
  return out.values;
}
