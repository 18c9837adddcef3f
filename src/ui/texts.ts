/**
 * Every sentence the page says, in the language of the page: texts/en and texts/de, an area a
 * file, English first; the type of English asks for the other. Read them when they are shown,
 * not when a module is loaded. The lesson and Privacy are in texts-learn.ts.
 */
import { english } from './texts/en/index.ts';
import { inLanguage } from './texts/language.svelte.ts';

export const texts = inLanguage('page', english);
