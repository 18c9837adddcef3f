import { describe, expect, test } from 'vitest';
import { shortcutOf, shortcutRows, SHORTCUTS, type KeyScope } from '../../../src/ui/shortcuts.ts';
import { help as english } from '../../../src/ui/texts/en/help.ts';
import { help as german } from '../../../src/ui/texts/de/help.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, target: null, ...more }) as KeyboardEvent;

describe('shortcuts', () => {
  test('mean one thing in one place', () => {
    const met = new Set<string>();
    for (const { scope, keys } of Object.values(SHORTCUTS)) {
      for (const key of keys) {
        expect(met.has(`${scope} ${key}`), `${scope} ${key}`).toBe(false);
        met.add(`${scope} ${key}`);
        // A picture that has the focus lies in the review: its keys reach both.
        const around: readonly KeyScope[] =
          scope === 'slice' || scope === 'solid' ? ['page', 'review'] : [];
        for (const other of around) expect(shortcutOf(press(key), other)).toBeNull();
      }
    }
  });

  test('are found by their key, and tell which of several it was', () => {
    expect(shortcutOf(press('A'), 'review')).toEqual({ id: 'approve', at: 0 });
    expect(shortcutOf(press('4'), 'review')).toEqual({ id: 'window', at: 3 });
    expect(shortcutOf(press('a', { altKey: true }), 'review')).toBeNull();
    expect(shortcutOf(press('a', { ctrlKey: true }), 'review')).toBeNull();
    expect(shortcutOf(press('a'), 'page')).toBeNull();
  });

  test('mean nothing where something is typed', () => {
    const target = { closest: (what: string) => (what.includes('input') ? {} : null) };
    expect(
      shortcutOf(press('a', { target: target as unknown as EventTarget }), 'review'),
    ).toBeNull();
  });

  test.each([english, german])('are all in Help, with words and caps', (help) => {
    const rows = shortcutRows(help.caps);
    expect(rows.map(({ id }) => id)).toEqual(Object.keys(SHORTCUTS));
    for (const { id, keys } of rows) {
      expect(help.shortcuts[id].length, id).toBeGreaterThan(3);
      for (const cap of keys) expect(cap).not.toMatch(/ARROW|PAGE(UP|DOWN)/);
    }
  });
});
