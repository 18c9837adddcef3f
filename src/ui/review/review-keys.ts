/** What the keys of the review do; which keys they are is in shortcuts.ts. */
import { shortcutOf } from '../shortcuts.ts';
import type { Workspace } from '../state/workspace.svelte.ts';
import { FACES, type LinkedView } from '../view/linked-view.svelte.ts';

/** Takes the last decision back; whether the key was one for it. */
export function undoKey(event: KeyboardEvent, workspace: Workspace): boolean {
  if (event.shiftKey || event.repeat || event.defaultPrevented || !workspace.decisions.last) {
    return false;
  }
  if (shortcutOf(event, 'decision')?.id !== 'undo') return false;
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
  const pressed = event.repeat ? null : shortcutOf(event, 'review');
  if (!pressed) return;
  if (pressed.id === 'next') workspace.move(1);
  else if (pressed.id === 'previous') workspace.move(-1);
  // Nothing is decided before the pictures are there to be seen.
  else if (!view) return;
  else if (pressed.id === 'approve') workspace.decide('approved');
  else if (pressed.id === 'reject') workspace.decide('rejected');
  else if (pressed.id === 'flicker') view.isFlickering = true;
  else if (pressed.id === 'swipe') view.toggleSwipe();
  else if (pressed.id === 'mask') view.toggleMask();
  else if (pressed.id === 'reset') view.reset();
  else if (pressed.id === 'face') view.turnTo(FACES[pressed.at] ?? 'front');
  else if (pressed.id === 'window') view.choosePreset(pressed.at);
  else return;
  event.preventDefault();
}
