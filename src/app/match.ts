/**
 * Whether a person can be told by a scan among a gallery of others (src/core/matcher). The
 * attacker is granted what he could have: the gallery undefaced, and heads laid over each other
 * by their brains. No map of a head leaves this module.
 */
import { headFrame } from '../core/deface/head-frame.ts';
import { EffaceError } from '../core/errors.ts';
import { compose } from '../core/geometry/affine.ts';
import {
  alignHead,
  galleryMaps,
  mapsOfTissue,
  otherLook,
  skinOf,
  type AlignedHead,
} from '../core/matcher/aligned-head.ts';
import { brainOf, fitBrain, type Brain } from '../core/matcher/brain-fit.ts';
import { seenOf, type HeadMaps } from '../core/matcher/depth-map.ts';
import { distancesTo, rankOf, ranksOf, type Ranks } from '../core/matcher/ranks.ts';
import { VIEWS, type View } from '../core/matcher/views.ts';
import type { JobOptions } from '../core/progress.ts';
import { createRandom } from '../core/random.ts';
import { segment } from '../core/segmentation/segment.ts';
import type { Volume } from '../core/volume/volume.ts';
import type { FaceSegmenter } from './ports.ts';

/** One undefaced head of the gallery. */
export interface GalleryHead {
  /** People are counted, not scans: several scans of one person have the same number. */
  readonly person: number;
  readonly brain: Brain;
  readonly frame: AlignedHead['frame'];
  readonly maps: HeadMaps;
  /** The same scan looked at once more: whether the matcher can find people here at all. */
  readonly again: HeadMaps;
}

/** What the matcher finds in the gallery itself, undefaced, by view; null: fewer than two show it. */
export type Power = Readonly<Record<View, Omit<Ranks, 'each'> | null>>;

export interface ViewMatch {
  readonly view: View;
  /** People of the gallery that the view can be compared with. */
  readonly of: number;
  /** Rank of the person among them; null where the view shows too little of him. */
  readonly rank: number | null;
}

/** A view of which less is seen (share of rays) is not compared. */
const SEEN = 0.5;

/** @throws EffaceError `match/no-head`; AbortSignal's reason when cancelled */
export async function galleryHead(
  person: number,
  volume: Volume,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
): Promise<GalleryHead> {
  const segmentation = await segment(volume, segmenter, job);
  const frame = segmentation && headFrame(segmentation);
  const brain = segmentation && brainOf(segmentation.grid, segmentation.labels);
  if (!frame || !brain) throw new EffaceError('match/no-head');
  const head = alignHead(volume, frame);
  return {
    person,
    brain,
    frame,
    maps: galleryMaps(head),
    again: otherLook(head, createRandom(person)).maps(),
  };
}

/** How well the gallery's own people are named among it. */
export function powerOf(gallery: readonly GalleryHead[]): Power {
  const powerAt = (view: View): Omit<Ranks, 'each'> | null => {
    const people = firstOfEach(gallery.filter(({ maps }) => seenOf(maps, view) >= SEEN));
    if (people.length < 2) return null;
    const { first, five, ten, median, of, auc } = ranksOf(
      people.map(({ again }) => again),
      people.map(({ maps }) => maps),
      view,
      { tilt: true },
    );
    return { first, five, ten, median, of, auc };
  };
  return { face: powerAt('face'), forehead: powerAt('forehead'), ears: powerAt('ears') };
}

/**
 * Ranks of one person; who of a gallery an unknown scan shows is not answered.
 *
 * @param own the person of the gallery whom the scan shows
 * @throws EffaceError `match/no-head`, `match/small-gallery`; AbortSignal's reason when cancelled
 */
export async function matchScan(
  volume: Volume,
  gallery: readonly GalleryHead[],
  own: number,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
): Promise<readonly ViewMatch[]> {
  const people = new Set(gallery.map(({ person }) => person)).size;
  if (people < 2) throw new EffaceError('match/small-gallery', { people });
  const segmentation = await segment(volume, segmenter, job);
  const brain = segmentation && brainOf(segmentation.grid, segmentation.labels);
  const [first] = gallery;
  if (!brain || !first) throw new EffaceError('match/no-head');
  // The scan has no face to align it by: it takes the frame of whomever it is compared with.
  const head = alignHead(volume, first.frame);
  const skin = skinOf(head);
  const probes = gallery.map((one) => {
    const fromLps = compose(one.frame.fromLps, fitBrain(brain, one.brain));
    return mapsOfTissue({ ...head, frame: { ...one.frame, fromLps } }, skin);
  });
  return VIEWS.map((view) => matchView(view, probes, gallery, own));
}

/** @param probes the scan in the frame of each of the gallery */
function matchView(
  view: View,
  probes: readonly HeadMaps[],
  gallery: readonly GalleryHead[],
  own: number,
): ViewMatch {
  const nearest = new Map<number, number>();
  for (const [n, { person, maps }] of gallery.entries()) {
    const probe = probes[n] as HeadMaps;
    if (seenOf(maps, view) < SEEN || seenOf(probe, view) < SEEN) continue;
    const [distance = Infinity] = distancesTo(probe, [maps], view, { tilt: true });
    nearest.set(person, Math.min(distance, nearest.get(person) ?? Infinity));
  }
  const people = [...nearest.keys()];
  const distances = [...nearest.values()];
  const at = people.indexOf(own);
  return {
    view,
    of: people.length,
    rank: at < 0 ? null : rankOf(distances, at),
  };
}

function firstOfEach(gallery: readonly GalleryHead[]): readonly GalleryHead[] {
  return gallery.filter(({ person }, n) => gallery.findIndex((one) => one.person === person) === n);
}
