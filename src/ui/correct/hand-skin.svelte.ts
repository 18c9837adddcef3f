import { isTaken, tableOf } from '../../core/edit/marks.ts';
import type { CutSkin, ReviewPictures, SkinWish } from '../../../workers/api.ts';
import { markWhere } from '../view/skin-mesh.ts';
import { Skins } from '../view/skins.svelte.ts';
import type { Tools } from './tools.svelte.ts';

/** How long after a stroke the head is made anew, and how long after that finely (ms). */
const SETTLE_MS = 120;
const REST_MS = 350;

/**
 * The head as it will be after the cut: made by the worker once a stroke has settled, first
 * coarse, then as fine as in the review. Nothing of it is made or drawn while a stroke is.
 */
export class HandSkin {
  readonly skins: Skins;
  /** How far what is shown is behind the marks. */
  shows = $state<'old' | 'coarse' | 'fine'>('fine');

  readonly #tools: Tools;
  #isFine = true;
  #isFirst = true;
  /** The marks that have settled: what was made of others is of no use. */
  #settled: object | null = null;

  constructor(pictures: ReviewPictures, tools: Tools, make: (wish: SkinWish) => Promise<CutSkin>) {
    this.#tools = tools;
    const { editor } = tools;
    const taken = [false, true].map((overrides) => tableOf((mark) => isTaken(mark, overrides)));
    this.skins = new Skins(
      pictures,
      async (threshold) => {
        const [settled, isFine] = [this.#settled, this.#isFine];
        const made = await make({ threshold, isFine });
        // The hand is at work again: its stroke comes first, and changes the head.
        if (settled !== this.#settled || tools.active) return null;
        this.shows = isFine ? 'fine' : 'coarse';
        return made;
      },
      (surface) => {
        const goes = taken[editor.overridesGuard ? 1 : 0];
        return markWhere(surface, editor.grid, (v) => goes?.[editor.marks[v] as number] === 1);
      },
    );
  }

  /** In an effect: the marks have changed, or the hand was lifted. */
  follow(): (() => void) | undefined {
    const { shown } = this.#tools.editor;
    if (this.#tools.active) return undefined;
    this.#settled = shown;
    this.shows = 'old';
    // What is shown first is fine already, and stays so.
    if (this.#isFirst) void this.#make(true);
    // platform.d.ts leaves open what setTimeout gives; in a page it is a number.
    const timers: readonly unknown[] = this.#isFirst
      ? []
      : [
          setTimeout(() => void this.#make(false), SETTLE_MS),
          setTimeout(() => void this.#make(true), SETTLE_MS + REST_MS),
        ];
    this.#isFirst = false;
    return () => {
      for (const timer of timers) clearTimeout(timer as number);
    };
  }

  async #make(isFine: boolean): Promise<void> {
    this.#isFine = isFine;
    // A worker that died says so itself.
    await this.skins.refresh().catch(() => undefined);
  }
}
