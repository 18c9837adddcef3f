/** What the page remembers between visits: theme and language, and nothing of any scan. */
import { LANGUAGES, spoken, type Language } from '../texts/language.svelte.ts';

export type Theme = 'dark' | 'light';

const THEME = 'efface-theme';
const LANGUAGE = 'efface-language';

export class Settings {
  theme = $state<Theme>('dark');
  /** The language that was asked for; the page may still be loading its texts. */
  language = $state<Language>('en');
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;

  /** @param preferred languages of the browser, the first being the person's own */
  constructor(
    storage: Pick<Storage, 'getItem' | 'setItem'> | null,
    preferred: readonly string[] = [],
  ) {
    this.#storage = storage;
    if (this.#read(THEME) === 'light') this.theme = 'light';
    const own = this.#read(LANGUAGE) ?? preferred[0]?.split('-')[0];
    this.language = LANGUAGES.find((language) => language === own) ?? 'en';
  }

  toggleTheme(): void {
    this.theme = this.theme === 'dark' ? 'light' : 'dark';
    this.#write(THEME, this.theme);
  }

  async setLanguage(language: Language): Promise<void> {
    this.language = language;
    this.#write(LANGUAGE, language);
    await this.speak();
  }

  /** Goes over to the language that was asked for; stays with the last one where it cannot be had. */
  async speak(): Promise<void> {
    try {
      await spoken.speak(this.language);
    } catch {
      // Its texts could not be loaded, say without a network.
      this.language = spoken.language;
    }
  }

  #read(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: string): void {
    try {
      this.#storage?.setItem(key, value);
    } catch {
      // Storage may be full or forbidden; the choice then lasts as long as the tab.
    }
  }
}
