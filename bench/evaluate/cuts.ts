/** What a person may choose instead of the standard cut and its air, measured beside it on the same heads. */
import type { FaceSegmenter, NetworkInput } from '../../src/app/ports.ts';
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE, type DefaceOptions } from '../../src/core/deface/options.ts';
import { applyDelta, type Delta } from '../../src/core/volume/delta.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import type { HeadMaps } from '../../src/core/matcher/depth-map.ts';
import type { Traces } from './attack.ts';
import type { Head } from './heads.ts';
import { mean } from './tables.ts';
import { measure } from './measures.ts';

export const CUTS: Readonly<Record<string, DefaceOptions>> = {
  standard: DEFAULT_DEFACE,
  shallow: { ...DEFAULT_DEFACE, depth: 'shallow' },
  deep: { ...DEFAULT_DEFACE, depth: 'deep' },
  noise: { ...DEFAULT_DEFACE, method: 'noise' },
  blur: { ...DEFAULT_DEFACE, method: 'blur' },
  pixelate: { ...DEFAULT_DEFACE, method: 'pixelate' },
  reface: { ...DEFAULT_DEFACE, method: 'reface' },
  'reface-random': { ...DEFAULT_DEFACE, method: 'reface-random' },
  scalp: { ...DEFAULT_DEFACE, regions: ['face', 'ears', 'scalp'] },
};

/** One head under one cut. */
export interface CutResult {
  readonly decision: string;
  readonly millilitres: number;
  readonly brainCut: number | null;
  /** The same by the network's own label. */
  readonly ownBrainCut: number | null;
  readonly skinMoved: number | null;
  readonly parallelSurfaceIndex: number | null;
  readonly faceFoundAgain: number | null;
  /** Something could align the head: it stands in the gallery. */
  readonly inGallery: boolean;
  /** null where it does not, or nothing was cut. */
  readonly trace: HeadMaps | null;
}

export function cutResult(head: Head, made: DefacedScan, traces: Traces | null): CutResult {
  const { brainCut } = measure(head, null, made);
  return {
    decision: made.decision,
    millilitres: made.result?.millilitres ?? 0,
    brainCut,
    ownBrainCut: made.checks?.brainVoxelsChanged ?? null,
    skinMoved: made.checks?.shareMoved10mm ?? null,
    parallelSurfaceIndex: made.checks?.parallelSurfaceIndex ?? null,
    faceFoundAgain: made.checks?.faceFoundAgain ?? null,
    inGallery: traces !== null,
    trace: made.result && traces ? traces.defaced(resultOf(head, made.result.delta)) : null,
  };
}

/** The scan as it would be written. */
export function resultOf({ volume }: Head, delta: Delta): Volume {
  return { ...volume, stored: applyDelta(volume.stored, delta) };
}

/** Means of the checks by cut; what each leaks stands in the table of ranks. */
export function printCuts(all: Readonly<Record<string, readonly CutResult[]>>): void {
  const names = Object.keys(all);
  if (names.length < 2) return;
  console.log('\ncut: removed (median) · skin moved > 10 mm · parallel index · brain · decided');
  for (const name of names) {
    const list = all[name] ?? [];
    const known = (of: (one: CutResult) => number | null): number[] =>
      list.flatMap((one) => of(one) ?? []);
    const volumes = known((one) => one.millilitres).sort((a, b) => a - b);
    const touched = list.filter((one) => (one.brainCut ?? 0) > 0).length;
    const done = list.filter((one) => one.decision === 'deface').length;
    console.log(
      `${name.padEnd(13)} ${(volumes[volumes.length >> 1] ?? 0).toFixed(0)} ml · ` +
        `${(100 * mean(known((one) => one.skinMoved))).toFixed(1)} % · ` +
        `${mean(known((one) => one.parallelSurfaceIndex)).toFixed(2)} · ` +
        `${touched} scans · deface ${done} of ${list.length}`,
    );
  }
}

/** Answers the same input once: the cuts of a head share its segmentation. */
export function remembering(segmenter: FaceSegmenter): FaceSegmenter {
  const known: { readonly input: NetworkInput; readonly answer: Promise<Float32Array> }[] = [];
  const once =
    (network: 'find' | 'label') =>
    async (input: NetworkInput): Promise<Float32Array> => {
      const same = known.find((one) => sameInput(one.input, input));
      if (same) return (await same.answer).slice();
      const answer = segmenter[network](input);
      known.push({ input: { size: input.size, values: input.values.slice() }, answer });
      return (await answer).slice();
    };
  return { ...segmenter, find: once('find'), label: once('label') };
}

function sameInput(a: NetworkInput, b: NetworkInput): boolean {
  if (a.values.length !== b.values.length) return false;
  for (let v = 0; v < a.values.length; v++) if (a.values[v] !== b.values[v]) return false;
  return true;
}
