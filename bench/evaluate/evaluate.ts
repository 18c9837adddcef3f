/**
 * Heads through the whole way of the product, under every cut asked for, and an attacker with a
 * gallery of them. Depth maps are faces: they stay in memory.
 */
import { defaceScan } from '../../src/app/deface-scan.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { tracesOf, type Traces } from './attack.ts';
import { CONDITIONS } from './conditions.ts';
import { CUTS, cutResult, remembering, type CutResult } from './cuts.ts';
import type { Modality } from '../../src/core/volume/volume.ts';
import type { Head } from './heads.ts';
import { diceWithin, measure, type Figures } from './measures.ts';
import { attacks, type Attack } from './ranks.ts';
import { truthOf } from './truth.ts';

export interface Measured extends Figures {
  readonly name: string;
  readonly modality: Modality;
  readonly labelled: boolean;
  readonly segmentMs: number;
}
/** Dice with the mask of the clean scan, by condition; null: no mask was made. */
export type Agreement = Readonly<Record<string, readonly (number | null)[]>>;

export interface Evaluation {
  readonly measured: readonly Measured[];
  readonly agreement: Agreement;
  /** By cut, in the order of the heads. */
  readonly cuts: Readonly<Record<string, readonly CutResult[]>>;
  readonly attack: readonly Attack[];
}

/** What of it may be written down: no depth map. */
export type StoredEvaluation = Omit<Evaluation, 'cuts'> & {
  readonly cuts: Readonly<Record<string, readonly Omit<CutResult, 'trace'>[]>>;
};

export interface EvaluateOptions {
  /** Names of cuts.ts; `standard` is always among them. */
  readonly cuts: readonly string[];
  /** So many heads are disturbed. */
  readonly conditions: number;
  readonly attack: boolean;
  /** @param brainCut voxels of the brain that changed; null where nobody labelled it */
  readonly onHead?: (head: Head, standard: DefacedScan, brainCut: number | null) => void;
}

export async function evaluate(
  heads: AsyncIterable<Head>,
  segmenter: FaceSegmenter,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const others = options.cuts.filter((name) => name !== 'standard');
  const measured: Measured[] = [];
  const gallery: Traces[] = [];
  const cuts: Record<string, CutResult[]> = {};
  const agreement: Record<string, (number | null)[]> = {};
  for await (const head of heads) {
    const n = measured.length;
    const networks = others.length ? remembering(segmenter) : segmenter;
    const result = await deface(head, networks, 'standard', n);
    const truth = await truthOf(head);
    const figures = measure(head, truth, result);
    const segmentMs = result.timingsMs.segment;
    measured.push({
      ...figures,
      name: head.name,
      modality: head.volume.modality,
      labelled: head.zones !== null,
      segmentMs,
    });
    const mask = result.result?.region.voxels ?? null;
    const traces =
      !options.attack || !mask ? null : tracesOf(head, measured.length, result.head?.frame ?? null);
    if (traces) gallery.push(traces);
    (cuts['standard'] ??= []).push(cutResult(head, result, traces));
    for (const name of others) {
      const made = await deface(head, networks, name, n);
      (cuts[name] ??= []).push(cutResult(head, made, traces));
    }
    if (mask && n < options.conditions) {
      await disturb(head, mask, truth?.head ?? null, segmenter, agreement);
    }
    options.onHead?.(head, result, figures.brainCut);
  }
  const attack = gallery.length > 1 ? attacks(gallery, cuts) : [];
  return { measured, agreement, cuts, attack };
}

export function storedOf(evaluation: Evaluation): StoredEvaluation {
  const cuts = Object.entries(evaluation.cuts).map(([name, list]) => [
    name,
    list.map((one) => ({ ...one, trace: undefined })),
  ]);
  return { ...evaluation, cuts: Object.fromEntries(cuts) as StoredEvaluation['cuts'] };
}

/** @param n each head has a shell of its own, as it would have from a key nobody knows */
function deface(
  { volume }: Head,
  networks: FaceSegmenter,
  cut: string,
  n: number,
): Promise<DefacedScan> {
  const options = CUTS[cut];
  if (!options) throw new Error(`--cuts takes ${Object.keys(CUTS).join(', ')}`);
  return defaceScan(
    '1',
    volume,
    { ...options, seed: [20, n + 1], methodSeed: [17, n + 1] },
    networks,
  );
}

async function disturb(
  head: Head,
  clean: Uint8Array,
  closed: Uint8Array | null,
  segmenter: FaceSegmenter,
  agreement: Record<string, (number | null)[]>,
): Promise<void> {
  for (const [name, change] of Object.entries(CONDITIONS)) {
    const { volume, from } = change(head.volume, closed);
    const { result } = await deface({ ...head, volume }, segmenter, 'standard', 0);
    const list = (agreement[name] ??= []);
    if (!result) {
      list.push(null);
      continue;
    }
    const at = (mask: Uint8Array): Uint8Array =>
      from ? Uint8Array.from(from, (v) => mask[v] as number) : mask;
    const within = closed ?? new Uint8Array(head.volume.stored.length).fill(1);
    list.push(diceWithin(at(within), at(clean), result.region.voxels));
  }
}
