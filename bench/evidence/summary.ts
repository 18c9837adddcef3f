/** From what was measured to what is said: counts, intervals, medians. Nobody's name is in it. */
import { LIMITS } from '../../src/core/report/decide.ts';
import type { Ranks } from '../../src/core/matcher/ranks.ts';
import { VIEWS, type View } from '../../src/core/matcher/views.ts';
import type { Evaluation, StoredEvaluation } from '../evaluate/evaluate.ts';
import { countOf, countTrue, type Count } from './interval.ts';

/** One cut over the scans of a set. */
export interface Protection {
  readonly cut: string;
  readonly scans: number;
  readonly decided: Readonly<Record<'deface' | 'review' | 'refuse' | 'exclude', Count>>;
  /** ml, median of those that were cut. */
  readonly millilitres: number | null;
  /** The product's own check: at least 98 % of the facial skin moved by more than 10 mm. */
  readonly skinMoved: Count;
  /** The network finds more than 15 % of the face again. */
  readonly faceAgain: Count;
  /** A voxel of the brain changed, by labels that are not the network's where there are some. */
  readonly brainChanged: Count;
  /** The same by the network's own label. */
  readonly ownBrainChanged: Count;
}

/** Who is named by what a cut leaves, in the gallery that names most. */
export interface Recognition {
  readonly view: View;
  /** `none`: undefaced. */
  readonly cut: string;
  readonly gallery: string;
  readonly of: number;
  readonly first: Count;
  readonly five: Count;
  readonly median: number;
  /** Same person or another: 0.5 is luck. */
  readonly auc: number;
  /** Share of people within each rank, from 1. */
  readonly within: readonly number[];
  /** The same of those held out of training, among all; null where nobody was, or all were. */
  readonly heldOut: Count | null;
}

export interface Summary {
  readonly protection: readonly Protection[];
  readonly nearestBrainMm: number | null;
  readonly recognition: readonly Recognition[];
}

/** @param isHeldOut of a scan's name; null where no one was trained on */
export function summaryOf(
  { measured, cuts, attack }: StoredEvaluation,
  isHeldOut: ((name: string) => boolean) | null,
): Summary {
  const all = Object.entries(cuts);
  const nearest = measured.flatMap(({ brainMm }) => brainMm ?? []);
  const inGallery = (cuts['standard'] ?? []).map((one) => one.inGallery);
  const names = measured.filter((_, n) => inGallery[n]).map(({ name }) => name);
  const held = isHeldOut && names.map(isHeldOut);
  return {
    protection: all.map(([cut, list]) => protectionOf(cut, list)),
    nearestBrainMm: nearest.length ? rounded(Math.min(...nearest), 1) : null,
    recognition: VIEWS.flatMap((view) =>
      ['none', ...all.map(([cut]) => cut)].flatMap((cut) => {
        const worst = worstOf(attack, view, cut);
        return worst ? [recognitionOf(view, cut, worst, held)] : [];
      }),
    ),
  };
}

type Cuts = StoredEvaluation['cuts'][string];

function protectionOf(cut: string, list: Cuts): Protection {
  const known = <T>(of: (one: Cuts[number]) => T | null | undefined): T[] =>
    list.flatMap((one) => of(one) ?? []);
  const made = list.filter(({ millilitres }) => millilitres > 0);
  const volumes = made.map(({ millilitres }) => millilitres).sort((a, b) => a - b);
  const decided = (what: string): Count => countTrue(list, ({ decision }) => decision === what);
  const middle = volumes[volumes.length >> 1];
  return {
    cut,
    scans: list.length,
    decided: {
      deface: decided('deface'),
      review: decided('review'),
      refuse: decided('refuse'),
      exclude: decided('exclude'),
    },
    millilitres: middle === undefined ? null : Math.round(middle),
    skinMoved: countTrue(
      known(({ skinMoved }) => skinMoved),
      (share) => share >= LIMITS.shareMoved10mm,
    ),
    faceAgain: countTrue(
      known(({ faceFoundAgain }) => faceFoundAgain),
      (share) => share > LIMITS.faceFoundAgain,
    ),
    brainChanged: countTrue(
      known(({ brainCut }) => brainCut),
      (voxels) => voxels > 0,
    ),
    ownBrainChanged: countTrue(
      known(({ ownBrainCut }) => ownBrainCut),
      (voxels) => voxels > 0,
    ),
  };
}

function worstOf(attack: Evaluation['attack'], view: View, cut: string): NamedRanks | null {
  const start = cut === 'none' ? `${view}, undefaced` : `${view}, ${cut}, `;
  const rows = attack
    .filter(({ name }) => name.startsWith(start))
    .map(({ name, ranks }) => ({ gallery: name.slice(start.length) || 'gallery as it is', ranks }));
  return rows.reduce<NamedRanks | null>(
    (worst, row) => (worst && worst.ranks.first >= row.ranks.first ? worst : row),
    null,
  );
}

interface NamedRanks {
  readonly gallery: string;
  readonly ranks: Ranks;
}

function recognitionOf(
  view: View,
  cut: string,
  { gallery, ranks }: NamedRanks,
  held: readonly boolean[] | null,
): Recognition {
  const { each, of, median, auc } = ranks;
  const known = each.filter((rank) => rank !== null);
  const within = (most: number): number => known.filter((rank) => rank <= most).length;
  const heldRanks = each.flatMap((rank, n) => (held?.[n] && rank !== null ? [rank] : []));
  return {
    view,
    cut,
    gallery,
    of,
    first: countOf(within(1), known.length),
    five: countOf(within(5), known.length),
    median,
    auc: rounded(auc, 3),
    within: Array.from({ length: of }, (_, n) => rounded(within(n + 1) / known.length, 4)),
    heldOut: heldRanks.length ? countTrue(heldRanks, (rank) => rank === 1) : null,
  };
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
