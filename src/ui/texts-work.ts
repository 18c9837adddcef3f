/** Everything the page says once a scan is open; see texts.ts. */
import { english } from './texts/en/index.ts';
import { inLanguage } from './texts/language.svelte.ts';

export const texts = inLanguage('page', english);
