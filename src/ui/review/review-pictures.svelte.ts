import type { Vec3 } from '../../core/geometry/affine.ts';
import type { ReviewPictures as Pictures } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { remembered } from '../state/remembered.svelte.ts';
import { problemOf, type Problem } from '../state/problem.ts';
import { focusOf, headField } from '../view/focus.ts';
import { LinkedView } from '../view/linked-view.svelte.ts';
import { poseTowards } from '../view/skin-mesh.ts';
import { Skins } from '../view/skins.svelte.ts';
import { createSliceEngine, type SliceEngine } from '../view/slice-engine.ts';

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | {
      readonly status: 'ready';
      readonly pictures: Pictures;
      readonly engine: SliceEngine;
      readonly view: LinkedView;
      readonly skins: Skins;
    };

/** The pictures of one result: fetched from the worker, and let go with the view. */
export class ReviewPictures {
  state = $state.raw<State>({ status: 'loading' });
  /** What is shown, if anything, is not of the result as it is now. */
  isLoading = $state(true);
  #isClosed = false;

  /** Once more after a correction; where one looks stays the same. */
  async load(client: WorkerClient, scan: string): Promise<void> {
    const before = this.state.status === 'ready' ? this.state : null;
    this.isLoading = true;
    try {
      const pictures = await client.pictures(scan);
      if (this.#closed()) return;
      const engine = await createSliceEngine(pictures);
      if (this.#closed()) {
        engine.destroy();
        return;
      }
      before?.engine.destroy();
      const { grid, modality, window } = pictures.before;
      const fresh = (): LinkedView => {
        const made = new LinkedView(grid, {
          modality,
          window,
          focus: focusOf(pictures.labels),
          field: headField(pictures.labels),
        });
        remembered.restoreView(made, modality);
        return made;
      };
      const view = before?.view ?? fresh();
      const skins = new Skins(pictures, (threshold) => client.skinAt(scan, threshold));
      this.state = { status: 'ready', pictures, engine, view, skins };
    } catch (thrown) {
      if (!this.#closed()) this.state = { status: 'failed', problem: problemOf(thrown) };
    }
    this.isLoading = false;
  }

  /** Asked anew after each wait: the view may have gone meanwhile. */
  #closed(): boolean {
    return this.#isClosed;
  }

  /** Shows a place in slices and on the heads. */
  goTo(at: Vec3): void {
    if (this.state.status !== 'ready') return;
    const { view, skins } = this.state;
    view.goTo(at, poseTowards(skins.scope, at));
  }

  close(): void {
    this.#isClosed = true;
    if (this.state.status === 'ready') this.state.engine.destroy();
  }
}
