import type { WorkerClient } from '../../../workers/client.ts';
import { problemOf, type Problem } from '../state/problem.ts';
import { LinkedView } from './linked-view.svelte.ts';
import { createSliceEngine, preloadSliceEngine, type SliceEngine } from './slice-engine.ts';

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'ready'; readonly engine: SliceEngine; readonly view: LinkedView };

/** A scan as it was found, to look at before anything is done. */
export class Preview {
  state = $state.raw<State>({ status: 'loading' });
  #isClosed = false;

  async load(client: WorkerClient, scan: string): Promise<void> {
    preloadSliceEngine();
    try {
      const before = await client.preview(scan);
      if (this.#closed()) return;
      const engine = await createSliceEngine({ before });
      if (this.#closed()) {
        engine.destroy();
        return;
      }
      const { grid, modality, window } = before;
      const view = new LinkedView(grid, { modality, window, focus: null });
      this.state = { status: 'ready', engine, view };
    } catch (thrown) {
      if (!this.#closed()) this.state = { status: 'failed', problem: problemOf(thrown) };
    }
  }

  close(): void {
    this.#isClosed = true;
    if (this.state.status === 'ready') this.state.engine.destroy();
  }

  /** Asked anew after each wait: the view may have gone meanwhile. */
  #closed(): boolean {
    return this.#isClosed;
  }
}
