/** Keys of the review: A, R, U, N, P, F, M, 0 and the windows on 1 to 5. */
import type { Workspace } from '../state/workspace.svelte.ts';
import type { LinkedView } from '../view/linked-view.svelte.ts';

/** U or Ctrl+Z takes the last decision back; whether the key was one of them. */
export function undoKey(event: KeyboardEvent, workspace: Workspace): boolean {
  if (event.altKey || event.shiftKey || event.repeat || event.defaultPrevented) return false;
  if ((event.target as HTMLElement).closest('input, select, textarea, dialog')) return false;
  const isCtrl = event.ctrlKey || event.metaKey;
  if (event.key.toLowerCase() !== (isCtrl ? 'z' : 'u') || !workspace.decisions.last) return false;
  workspace.undoDecision();
  event.preventDefault();
  return true;
}

export function reviewKey(
  event: KeyboardEvent,
  workspace: Workspace,
  view: LinkedView | null,
): void {
  if (undoKey(event, workspace)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if ((event.target as HTMLElement).closest('input, select, textarea, dialog')) return;
  const key = event.key.toLowerCase();
  if (key === 'n') workspace.move(1);
  else if (key === 'p') workspace.move(-1);
  // Nothing is decided before the pictures are there to be seen.
  else if (view && key === 'a') workspace.decide('approved');
  else if (view && key === 'r') workspace.decide('rejected');
  else if (view && key === 'f') view.isFlickering = true;
  else if (view && key === 'm') view.showMask = !view.showMask;
  else if (view && key === '0') view.reset();
  else if (view && /^[1-9]$/.test(key)) {
    const preset = view.presets[Number(key) - 1];
    if (preset) view.window = preset.window;
  } else return;
  event.preventDefault();
}
