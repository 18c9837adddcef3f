/** The crosswalk as a table: which pseudonym stands for whom. It identifies people. */
import type { CrosswalkEntry } from './pseudonyms.ts';

const HEADING = ['kind', 'issuer', 'original', 'replacement', 'days'];

/** CSV (RFC 4180): one line for each patient and accession number, sorted. */
export function crosswalkCsv(entries: readonly CrosswalkEntry[]): string {
  const lines = entries
    .map(({ kind, issuer, original, replacement, days }) =>
      [kind, issuer, original, replacement, days === null ? '' : String(days)].map(field).join(','),
    )
    .sort();
  return [HEADING.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
