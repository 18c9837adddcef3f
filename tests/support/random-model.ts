/** A model of the real format and sizes, but narrow and untrained: its answers mean nothing. */
import { createHash } from 'node:crypto';
import { createRandom, type Random } from '../../src/core/random.ts';
import { BOX_RULE, FIND_SIZE, FIND_SPACING_MM } from '../../src/core/segmentation/find-head.ts';
import { LABEL_SIZE, LABEL_SPACING_MM } from '../../src/core/segmentation/segment.ts';
import { depthToProbabilities, spaceToDepth } from '../../src/adapters/tfjs/blocks.ts';
import type {
  ModelManifest,
  NetworkManifest,
  SelfTestCase,
  TensorPlace,
} from '../../src/adapters/tfjs/manifest.ts';
import { createNetwork } from '../../src/adapters/tfjs/network.ts';
import { selfTestInput } from '../../src/adapters/tfjs/self-test.ts';
import { decodeFloat16 } from '../../src/adapters/tfjs/weights.ts';

/** All tensors of a network, by name, in the order of the file. */
export function tensorShapes(
  [c0, c1, c2, c3]: NetworkManifest['channels'],
  classes: number,
): [string, number[]][] {
  const blocks: [string, number, number][] = [
    ['enc0', 8, c0],
    ['enc1', c0, c1],
    ['enc2', c1, c2],
    ['enc3', c2, c3],
    ['dec2', c3 + c2, c2],
    ['dec1', c2 + c1, c1],
    ['dec0', c1 + c0, c0],
  ];
  const shapes: [string, number[]][] = blocks.flatMap(([name, input, out]) => [
    [`${name}.conv0`, [3, 3, 3, input, out]],
    [`${name}.norm0.gamma`, [out]],
    [`${name}.norm0.beta`, [out]],
    [`${name}.conv1`, [3, 3, 3, out, out]],
    [`${name}.norm1.gamma`, [out]],
    [`${name}.norm1.beta`, [out]],
  ]);
  return [...shapes, ['head.weight', [c0, 8 * classes]], ['head.bias', [8 * classes]]];
}

/** A network of any size with normal weights, as float16; offsets count from `first`. */
export function randomNetwork(
  random: Random,
  options: Pick<NetworkManifest, 'size' | 'spacingMm' | 'channels' | 'classes'>,
  first = 0,
): { readonly manifest: NetworkManifest; readonly halves: Uint16Array } {
  const tensors: Record<string, TensorPlace> = {};
  const values: number[] = [];
  for (const [name, shape] of tensorShapes(options.channels, options.classes.length)) {
    tensors[name] = { shape, offset: first + values.length };
    const count = shape.reduce((product, n) => product * n, 1);
    const fanIn = shape.slice(0, -1).reduce((product, n) => product * n, 1);
    for (let n = 0; n < count; n++) {
      const value = random.normal();
      values.push(
        name.endsWith('gamma') ? 1 + 0.2 * value : value * Math.sqrt(2 / Math.max(fanIn, 10)),
      );
    }
  }
  return { manifest: { ...options, tensors }, halves: Uint16Array.from(values, toFloat16) };
}

/** Needs a started backend: the stored answers of the self-test are the network's own. */
export async function randomModel(
  seed: number,
): Promise<{ readonly manifest: ModelManifest; readonly weights: Uint8Array<ArrayBuffer> }> {
  const random = createRandom(seed);
  const channels = [2, 2, 2, 2] as const;
  const find = randomNetwork(random, {
    size: FIND_SIZE,
    spacingMm: FIND_SPACING_MM,
    channels,
    classes: ['other', 'brain', 'face'],
  });
  const label = randomNetwork(
    random,
    {
      size: LABEL_SIZE,
      spacingMm: LABEL_SPACING_MM,
      channels,
      classes: ['air', 'head', 'face', 'ears', 'eyes', 'brain', 'forehead'],
    },
    find.halves.length,
  );
  const weights = new Uint8Array(Uint16Array.of(...find.halves, ...label.halves).buffer);
  const all = decodeFloat16(weights);
  return {
    weights,
    manifest: {
      format: 'efface-model/1',
      id: 'random',
      weights: {
        file: 'weights.bin',
        dtype: 'float16',
        bytes: weights.length,
        sha256: createHash('sha256').update(weights).digest('hex'),
      },
      networks: { find: find.manifest, label: label.manifest },
      box: BOX_RULE,
      selfTest: {
        find: await answers(find.manifest, all),
        label: await answers(label.manifest, all),
      },
    },
  };
}

async function answers(manifest: NetworkManifest, weights: Float32Array): Promise<SelfTestCase> {
  const network = createNetwork(manifest, weights);
  const logits = await network.run(spaceToDepth(selfTestInput(manifest.size)));
  network.dispose();
  const classes = manifest.classes.length;
  const said = depthToProbabilities(logits, manifest.size, classes);
  const voxels = Array.from({ length: 40 }, (_, n) => n * 3001);
  return {
    voxels,
    probabilities: voxels.flatMap((v) => [...said.subarray(v * classes, (v + 1) * classes)]),
  };
}

/** Nearest binary16 of a number of ordinary size. */
function toFloat16(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -14)));
  const fraction = Math.round((size / 2 ** exponent) * 1024);
  // A fraction below 1024 is a subnormal; one of 2048 carries into the exponent by itself.
  return sign + (exponent + 14) * 1024 + fraction;
}
