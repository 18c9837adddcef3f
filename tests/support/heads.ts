/** Heads for tests of the whole way: made ones, and real ones where ../shared/data is. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createNodeSegmenter } from '../../src/adapters/tfjs/node.ts';
import type { FaceSegmenter, NetworkInput } from '../../src/app/ports.ts';
import { loadNiftiScan, readNifti } from '../../src/core/nifti/read.ts';
import { defaultGrid, makeHead, scanHead } from '../../src/core/phantom/head.ts';
import type { Contrast } from '../../src/core/phantom/tissue.ts';
import { Label, type Mask, type Modality, type Volume } from '../../src/core/volume/volume.ts';
import { memoryFile, readBytes } from './shared-data.ts';

const SHARED = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const split = JSON.parse(
  readFileSync(new URL('../../training/split.json', import.meta.url), 'utf8'),
) as Record<string, readonly string[]>;

/** Whether real heads are here; says so where they are not. */
export function hasSharedHeads(): boolean {
  const here = existsSync(`${SHARED}nifti/ixi_hh`);
  if (!here) console.warn('skipped: ../shared/data is not here');
  return here;
}

/** A head whose truth is known. */
export interface KnownHead {
  readonly volume: Volume;
  readonly labels: Mask;
  /** 1 in the brain itself. */
  readonly brain: Uint8Array;
  /** Only made heads have them. */
  readonly tissues: Mask | null;
}

export async function madeHead(
  seed: number,
  kind: Modality,
  contrast: Contrast = 'T1',
  spacingMm = 2,
): Promise<KnownHead> {
  const { volume, labels, tissues } = await scanHead(await makeHead(seed), {
    seed,
    kind,
    contrast,
    grid: defaultGrid(spacingMm),
  });
  const brain = labels.voxels.map((label) => (label === Label.brain ? 1 : 0));
  return { volume, labels, brain, tissues };
}

/** One of the people whom thresholds may be set on (`train`) or are only reported for. */
export async function sharedHead(part: 'train' | 'validation', n: number): Promise<KnownHead> {
  const id = split[part]?.[n] ?? '';
  const zones = await sharedNifti(`zones/${id}_T1_zones.nii.gz`);
  const regions = await sharedNifti(`nifti/ixi_hh/${id}_T1_DLMUSE.nii.gz`);
  return {
    volume: await sharedNifti(`nifti/ixi_hh/${id}_T1.nii.gz`),
    labels: { grid: zones.grid, voxels: Uint8Array.from(zones.stored) },
    brain: Uint8Array.from(regions.stored, (code) => (code > 1 ? 1 : 0)),
    tissues: null,
  };
}

export async function sharedNifti(path: string): Promise<Volume> {
  const file = memoryFile('scan.nii.gz', readBytes(SHARED + path));
  return loadNiftiScan(await readNifti(file, { id: '1', patient: 1, visit: 1 }));
}

/** The network of this package; what it was asked lately it does not work out again. */
export async function rememberingSegmenter(): Promise<FaceSegmenter> {
  const inner = await createNodeSegmenter();
  const known: { kind: string; values: Float32Array; answer: Float32Array }[] = [];
  const ask = async (kind: 'find' | 'label', input: NetworkInput): Promise<Float32Array> => {
    const old = known.find(
      (one) => one.kind === kind && one.values.every((value, n) => value === input.values[n]),
    );
    if (old) return old.answer.slice();
    const values = input.values.slice();
    const answer = await inner[kind](input);
    known.push({ kind, values, answer: answer.slice() });
    if (known.length > 8) known.shift();
    return answer;
  };
  return {
    model: inner.model,
    backend: inner.backend,
    find: (input) => ask('find', input),
    label: (input) => ask('label', input),
    dispose: () => {
      inner.dispose();
    },
  };
}
