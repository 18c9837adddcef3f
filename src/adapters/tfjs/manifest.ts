/** What a model's model.json says ("efface-model/1"): two networks of one architecture and their weights. */
import { EffaceError } from '../../core/errors.ts';
import {
  BOX_RULE,
  FIND_CLASSES,
  FIND_SIZE,
  FIND_SPACING_MM,
} from '../../core/segmentation/find-head.ts';
import { LABEL_SIZE, LABEL_SPACING_MM } from '../../core/segmentation/segment.ts';
import { LABEL_CLASSES } from '../../core/segmentation/segmentation.ts';

export const MODEL_FORMAT = 'efface-model/1';

export interface TensorPlace {
  readonly shape: readonly number[];
  /** First element in the weights file, counted in elements. */
  readonly offset: number;
}

export interface NetworkManifest {
  /** Voxels of the input along i, j, k; each a multiple of 16. */
  readonly size: readonly [number, number, number];
  readonly spacingMm: number;
  /** Channels of the four levels. */
  readonly channels: readonly [number, number, number, number];
  /** Names of the classes, in the order of the output. */
  readonly classes: readonly string[];
  readonly tensors: Readonly<Record<string, TensorPlace>>;
}

/** Probabilities that PyTorch gave for a made-up input, at a few voxels. */
export interface SelfTestCase {
  /** Flat voxel indices, i fastest. */
  readonly voxels: readonly number[];
  /** All classes of each of these voxels. */
  readonly probabilities: readonly number[];
}

export interface ModelManifest {
  readonly format: typeof MODEL_FORMAT;
  readonly id: string;
  readonly weights: {
    readonly file: string;
    readonly dtype: 'float16';
    readonly bytes: number;
    readonly sha256: string;
  };
  readonly networks: { readonly find: NetworkManifest; readonly label: NetworkManifest };
  /** How the box of `label` follows from the answer of `find`. */
  readonly box: {
    readonly threshold: number;
    readonly quantiles: readonly number[];
    readonly offsetMm: readonly number[];
    readonly minimumMl: number;
  };
  readonly selfTest: { readonly find: SelfTestCase; readonly label: SelfTestCase };
}

export type NetworkName = keyof ModelManifest['networks'];

/**
 * Checks the parsed text of a model.json as far as a wrong one could do harm: the core's
 * grids and its box rule must be those that the networks were trained with.
 *
 * @throws EffaceError `model/unavailable` when it is not a model that this version can use
 */
export function readManifest(json: unknown): ModelManifest {
  const manifest = json as Partial<ModelManifest> | null;
  const { find, label } = manifest?.networks ?? {};
  const good =
    manifest?.format === MODEL_FORMAT &&
    typeof manifest.id === 'string' &&
    manifest.weights?.dtype === 'float16' &&
    // A plain name: the file lies beside model.json and nowhere else.
    /^[\w-]+(\.[\w-]+)*$/.test(manifest.weights.file) &&
    fits(find, FIND_SIZE, FIND_SPACING_MM, FIND_CLASSES) &&
    fits(label, LABEL_SIZE, LABEL_SPACING_MM, LABEL_CLASSES) &&
    sameRule(manifest.box) &&
    manifest.selfTest !== undefined;
  if (!good) throw new EffaceError('model/unavailable');
  return manifest as ModelManifest;
}

function fits(
  network: NetworkManifest | undefined,
  size: readonly number[],
  spacingMm: number,
  classes: number,
): boolean {
  return (
    network?.size.join() === size.join() &&
    network.spacingMm === spacingMm &&
    network.classes.length === classes
  );
}

function sameRule(box: ModelManifest['box'] | undefined): boolean {
  return (
    box?.threshold === BOX_RULE.threshold &&
    box.quantiles.join() === BOX_RULE.quantiles.join() &&
    box.offsetMm.join() === BOX_RULE.offsetMm.join() &&
    box.minimumMl === BOX_RULE.minimumMl
  );
}
