/**
 * What the lesson does, in the page's worker and in Node alike: a head that does not exist, its
 * face removed by the same code as anyone's, and the matcher before and after among 24 people.
 */
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { DEFAULT_DEFACE, type MethodId } from '../core/deface/options.ts';
import { alignHead, galleryMaps } from '../core/matcher/aligned-head.ts';
import { mapsOf, type HeadMaps } from '../core/matcher/depth-map.ts';
import { likewise } from '../core/matcher/likewise.ts';
import { distancesTo, rankOf } from '../core/matcher/ranks.ts';
import { VIEWS, type View } from '../core/matcher/views.ts';
import { makePhantom, type Phantom } from '../core/phantom/head.ts';
import { makeSkin } from '../core/phantom/skin-only.ts';
import { createCheckpoint, type JobOptions } from '../core/progress.ts';
import { applyDelta } from '../core/volume/delta.ts';
import type { Volume } from '../core/volume/volume.ts';
import { defaceScan } from './deface-scan.ts';
import type { FaceSegmenter } from './ports.ts';

/** The demo head, and where it stands among the others (from 0). */
const LESSON_SEED = 103;
export const LESSON_PLACE = 16;
export const LESSON_PEOPLE = 24;
/** The others: people nobody chose. */
const FIRST_OTHER = 300;
/** The lesson is the same each time. */
const CUT_SEED = [1];

/** One answer of the matcher. */
export interface Named {
  readonly view: View;
  /** `likewise`: after, and the gallery was blurred or cut into blocks like the probe. */
  readonly when: 'before' | 'after' | 'likewise';
  /** Whom it names (from 0), and the rank of the right one. */
  readonly named: number;
  readonly rank: number;
  readonly of: number;
}

/** The CT of one of the 24; without another wish that of the demo head. */
export function lessonHead(job: JobOptions = {}, place = LESSON_PLACE): Promise<Phantom> {
  return makePhantom({ seed: seedOf(place), kind: 'CT', couch: false }, job);
}

function seedOf(place: number): number {
  return place === LESSON_PLACE ? LESSON_SEED : FIRST_OTHER + place;
}

export function lessonRemoval(
  volume: Volume,
  method: MethodId,
  segmenter: FaceSegmenter,
  job: JobOptions = {},
): Promise<DefacedScan> {
  return defaceScan('1', volume, { ...DEFAULT_DEFACE, method, seed: CUT_SEED }, segmenter, job);
}

/** The skins of all 24 people. @throws AbortSignal's reason when cancelled */
export async function lessonGallery(job: JobOptions = {}): Promise<readonly HeadMaps[]> {
  const checkpoint = createCheckpoint(job.signal);
  const gallery: HeadMaps[] = [];
  for (let place = 0; place < LESSON_PEOPLE; place++) {
    gallery.push(mapsOf(makeSkin(seedOf(place)).first));
    job.onProgress?.({ stage: 'decode', done: place + 1, total: LESSON_PEOPLE });
    await checkpoint();
  }
  return gallery;
}

/**
 * The head as the matcher sees it before and after. The attacker is granted the frame that was
 * found with the face still there.
 */
export function lessonProbes(
  volume: Volume,
  { head, result }: DefacedScan,
): { readonly before: HeadMaps; readonly after: HeadMaps } | null {
  if (!head || !result) return null;
  const stored = applyDelta(volume.stored, result.delta);
  return {
    before: galleryMaps(alignHead(volume, head.frame)),
    after: galleryMaps(alignHead({ ...volume, stored }, head.frame)),
  };
}

/** Where the method leaves a likeness, the face is looked for once more as one would who knows it. */
export function whoIsThis(
  probes: { readonly before: HeadMaps; readonly after: HeadMaps },
  gallery: readonly HeadMaps[],
  method: MethodId,
  own = LESSON_PLACE,
): readonly Named[] {
  const ask = (view: View, when: Named['when'], among = gallery): Named => {
    const probe = when === 'before' ? probes.before : probes.after;
    const distances = distancesTo(probe, among, view, { tilt: true });
    return {
      view,
      when,
      named: distances.indexOf(Math.min(...distances)),
      rank: rankOf(distances, own),
      of: gallery.length,
    };
  };
  const rows = VIEWS.flatMap((view) => [ask(view, 'before'), ask(view, 'after')]);
  if (method !== 'blur' && method !== 'pixelate') return rows;
  const treated = gallery.map((maps) => likewise(maps, method));
  return rows.toSpliced(2, 0, ask('face', 'likewise', treated));
}
