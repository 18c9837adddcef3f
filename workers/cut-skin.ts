/** The head as a hand that corrects would leave it now: skin and removed tissue, for looking at. */
import { removedShare } from '../src/core/edit/removed-share.ts';
import type { Grid } from '../src/core/geometry/grid.ts';
import { sampleModality } from '../src/core/segmentation/conform.ts';
import { skinSurface } from '../src/core/volume/skin-surface.ts';
import { airOf, rescaleOf, type Mask, type Volume } from '../src/core/volume/volume.ts';
import type { CutSkin, SkinWish } from './api.ts';
import { skinGrid, tissueSurface } from './pictures.ts';

/** How much coarser the head is while someone works. */
const COARSER = 2;

interface Sampled {
  readonly around: Grid;
  readonly before: Float32Array;
}

export class CutSkinMaker {
  readonly #volume: Volume;
  readonly #labels: Mask;
  readonly #sampled = new Map<number, Sampled>();

  /** @param labels on the volume's grid; the same head is shown as in the review */
  constructor(volume: Volume, labels: Mask) {
    this.#volume = volume;
    this.#labels = labels;
  }

  make(marks: Uint8Array, overridesGuard: boolean, { threshold, isFine }: SkinWish): CutSkin {
    const { around, before } = this.#at(isFine ? 1 : COARSER);
    const share = removedShare(marks, this.#volume.grid, around, overridesGuard);
    const { slope, intercept } = rescaleOf(this.#volume, 0);
    const air = slope * airOf(this.#volume, 0) + intercept;
    const after = before.map((value, v) => value + (air - value) * (share[v] as number));
    return {
      after: skinSurface(around, after, threshold),
      removed: tissueSurface(around, before, threshold, (v) => (share[v] as number) >= 0.5),
    };
  }

  #at(coarser: number): Sampled {
    let made = this.#sampled.get(coarser);
    if (!made) {
      const around = skinGrid(this.#labels, coarser);
      made = { around, before: sampleModality(this.#volume, around) };
      this.#sampled.set(coarser, made);
    }
    return made;
  }
}
