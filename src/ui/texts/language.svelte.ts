/**
 * The language of the page. English is loaded with it; any other when it is chosen, in one
 * piece. What is read from texts in a template follows a change of language at once; App
 * renders the rest of the page anew (`{#key}`).
 */
import type { Wording } from '../../core/errors.ts';
import type { WarningId } from '../../core/scan-warnings.ts';
import type { Figure } from '../learn/published.ts';
import type { english } from './en/index.ts';
import type { learn } from './en/learn.ts';
import type { privacy } from './en/privacy.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a translation must have: the same keys, lists as long, functions of the same figures. */
export type Translated<T> = T extends string
  ? string
  : T extends (...figures: infer Figures) => string
    ? (...figures: Figures) => string
    : { readonly [Key in keyof T]: Translated<T[Key]> };

/** All texts of a language besides English. */
export interface Translation {
  readonly page: Translated<typeof english>;
  readonly learn: Translated<typeof learn>;
  readonly privacy: Translated<typeof privacy>;
  /** Published figures (docs/figures.json), by id. */
  readonly figures: Readonly<Record<string, Omit<Figure, 'id' | 'group'>>>;
  /** Of errors and their reasons (core/errors.ts), and of warnings. */
  readonly wording: Wording & { readonly warnings: Readonly<Record<WarningId, string>> };
}

const TRANSLATIONS: Readonly<
  Record<Exclude<Language, 'en'>, () => Promise<{ readonly translation: Translation }>>
> = { de: () => import('./de/index.ts') };

class Spoken {
  /** What the page says is in this language. */
  language = $state.raw<Language>('en');
  /** Null in English. */
  translation = $state.raw<Translation | null>(null);

  #asked: Language = 'en';

  /** @throws where the texts cannot be loaded; the language is then as it was */
  async speak(language: Language): Promise<void> {
    this.#asked = language;
    const loaded = language === 'en' ? null : await TRANSLATIONS[language]();
    // Another may have been asked for meanwhile.
    if (this.#asked !== language) return;
    this.translation = loaded?.translation ?? null;
    this.language = language;
  }
}

export const spoken = new Spoken();

/** Texts that are in the language of the page whenever they are read. */
export function inLanguage<English extends object>(
  area: 'page' | 'learn' | 'privacy',
  english: English & Translated<English>,
): Translated<English> {
  return new Proxy<Translated<English>>(english, {
    get: (_, key) => Reflect.get(spoken.translation?.[area] ?? english, key) as unknown,
  });
}
