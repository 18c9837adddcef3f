import type { ReviewPictures, SkinPair } from '../../../workers/api.ts';
import { markRemoved, scopeOf, unmarked, type Scope, type SkinMesh } from './skin-mesh.ts';

/** The heads of a review: skin before and after at a threshold, and what can be seen with it. */
export class Skins {
  readonly scope: Scope;
  readonly range: ReviewPictures['threshold'];
  readonly removed: SkinMesh;
  readonly brain: SkinMesh;
  before = $state.raw<SkinMesh>() as SkinMesh;
  after = $state.raw<SkinMesh>() as SkinMesh;
  /** Modality value that is asked for; the skin follows as fast as it can be made. */
  threshold = $state(0);
  showsRemoved = $state(false);
  showsBrain = $state(false);

  readonly #mask: ReviewPictures['mask'];
  readonly #make: (threshold: number) => Promise<SkinPair>;
  #isMaking = false;

  constructor(
    pictures: Pick<ReviewPictures, 'skinBefore' | 'skinAfter' | 'mask' | 'parts' | 'threshold'>,
    make: (threshold: number) => Promise<SkinPair>,
  ) {
    this.#mask = pictures.mask;
    this.#make = make;
    this.scope = scopeOf(pictures.skinBefore);
    this.range = pictures.threshold;
    this.threshold = pictures.threshold.value;
    this.removed = unmarked(pictures.parts.removed);
    this.brain = unmarked(pictures.parts.brain);
    this.#show({ before: pictures.skinBefore, after: pictures.skinAfter });
  }

  /** Makes the skin anew; while one is made only the last wish is kept. */
  async turnTo(threshold: number): Promise<void> {
    this.threshold = threshold;
    if (this.#isMaking) return;
    this.#isMaking = true;
    try {
      let made = NaN;
      while (made !== this.threshold) {
        made = this.threshold;
        this.#show(await this.#make(made));
      }
    } finally {
      this.#isMaking = false;
    }
  }

  #show({ before, after }: SkinPair): void {
    this.before = markRemoved(before, this.#mask);
    this.after = markRemoved(after, this.#mask);
  }
}
