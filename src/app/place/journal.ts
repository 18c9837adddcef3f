/**
 * The journal of saving in place: one JSON object a line, numbered, with a CRC-32, written
 * before what it announces. It says what was intended; what was done is told by the
 * contents of the files alone (swap.ts).
 */
import { crc32 } from '../../core/crc32.ts';
import type { Store } from '../ports.ts';
import { JOURNAL } from './layout.ts';
import type { Manifest, Staged } from './manifest.ts';

export type Line =
  | { readonly kind: 'plan'; readonly manifest: Manifest }
  /** All files of the group are staged and verified: from here it may be placed. */
  | {
      readonly kind: 'commit';
      readonly group: number;
      readonly staged: readonly (readonly [n: number, sha256: string | null])[];
    }
  /** The group is to be as it was. */
  | { readonly kind: 'back'; readonly group: number }
  /** Everything that could be placed is in place and verified. */
  | { readonly kind: 'done' }
  /** The backups are being deleted. */
  | { readonly kind: 'finish' };

/** What the valid lines of a journal say. */
export interface Intent {
  readonly manifest: Manifest;
  readonly staged: ReadonlyMap<number, Staged>;
  readonly back: ReadonlySet<number>;
  readonly done: boolean;
  readonly finish: boolean;
}

export class Journal {
  readonly #store: Store;
  #seq: number;

  private constructor(store: Store, seq: number) {
    this.#store = store;
    this.#seq = seq;
  }

  /** Begins a new one; the plan is on the disk when this resolves. */
  static async begin(store: Store, manifest: Manifest): Promise<Journal> {
    await store.write(JOURNAL, encode(0, { kind: 'plan', manifest }));
    await store.sync();
    return new Journal(store, 1);
  }

  /**
   * Goes on with the one that is there. A line that was cut off is dropped first, so that
   * the next one is not joined to it.
   */
  static async reopen(store: Store): Promise<Journal> {
    const bytes = await store.read(JOURNAL);
    const { lines, length } = parse(bytes);
    if (length < bytes.length) await store.write(JOURNAL, bytes.slice(0, length));
    return new Journal(store, lines.length);
  }

  /** Adds lines; they are on the disk when this resolves. */
  async add(...lines: readonly Line[]): Promise<void> {
    const encoded = lines.map((line, n) => encode(this.#seq + n, line));
    const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const line of encoded) {
      bytes.set(line, at);
      at += line.length;
    }
    await this.#store.append(JOURNAL, bytes);
    this.#seq += lines.length;
    await this.#store.sync();
  }
}

/** What the journal says; null where there is none, or none with a plan. */
export async function readIntent(store: Store): Promise<Intent | null> {
  if (!(await store.stat(JOURNAL))) return null;
  return intentOf(await store.read(JOURNAL));
}

/** The same from bytes: of a journal found among files to be opened. */
export function intentOf(bytes: Uint8Array): Intent | null {
  const { lines } = parse(bytes);
  const [plan] = lines;
  if (plan?.kind !== 'plan') return null;
  const staged = new Map<number, Staged>();
  const back = new Set<number>();
  for (const line of lines) {
    if (line.kind === 'commit') staged.set(line.group, new Map(line.staged));
    else if (line.kind === 'back') back.add(line.group);
  }
  return {
    manifest: plan.manifest,
    staged,
    back,
    done: lines.some(({ kind }) => kind === 'done'),
    finish: lines.some(({ kind }) => kind === 'finish'),
  };
}

function encode(seq: number, line: Line): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(line);
  return new TextEncoder().encode(
    `${JSON.stringify({ seq, crc: checksum(seq, text), line: text })}\n`,
  );
}

/** The lines up to the first that is damaged, and the bytes they take. */
function parse(bytes: Uint8Array): { lines: readonly Line[]; length: number } {
  const lines: Line[] = [];
  let length = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, length)) {
    const line = decode(lines.length, new TextDecoder().decode(bytes.subarray(length, end)));
    if (!line) break;
    lines.push(line);
    length = end + 1;
  }
  return { lines, length };
}

function decode(seq: number, text: string): Line | null {
  try {
    const read = JSON.parse(text) as { seq?: unknown; crc?: unknown; line?: unknown };
    if (read.seq !== seq || typeof read.line !== 'string') return null;
    return read.crc === checksum(seq, read.line) ? (JSON.parse(read.line) as Line) : null;
  } catch {
    return null;
  }
}

function checksum(seq: number, text: string): string {
  return crc32(new TextEncoder().encode(`${seq} ${text}`))
    .toString(16)
    .padStart(8, '0');
}
