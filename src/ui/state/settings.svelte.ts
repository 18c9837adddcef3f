/** What the page remembers between visits: the colour theme, and nothing of any scan. */
export type Theme = 'dark' | 'light';

const KEY = 'efface-theme';

export class Settings {
  theme = $state<Theme>('dark');
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.#storage = storage;
    if (read(storage) === 'light') this.theme = 'light';
  }

  toggleTheme(): void {
    this.theme = this.theme === 'dark' ? 'light' : 'dark';
    try {
      this.#storage?.setItem(KEY, this.theme);
    } catch {
      // Storage may be full or forbidden; the theme then lasts as long as the tab.
    }
  }
}

function read(storage: Pick<Storage, 'getItem'> | null): string | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}
