/**
 * What the first view says, in the language of the page; texts-work.ts has the rest, which comes
 * with the views that a scan needs, texts-learn.ts the lesson and Privacy. English is texts/en,
 * an area a file, and its type asks texts/de for the same. Read texts when they are shown, not
 * when a module is loaded.
 */
import { first } from './texts/en/first.ts';
import { inLanguage } from './texts/language.svelte.ts';

export const texts = inLanguage('page', first);
