/**
 * What must not end as plain `deface`: things that are no head, heads that were changed
 * before, and failures planted between network and cut that the mirrored run shares.
 */
import { defaceScan } from '../../src/app/deface-scan.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import type { Decision } from '../../src/core/report/report.ts';
import { segment } from '../../src/core/segmentation/segment.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import {
  blurredFace,
  flipped,
  noisyFace,
  shellCut,
  strippedBrain,
  wedgeCut,
} from '../../tests/support/changed-heads.ts';
import { NOT_HEADS } from '../../tests/support/not-heads.ts';
import { failures, planted } from '../../tests/support/planted.ts';
import type { Head } from './heads.ts';
import { measure } from './measures.ts';
import { truthOf } from './truth.ts';

export interface Doubted {
  readonly name: string;
  readonly decision: Decision;
  /** Decided `deface` although it does harm, or is no head at all. */
  readonly silent: boolean;
}

/** More of the facial skin than this stays: the face was missed. */
const MISSED = 0.25;

export async function doubtNotHeads(networks: FaceSegmenter): Promise<Doubted[]> {
  const all: Doubted[] = [];
  for (const modality of ['CT', 'MR'] as const) {
    for (const [name, make] of Object.entries(NOT_HEADS)) {
      const { decision } = await deface(make(modality), networks);
      all.push({ name: `${name} (${modality})`, decision, silent: decision === 'deface' });
    }
  }
  return all;
}

export async function doubtChanged(head: Head, networks: FaceSegmenter): Promise<Doubted[]> {
  if (!head.zones) return [];
  const { volume } = head;
  const labelled = { volume, labels: { grid: volume.grid, voxels: head.zones } };
  const changes: Readonly<Record<string, () => Volume>> = {
    'brain alone': () => strippedBrain(labelled),
    'cut by a wedge': () => wedgeCut(labelled),
    'peeled by 14 mm': () => shellCut(labelled),
    'face blurred': () => blurredFace(labelled),
    'face of noise': () => noisyFace(labelled),
    'upside down': () => flipped(volume, 2),
    'front to back': () => flipped(volume, 1),
  };
  const all: Doubted[] = [];
  for (const [name, change] of Object.entries(changes)) {
    const { decision } = await deface(change(), networks);
    all.push({ name, decision, silent: decision === 'deface' });
  }
  return all;
}

/** @param other a head of another person, whose labels are one of the failures */
export async function doubtPlanted(
  head: Head,
  other: Head,
  networks: FaceSegmenter,
): Promise<Doubted[]> {
  const [truth, another] = [await truthOf(head), await segment(other.volume, networks)];
  if (!truth || !another) return [];
  const all: Doubted[] = [];
  for (const [name, failure] of Object.entries(failures(another.probabilities))) {
    const result = await deface(head.volume, planted(networks, failure));
    const { brainCut, skinMoved } = measure(head, truth, result);
    const harms = (brainCut ?? 0) > 0 || 1 - (skinMoved ?? 1) > MISSED;
    const { decision } = result;
    all.push({ name, decision, silent: decision === 'deface' && harms });
  }
  return all;
}

function deface(volume: Volume, networks: FaceSegmenter): ReturnType<typeof defaceScan> {
  return defaceScan('1', volume, { ...DEFAULT_DEFACE, seed: [] }, networks);
}
