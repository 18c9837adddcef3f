/** What others measured: docs/figures.json, which a test holds the page against. */
import figures from '../../../docs/figures.json';
import { spoken } from '../texts/language.svelte.ts';

export interface Figure {
  readonly id: string;
  readonly group: string;
  readonly value: string;
  readonly says: string;
  readonly gallery: string;
  readonly source: string;
}

export function figuresOf(group: string): readonly Figure[] {
  return figures.filter((figure) => figure.group === group);
}

/** The few that fit on the handout. */
export const HANDOUT_FIGURES: readonly Figure[] = ['mri-2019', 'shell', 'wall', 'bone'].flatMap(
  (id) => figures.filter((figure) => figure.id === id),
);

/** The figure in the language of the page. */
export function inWords(figure: Figure): Figure {
  return { ...figure, ...spoken.translation?.figures[figure.id] };
}
