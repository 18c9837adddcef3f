/** The attributes of PS3.6: tag ↔ keyword, and the VR that implicit VR files leave out. */
import { DICTIONARY_TABLE } from './dictionary-table.ts';

interface Entry {
  readonly vr: string;
  readonly keyword: string;
}

let byTag: ReadonlyMap<number, Entry> | null = null;
let byKeyword: ReadonlyMap<string, number> | null = null;

/**
 * The VR of a tag (0xggggeeee), or null where the standard does not name it (private
 * ones too). Where PS3.6 leaves a choice it is US (or SS) and OW (or OB).
 */
export function vrOf(tag: number): string | null {
  if ((tag & 0xffff) === 0) return 'UL'; // group length, in any group
  if (isPrivate(tag)) return isPrivateCreator(tag) ? 'LO' : null;
  return entryOf(tag)?.vr ?? null;
}

/** The keyword of a tag, such as `PatientName`; null where the standard does not name it. */
export function keywordOf(tag: number): string | null {
  if (isPrivate(tag)) return isPrivateCreator(tag) ? 'PrivateCreator' : null;
  const entry = entryOf(tag);
  if (entry) return entry.keyword;
  return (tag & 0xffff) === 0 ? 'GroupLength' : null;
}

/** The tag of a keyword. A keyword that PS3.6 does not have is our own mistake. */
export function tagOf(keyword: string): number {
  byKeyword ??= new Map([...table()].map(([tag, entry]) => [entry.keyword, tag]));
  const tag = byKeyword.get(keyword);
  if (tag === undefined) throw new Error(`no attribute is called ${keyword}`);
  return tag;
}

/** Every attribute of the standard: (tag, VR, keyword). */
export function* allAttributes(): Generator<{ tag: number; vr: string; keyword: string }> {
  for (const [tag, { vr, keyword }] of table()) yield { tag, vr, keyword };
}

/** Whether the tag is of an odd group (PS3.5 §7.8). */
export function isPrivate(tag: number): boolean {
  return (tag & 0x10000) !== 0;
}

/** Whether the tag reserves a block of private elements (gggg,0010–00FF). */
export function isPrivateCreator(tag: number): boolean {
  const element = tag & 0xffff;
  return isPrivate(tag) && element >= 0x10 && element <= 0xff;
}

/** `(0010,0010)`: how a tag is shown. */
export function formatTag(tag: number): string {
  const hex = (tag >>> 0).toString(16).padStart(8, '0').toUpperCase();
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

function entryOf(tag: number): Entry | undefined {
  return table().get(repeatingBase(tag));
}

/** Curves (50xx) and overlays (60xx) repeat in even groups; the table has the first. */
function repeatingBase(tag: number): number {
  const block = tag >>> 24;
  return block === 0x50 || block === 0x60 ? (tag & 0xff00ffff) >>> 0 : tag >>> 0;
}

function table(): ReadonlyMap<number, Entry> {
  if (byTag) return byTag;
  const entries = new Map<number, Entry>();
  for (const line of DICTIONARY_TABLE.split('\n')) {
    const group = parseInt(line.slice(0, 4), 16) * 0x10000;
    for (const item of line.slice(4).split('|')) {
      const tag = group + parseInt(item.slice(0, 4), 16);
      entries.set(tag, { vr: item.slice(4, 6), keyword: item.slice(6) });
    }
  }
  byTag = entries;
  return entries;
}
