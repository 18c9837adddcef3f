/**
 * Every key of the page, once: the handlers ask here what a key means, and Help lists what is
 * here. A key is the event's `key` in lower case, with `ctrl+` before it where Ctrl (or ⌘) is held,
 * and `ctrl+shift+` where Shift is held too.
 */
export type KeyScope = 'page' | 'review' | 'correct' | 'decision' | 'slice' | 'solid';

interface Shortcut {
  /** Where it works: everywhere, in the review, while correcting, after a decision, or in a picture that has the focus. */
  readonly scope: KeyScope;
  readonly keys: readonly string[];
}

export const SHORTCUTS = {
  help: { scope: 'page', keys: ['?'] },
  approve: { scope: 'review', keys: ['a'] },
  reject: { scope: 'review', keys: ['r'] },
  correct: { scope: 'review', keys: ['e'] },
  undo: { scope: 'decision', keys: ['u', 'ctrl+z'] },
  next: { scope: 'review', keys: ['n'] },
  previous: { scope: 'review', keys: ['p'] },
  flicker: { scope: 'review', keys: ['f'] },
  swipe: { scope: 'review', keys: ['s'] },
  mask: { scope: 'review', keys: ['m'] },
  window: { scope: 'review', keys: ['1', '2', '3', '4', '5'] },
  face: { scope: 'review', keys: ['6', '7', '8', '9'] },
  reset: { scope: 'review', keys: ['0'] },
  tool: { scope: 'correct', keys: ['b', 'e', 's', 'p'] },
  radius: { scope: 'correct', keys: ['[', ']'] },
  undoEdit: { scope: 'correct', keys: ['ctrl+z'] },
  redoEdit: { scope: 'correct', keys: ['ctrl+y', 'ctrl+shift+z'] },
  leave: { scope: 'correct', keys: ['escape'] },
  up: { scope: 'slice', keys: ['arrowup', 'arrowright'] },
  down: { scope: 'slice', keys: ['arrowdown', 'arrowleft'] },
  tenUp: { scope: 'slice', keys: ['pageup'] },
  tenDown: { scope: 'slice', keys: ['pagedown'] },
  ends: { scope: 'slice', keys: ['home', 'end'] },
  zoomIn: { scope: 'slice', keys: ['+', '='] },
  zoomOut: { scope: 'slice', keys: ['-'] },
  enlarge: { scope: 'slice', keys: ['enter'] },
  turn: { scope: 'solid', keys: ['arrowleft', 'arrowright', 'arrowup', 'arrowdown'] },
  enlargeSolid: { scope: 'solid', keys: ['enter'] },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;

const ALL: readonly (readonly [ShortcutId, Shortcut])[] = Object.entries(SHORTCUTS) as [
  ShortcutId,
  Shortcut,
][];

export interface Pressed {
  readonly id: ShortcutId;
  /** Which of its keys, counted from 0. */
  readonly at: number;
}

/**
 * What a key means in a place; null for what we leave to the browser.
 *
 * @param isTyped whether the key means itself where it was pressed
 */
export function shortcutOf(
  event: KeyboardEvent,
  scope: KeyScope,
  isTyped = isTyping(event),
): Pressed | null {
  if (event.altKey || isTyped) return null;
  const ctrl = event.ctrlKey || event.metaKey ? (event.shiftKey ? 'ctrl+shift+' : 'ctrl+') : '';
  const key = ctrl + event.key.toLowerCase();
  for (const [id, shortcut] of ALL) {
    const at = shortcut.scope === scope ? shortcut.keys.indexOf(key) : -1;
    if (at >= 0) return { id, at };
  }
  return null;
}

/** Where letters are typed or a question waits, keys mean themselves. */
function isTyping({ target }: KeyboardEvent): boolean {
  const within = (target as Partial<Element> | null)?.closest?.('input, select, textarea, dialog');
  return Boolean(within);
}

/** The shortcuts in the order of Help, with the caps of their keys. */
export function shortcutRows(
  caps: Readonly<Record<string, string>>,
): readonly { readonly id: ShortcutId; readonly keys: readonly string[] }[] {
  return ALL.map(([id, { keys }]) => ({
    id,
    keys: keys.map((key) =>
      key
        .split(/(?<=ctrl|shift)\+/)
        .map((part) => caps[part] ?? part.toUpperCase())
        .join(' + '),
    ),
  }));
}
