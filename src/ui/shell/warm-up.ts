/**
 * What every scan needs, made ready while the person still looks for his files: the worker, the
 * viewer, and what the browser has to draw with (half a second where there is no graphics card).
 */
import type { WorkerClient } from '../../../workers/client.ts';

/** Waits until the page has nothing else to do. */
export function warmUp(client: WorkerClient): void {
  whenIdle(() => {
    client.start();
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
