/** Keys while a region is corrected: tools, radius, undo, windows, and the way out. */
import type { LinkedView } from '../view/linked-view.svelte.ts';
import type { Tool, Tools } from './tools.svelte.ts';

const TOOL_KEYS: Readonly<Record<string, Tool>> = {
  b: 'brush',
  e: 'eraser',
  s: 'scissors',
  p: 'protect',
};

/** E, from the review. */
export function opensCorrection(event: KeyboardEvent): boolean {
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
  const isTyped = (event.target as HTMLElement).closest('input, select, textarea, dialog') !== null;
  return isPlain && !isTyped && event.key.toLowerCase() === 'e';
}

/** @param isBusy the worker is changing the marks: nothing is done or undone meanwhile */
export function correctKey(
  event: KeyboardEvent,
  tools: Tools,
  view: LinkedView,
  isBusy: boolean,
  leave: () => void,
): void {
  const target = event.target as HTMLElement;
  if (target.closest('dialog, select, textarea, input[type="text"]') || event.altKey) return;
  const key = event.key.toLowerCase();
  const { editor } = tools;
  if (event.ctrlKey || event.metaKey) {
    const isUndo = key === 'z' && !event.shiftKey;
    if (!isUndo && key !== 'y' && key !== 'z') return;
    if (!isBusy && isUndo) editor.undo();
    else if (!isBusy) editor.redo();
  } else if (event.key === '[') tools.resize(-1);
  else if (event.key === ']') tools.resize(1);
  else if (TOOL_KEYS[key] && !event.repeat) tools.tool = TOOL_KEYS[key];
  else if (key === 'escape') leave();
  else if (key === 'm') tools.isShown = !tools.isShown;
  else if (key === '0') view.reset();
  else if (/^[1-9]$/.test(key)) view.choosePreset(Number(key) - 1);
  else return;
  event.preventDefault();
}
