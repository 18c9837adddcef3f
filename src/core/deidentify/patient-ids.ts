/** Patient IDs that a person gives: a CSV of `old ID,new ID`. */
import { EffaceError } from '../errors.ts';
import { foldAscii } from './identifiers.ts';

/** New IDs become folder names too: nothing that a file system or DICOM's LO minds. */
const NEW_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Shorter old IDs occur in others by chance. */
const MIN_ECHO = 3;

/**
 * New IDs by old ID. A first line `old ID,new ID` is taken as a heading; fields may be
 * quoted (RFC 4180).
 *
 * @throws EffaceError `ids/damaged` (a line that is not understood, or an old ID twice),
 *   `ids/shared` (one new ID for two), `ids/echo` (a new ID holds an old one)
 */
export function parsePatientIds(text: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [n, line] of lines.entries()) {
    if (line.trim() === '' || (n === 0 && isHeading(line))) continue;
    const fields = fieldsOf(line);
    const [old = '', fresh = ''] = fields ?? [];
    if (fields?.length !== 2 || old === '' || !NEW_ID.test(fresh) || ids.has(old)) {
      throw new EffaceError('ids/damaged', { line: n + 1 });
    }
    ids.set(old, fresh);
  }
  checkNewIds(ids);
  return ids;
}

function isHeading(line: string): boolean {
  return /^"?old[ _-]?id"?\s*,\s*"?new[ _-]?id"?\s*$/i.test(line);
}

/** The fields of a line; null where a quote is not closed or stands inside a field. */
function fieldsOf(line: string): readonly string[] | null {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const match = /^\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/.exec(rest);
    if (!match) return null;
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (match[3] === '') return fields;
    rest = rest.slice(match[0].length);
  }
}

function checkNewIds(ids: ReadonlyMap<string, string>): void {
  const fresh = [...ids.values()].map(foldAscii);
  if (new Set(fresh).size < fresh.length) throw new EffaceError('ids/shared');
  const old = [...ids.keys()].map(foldAscii);
  const known = new Set(old);
  const long = old.filter((id) => id.length >= MIN_ECHO);
  for (const id of fresh) {
    if (known.has(id) || long.some((one) => id.includes(one))) throw new EffaceError('ids/echo');
  }
}
