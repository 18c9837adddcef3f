/** Keys of the sheet of all results: arrows, A, R, U and Enter. */
import type { Sheet } from '../state/sheet.svelte.ts';

/** @param list whose items lie in rows, as many as fit */
export function sheetKey(
  event: KeyboardEvent,
  sheet: Sheet,
  list: HTMLElement | null,
  open: () => void,
): void {
  const target = event.target as HTMLElement;
  if (event.altKey || target.closest('input, select, textarea, dialog')) return;
  const key = event.key.toLowerCase();
  const isUndo = event.ctrlKey || event.metaKey ? key === 'z' : key === 'u';
  if (isUndo) sheet.undo();
  else if (event.ctrlKey || event.metaKey) return;
  else if (key === 'arrowright') sheet.move(1);
  else if (key === 'arrowleft') sheet.move(-1);
  else if (key === 'arrowdown') sheet.move(columnsOf(list));
  else if (key === 'arrowup') sheet.move(-columnsOf(list));
  else if (event.repeat) return;
  else if (key === 'a') sheet.decide('approved');
  else if (key === 'r') sheet.decide('rejected');
  // On another button Enter presses that.
  else if (key === 'enter' && target.closest('button:not([data-card]), a') === null) open();
  else return;
  event.preventDefault();
}

function columnsOf(list: HTMLElement | null): number {
  const rows = ([...(list?.children ?? [])] as HTMLElement[]).filter(({ hidden }) => !hidden);
  const top = rows[0]?.offsetTop;
  const end = rows.findIndex((row) => row.offsetTop !== top);
  return end > 0 ? end : Math.max(1, rows.length);
}
