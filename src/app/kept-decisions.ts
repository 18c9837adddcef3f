/**
 * What a person decided about a series, put aside beside the results. It holds for the very bytes
 * it was given for and nothing else: files and, where it is about one, result.
 */
import type { Scan, OpenedScans } from './open-scans.ts';
import type { Digest } from './ports.ts';
import { writtenFiles } from '../core/dicom/dicom-scan.ts';
import type { SourceFile } from '../core/source-file.ts';

/** What can be decided on: a series, or what was left out. */
export type Decidable = Scan | OpenedScans['left'][number];

/** All that was said of one; `{}`: nothing. */
export interface Said {
  /** About its result. */
  readonly decision?: 'approved' | 'rejected';
  /** False of a series: it is not worked on. True of what was left out: let through with its face. */
  readonly included?: boolean;
  /** Taken off the list. */
  readonly removed?: boolean;
  /** When the visit was asked about before saving: it is not written. */
  readonly leftOut?: boolean;
}

export interface KeptDecision {
  readonly said: Said;
  /** Of the files (`contentOf`). */
  readonly content: string;
  /** Tells the result apart that the decision is about; null where there is none. */
  readonly result: string | null;
}

/** Hashed at a time (bytes): a file may be larger than what memory takes twice. */
const PART = 16 * 1024 ** 2;
/** A look at a file: from its start, middle and end (bytes each). */
const LOOK = 4096;

/** The files it comes of, each once, in the order of the series. */
export function sourcesOf(one: Decidable): readonly SourceFile[] {
  if ('instances' in one) return [...new Set(one.instances.map(({ source }) => source))];
  if ('source' in one) return one.image ? [one.source, one.image] : [one.source];
  return writtenFiles(one).map(({ source }) => source);
}

/**
 * Finds a kept decision again without reading all files of everything that was dropped: sizes,
 * and three places of the file in the middle, which hold the numbers of an instance or voxels of
 * the head. What is found by it is compared by `contentOf` before it counts.
 */
export async function glimpseOf(sources: readonly SourceFile[]): Promise<string> {
  const middle = sources[Math.floor(sources.length / 2)];
  const looks: string[] = [];
  for (const at of middle ? [0, 0.5, 1] : []) {
    const { size } = middle as SourceFile;
    const start = Math.max(0, Math.floor((size - LOOK) * at));
    const bytes = await (middle as SourceFile).read(start, Math.min(size, start + LOOK));
    looks.push(bytes.join());
  }
  return JSON.stringify([sources.map(({ size }) => size), looks]);
}

/** A hash over every byte of the files. */
export async function contentOf(sources: readonly SourceFile[], sha256: Digest): Promise<string> {
  const parts: string[] = [];
  for (const source of sources) {
    for (let at = 0; at < source.size; at += PART) {
      parts.push(await sha256(await source.read(at, Math.min(source.size, at + PART))));
    }
    parts.push(String(source.size));
  }
  return sha256(new TextEncoder().encode(parts.join('\n')));
}

/** Whether there is something to keep. */
export function saysSomething(said: Said): boolean {
  return Object.values(said).some((one) => one !== undefined);
}

export function encodeDecision({ said, content, result }: KeptDecision): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ format: FORMAT, said, content, result }));
}

/** null where the bytes are not of `encodeDecision`. */
export function decodeDecision(bytes: Uint8Array<ArrayBuffer>): KeptDecision | null {
  try {
    const read = JSON.parse(new TextDecoder().decode(bytes)) as { format?: unknown } & KeptDecision;
    return read.format === FORMAT && typeof read.content === 'string' ? read : null;
  } catch {
    return null;
  }
}

const FORMAT = 'efface-decision/1';
