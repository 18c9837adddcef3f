/** What the keys do while a region is corrected; which they are is in shortcuts.ts. */
import { shortcutOf } from '../shortcuts.ts';
import type { LinkedView } from '../view/linked-view.svelte.ts';
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
  switch (own?.id ?? shared?.id) {
    case 'tool':
      tools.tool = TOOLS[own?.at ?? 0] ?? 'brush';
      break;
    case 'radius':
      tools.resize(own?.at === 0 ? -1 : 1);
      break;
    case 'undoEdit':
      if (!isBusy) tools.editor.undo();
      break;
    case 'redoEdit':
      if (!isBusy) tools.editor.redo();
      break;
    case 'leave':
      leave();
      break;
    case 'mask':
      tools.isShown = !tools.isShown;
      break;
    case 'reset':
      view.reset();
      break;
    case 'window':
      view.choosePreset(shared?.at ?? 0);
      break;
    default:
      return;
  }
  event.preventDefault();
}
