import type { Workspace } from '../state/workspace.svelte.ts';
import { texts } from '../texts-work.ts';

/** Says on the landing page that a reload did not lose the work. */
export async function noteKept(workspace: Workspace): Promise<void> {
  const results = await workspace.client.keptResults().catch(() => 0);
  const isIdle = workspace.step === 'open' && !workspace.opening.isBusy;
  if (results === 0 || !isIdle || workspace.note) return;
  const words = texts.queue.earlier.here;
  workspace.note = {
    get what() {
      return words.what(results);
    },
    get why() {
      return words.why;
    },
    get todo() {
      return words.todo;
    },
  };
}
