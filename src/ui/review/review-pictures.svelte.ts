import type { ReviewPictures as Pictures } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { problemOf, type Problem } from '../state/problem.ts';
import { focusOf } from '../view/focus.ts';
import { LinkedView } from '../view/linked-view.svelte.ts';
import { createSliceEngine, type SliceEngine } from '../view/slice-engine.ts';

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | {
      readonly status: 'ready';
      readonly pictures: Pictures;
      readonly engine: SliceEngine;
      readonly view: LinkedView;
    };

/** The pictures of one result: fetched from the worker, and let go with the view. */
export class ReviewPictures {
  state = $state.raw<State>({ status: 'loading' });
  #isClosed = false;

  /** Once more after a correction; where one looks stays the same. */
  async load(client: WorkerClient, scan: string): Promise<void> {
    const before = this.state.status === 'ready' ? this.state : null;
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
      const fresh = (): LinkedView =>
        new LinkedView(grid, { modality, window, focus: focusOf(pictures.labels) });
      const view = before?.view ?? fresh();
      this.state = { status: 'ready', pictures, engine, view };
    } catch (thrown) {
      if (!this.#closed()) this.state = { status: 'failed', problem: problemOf(thrown) };
    }
  }

  /** Asked anew after each wait: the view may have gone meanwhile. */
  #closed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    if (this.state.status === 'ready') this.state.engine.destroy();
  }
}
