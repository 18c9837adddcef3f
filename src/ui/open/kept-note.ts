import { whenRead } from '../state/problem.ts';
import type { Workspace } from '../state/workspace.svelte.ts';
import { texts } from '../texts-work.ts';

/** Says on the landing page that a reload did not lose the work. */
export async function noteKept(workspace: Workspace): Promise<void> {
  const results = await workspace.client.keptResults().catch(() => 0);
  const isIdle = workspace.step === 'open' && !workspace.opening.isBusy;
  if (results === 0 || !isIdle || workspace.note) return;
  workspace.note = whenRead(() => {
    const { what, why, todo } = texts.queue.earlier.here;
    return { what: what(results), why, todo };
  });
}
