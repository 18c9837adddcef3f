/** The texts of the lesson and of the page Privacy: loaded with those pages alone. */
import { learn } from './texts/en/learn.ts';
import { privacy } from './texts/en/privacy.ts';
import { inLanguage } from './texts/language.svelte.ts';

export const learnTexts = inLanguage('learn', learn);
export const privacyTexts = inLanguage('privacy', privacy);
