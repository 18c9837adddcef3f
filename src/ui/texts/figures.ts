/** Figures as the language of the page writes them: `0.4` in English, `0,4` in German. */
import { spoken } from './language.svelte.ts';

/** With a fixed number of decimals and no grouping. */
export function decimal(value: number, decimals: number): string {
  return value.toLocaleString(spoken.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
  });
}

/** With as many decimals as it needs, up to `decimals`. */
export function short(value: number, decimals: number): string {
  return value.toLocaleString(spoken.language, {
    maximumFractionDigits: decimals,
    useGrouping: false,
  });
}

/** A whole number, its thousands set apart. */
export function count(value: number): string {
  return value.toLocaleString(spoken.language);
}
