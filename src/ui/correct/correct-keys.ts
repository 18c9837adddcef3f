/** What the keys do while a region is corrected; which they are is in shortcuts.ts. */
import { shortcutOf, type ShortcutId } from '../shortcuts.ts';
import { FACES, type LinkedView } from '../view/linked-view.svelte.ts';
import { TOOLS, type Tools } from './tools.svelte.ts';

/** E, from the review. */
export function opensCorrection(event: KeyboardEvent): boolean {
  return !event.repeat && shortcutOf(event, 'review')?.id === 'correct';
}

/** @param isBusy the worker is changing the marks: nothing is done or undone meanwhile */
export function correctKey(
  event: KeyboardEvent,
  tools: Tools,
  view: LinkedView,
  isBusy: boolean,
  leave: () => void,
): void {
  // A slider or a box that was just used takes no letters.
  const target = event.target as Partial<Element> | null;
  const isTyped = Boolean(target?.closest?.('dialog, select, textarea, input[type="text"]'));
  const own = shortcutOf(event, 'correct', isTyped);
  const shared = own ? null : shortcutOf(event, 'review', isTyped);
  const pressed = own ?? shared;
  const acts: Partial<Record<ShortcutId, (at: number) => void>> = {
    tool: (at) => (tools.tool = TOOLS[at] ?? 'brush'),
    radius: (at) => {
      tools.resize(at === 0 ? -1 : 1);
    },
    undoEdit: () => {
      if (!isBusy) tools.editor.undo();
    },
    redoEdit: () => {
      if (!isBusy) tools.editor.redo();
    },
    leave,
    mask: () => (tools.isShown = !tools.isShown),
    reset: () => {
      view.reset();
    },
    face: (at) => {
      view.turnTo(FACES[at] ?? 'front');
    },
    window: (at) => {
      view.choosePreset(at);
    },
  };
  const act = pressed && acts[pressed.id];
  if (!act) return;
  event.preventDefault();
  act(pressed.at);
}
