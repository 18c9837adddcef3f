/** Tables of BIDS (tab-separated, first row names the columns): days, ages and names in them. */

const IDENTIFYING =
  /name|initials|birth|dob|address|street|city|zip|postal|phone|mail|mrn|hospital|medical_?record|insurance|ssn|accession|physician|operator|comment|note/i;
/** HIPAA pools ages over 89; so does the BIDS validator. */
const OLDEST = 89;

/** `_scans.tsv` and `_sessions.tsv`: when a scan was made goes. */
export function cleanScansTable(text: string): string {
  return mapColumns(text, (column) =>
    /(acq_?time|date|time)$/i.test(column) ? () => 'n/a' : cleaner(column),
  );
}

/** `participants.tsv` and tables of a phenotype: ages are pooled, what names a person goes. */
export function cleanParticipants(text: string): string {
  return mapColumns(text, (column) => (/date/i.test(column) ? () => 'n/a' : cleaner(column)));
}

function cleaner(column: string): (value: string) => string {
  if (column !== 'filename' && IDENTIFYING.test(column)) return () => 'n/a';
  if (/^age/i.test(column)) {
    return (value) => (Number.parseFloat(value) > OLDEST ? String(OLDEST) : value);
  }
  return (value) => value;
}

/** Columns and rows keep their number, so that nothing that refers to them breaks. */
function mapColumns(text: string, of: (column: string) => (value: string) => string): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const [head = '', ...rows] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const changes = head.split('\t').map((column) => of(column.trim()));
  const cleaned = rows.map((row) =>
    row === ''
      ? row
      : row
          .split('\t')
          .map((value, n) => changes[n]?.(value) ?? 'n/a')
          .join('\t'),
  );
  return [head, ...cleaned].join(ending);
}
