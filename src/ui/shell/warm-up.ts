/**
 * What every scan needs, made ready while the person still looks for his files: the worker, the
 * viewer, and what the browser has to draw with (half a second where there is no graphics card).
 */
import { noteKept } from '../open/kept-note.ts';
import type { Workspace } from '../state/workspace.svelte.ts';

/** Waits until the page has nothing else to do. */
export function warmUp(workspace: Workspace): void {
  whenIdle(() => {
    workspace.client.start();
    void noteKept(workspace);
    whenIdle(() => {
      void import('../view/PreviewDialog.svelte');
      void import('../view/graphics.ts').then(({ graphics }) => graphics());
    });
  });
}

function whenIdle(action: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(action);
  else setTimeout(action, 500);
}
