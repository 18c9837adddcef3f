import type { ReviewPictures, SkinPair, Surface } from '../../../workers/api.ts';
import { markRemoved, scopeOf, unmarked, type Scope, type SkinMesh } from './skin-mesh.ts';

/** What was made at a threshold; only what can have changed. */
export interface SkinsMade extends Pick<SkinPair, 'after'> {
  readonly before?: Surface;
  readonly removed?: Surface;
}

/** The heads of a review: skin before and after at a threshold, and what can be seen with it. */
export class Skins {
  readonly scope: Scope;
  readonly range: ReviewPictures['threshold'];
  removed = $state.raw<SkinMesh>() as SkinMesh;
  readonly brain: SkinMesh;
  before = $state.raw<SkinMesh>() as SkinMesh;
  after = $state.raw<SkinMesh>() as SkinMesh;
  /** Modality value that is asked for; the skin follows as fast as it can be made. */
  threshold = $state(0);
  showsRemoved = $state(false);
  showsBrain = $state(false);

  readonly #make: (threshold: number) => Promise<SkinsMade | null>;
  readonly #mark: (surface: Surface) => SkinMesh;
  #isMaking = false;
  #wishes = 0;

  /**
   * @param make null: what was made is of no use any more
   * @param mark says which vertices lie at the removed region; by the mask of the pictures else
   */
  constructor(
    pictures: Pick<ReviewPictures, 'skinBefore' | 'skinAfter' | 'mask' | 'parts' | 'threshold'>,
    make: (threshold: number) => Promise<SkinsMade | null>,
    mark = (surface: Surface): SkinMesh => markRemoved(surface, pictures.mask),
  ) {
    this.#make = make;
    this.#mark = mark;
    this.scope = scopeOf(pictures.skinBefore);
    this.range = pictures.threshold;
    this.threshold = pictures.threshold.value;
    this.removed = unmarked(pictures.parts.removed);
    this.brain = unmarked(pictures.parts.brain);
    this.#show({ before: pictures.skinBefore, after: pictures.skinAfter });
  }

  async turnTo(threshold: number): Promise<void> {
    this.threshold = threshold;
    await this.refresh();
  }

  /** Makes the skin anew; while one is made only the last wish is kept. */
  async refresh(): Promise<void> {
    this.#wishes++;
    if (this.#isMaking) return;
    this.#isMaking = true;
    try {
      for (let made = 0; made !== this.#wishes;) {
        made = this.#wishes;
        const skins = await this.#make(this.threshold);
        if (skins) this.#show(skins);
      }
    } finally {
      this.#isMaking = false;
    }
  }

  #show({ before, after, removed }: SkinsMade): void {
    if (before) this.before = this.#mark(before);
    this.after = this.#mark(after);
    if (removed) this.removed = unmarked(removed);
  }
}
