/**
 * The headers of `efface inspect --header`: what would become of each element. Patient
 * data: for the eyes of who asked, on the terminal only.
 */
import type { Scan } from '../app/open-scans.ts';
import { ruleText } from '../core/deidentify/rules.ts';
import type { HeaderRow } from '../core/export/header-changes.ts';

export interface ScanHeader {
  readonly scan: Scan;
  readonly rows: readonly HeaderRow[];
}

/** One line an element: action, tag, keyword, before → after, rule. */
export function headersText(headers: readonly ScanHeader[]): string {
  return headers
    .flatMap(({ scan, rows }) => [
      `${scan.id}  ${scan.modality}, first file`,
      ...rows.map(line),
      '',
    ])
    .map((text) => `${text}\n`)
    .join('');
}

function line({ action, tag, keyword, before, after, rule }: HeaderRow): string {
  const value = action === 'kept' ? before : `${before} -> ${after}`;
  return `   ${action.padEnd(8)} ${tag} ${keyword}: ${value}  [${ruleText(rule)}]`;
}

/** `efface-header/1`. */
export function headersJson(headers: readonly ScanHeader[], version: string): string {
  const document = {
    schema: 'efface-header/1',
    tool: { name: 'efface', version },
    series: headers.map(({ scan, rows }) => ({
      n: Number(scan.id),
      modality: scan.modality,
      elements: rows.map((row) => ({ ...row, rule: ruleText(row.rule) })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
