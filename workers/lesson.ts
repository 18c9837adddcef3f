/** The lesson's side of the worker: one head, made when it is first asked for. */
import { BASIC } from '../src/core/deidentify/options.ts';
import { memorySource } from '../src/adapters/memory/memory-source.ts';
import { createSecrets } from '../src/adapters/secrets/web-crypto.ts';
import { headerChanges } from '../src/app/header-changes.ts';
import {
  LESSON_PLACE,
  lessonGallery,
  lessonHead,
  lessonProbes,
  lessonRemoval,
  whoIsThis,
} from '../src/app/lesson.ts';
import { openScans } from '../src/app/open-scans.ts';
import type { FaceSegmenter } from '../src/app/ports.ts';
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import type { MethodId } from '../src/core/deface/options.ts';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import type { HeadMaps } from '../src/core/matcher/depth-map.ts';
import { columnsOf, PANES } from '../src/core/matcher/views.ts';
import { phantomDicom } from '../src/core/phantom/as-dicom.ts';
import type { Phantom } from '../src/core/phantom/head.ts';
import type { JobOptions } from '../src/core/progress.ts';
import { sampleModality } from '../src/core/segmentation/conform.ts';
import { applyDelta } from '../src/core/volume/delta.ts';
import { skinSurface } from '../src/core/volume/skin-surface.ts';
import type { Volume } from '../src/core/volume/volume.ts';
import type { HeaderChange, Surface } from './api.ts';
import type { LessonHead, LessonMatch, LessonRemoval } from './lesson-api.ts';
import { displayOf } from './pictures.ts';

/** Coarse enough to follow a slider. */
const AROUND = uprightGrid([84, 108, 112], 2.4, [0, -8, 16]);
/** Half-way between air and skin (HU). */
const SKIN_HU = -300;

export class Lesson {
  readonly #networks: () => Promise<FaceSegmenter>;
  #phantom: Phantom | null = null;
  #coarse: Float32Array | null = null;
  #removal: { readonly made: DefacedScan; readonly method: MethodId } | null = null;
  #gallery: readonly HeadMaps[] | null = null;

  constructor(networks: () => Promise<FaceSegmenter>) {
    this.#networks = networks;
  }

  async open(job: JobOptions): Promise<LessonHead> {
    this.#phantom ??= await lessonHead(job);
    const { volume } = this.#phantom;
    this.#coarse ??= sampleModality(volume, AROUND);
    return { display: displayOf(volume), header: await headerOf(this.#phantom) };
  }

  surface(threshold: number): Surface {
    if (!this.#coarse) throw new Error('the lesson has no head yet');
    return skinSurface(AROUND, this.#coarse, threshold);
  }

  async remove(method: MethodId, job: JobOptions): Promise<LessonRemoval> {
    const volume = this.#volume();
    const made = await lessonRemoval(volume, method, await this.#networks(), job);
    this.#removal = { made, method };
    const { result, checks, decision, reasons } = made;
    const stored = result ? applyDelta(volume.stored, result.delta) : volume.stored;
    const after = sampleModality({ ...volume, stored }, AROUND);
    return {
      decision,
      reasons,
      millilitres: result?.millilitres ?? 0,
      brainVoxelsChanged: checks?.brainVoxelsChanged ?? null,
      before: this.surface(SKIN_HU),
      after: skinSurface(AROUND, after, SKIN_HU),
    };
  }

  async match(job: JobOptions): Promise<LessonMatch> {
    const removal = this.#removal;
    const probes = removal && lessonProbes(this.#volume(), removal.made);
    if (!probes) throw new Error('the lesson has removed no face yet');
    this.#gallery ??= await lessonGallery(job);
    const [pane] = PANES.face;
    if (!pane) throw new Error('the face is seen through a window');
    return {
      named: whoIsThis(probes, this.#gallery, removal.method),
      own: LESSON_PLACE,
      width: columnsOf(pane),
      gallery: this.#gallery.map(pictureOf),
      before: pictureOf(probes.before),
      after: pictureOf(probes.after),
    };
  }

  #volume(): Volume {
    if (!this.#phantom) throw new Error('the lesson has no head yet');
    return this.#phantom.volume;
  }
}

/** As it would be found in an archive: the header of the first slice, and what export makes of it. */
async function headerOf(phantom: Phantom): Promise<readonly HeaderChange[]> {
  const sources = [];
  for (const { path, bytes } of phantomDicom(phantom)) sources.push(memorySource(path, bytes));
  const { scans } = await openScans(sources);
  const [scan] = scans;
  if (!scan) throw new Error('a head that was made opens');
  return headerChanges(scan, {
    deidentification: BASIC,
    face: true,
    version: __EFFACE_VERSION__,
    secrets: await createSecrets(),
  });
}

/** Near is bright. Only of people who do not exist. */
function pictureOf({ face }: HeadMaps): Uint8Array {
  const map = face[0] as Float32Array;
  const [pane] = PANES.face;
  const width = pane ? columnsOf(pane) : 1;
  const rows = map.length / width;
  return Uint8Array.from(map, (_, n) => {
    const row = rows - 1 - Math.floor(n / width);
    const depth = map[row * width + (n % width)] as number;
    return Math.max(0, Math.min(255, 255 * (1 - (depth + 125) / 85)));
  });
}
